"""Counts by day and reason: what was kept, hidden, held back, told and removed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import ClassVar

from textual.content import Content

from gum.client import Client, LedgerRow
from gum_tui.inert import inert
from gum_tui.topics.topic import Row, Shown, Topic
from gum_tui.widgets.stretch import KINDS

DAYS = 30
REASONS = {**KINDS, "window": "titles of windows", "masked": "excluded"}
"""What is said for the daemon's name of a reason."""

_PLURAL = re.compile(r"(\w)s\b")


class LedgerOfDays(Topic):
    """The newest day first."""

    NAME = "ledger"
    TITLE = "Ledger"
    EMPTY: ClassVar[str] = "Nothing was counted yet."

    def read(self, client: Client, now: datetime) -> Shown:
        rows = client.ledger(since=now.astimezone().date() - timedelta(days=DAYS))
        intro = Content.styled(f"Counts of the last {DAYS} days, never what it was.", "$quiet")
        return Shown(intro, tuple(_row(one) for one in reversed(rows)))


def _row(one: LedgerRow) -> Row:
    what = _PLURAL.sub(r"\1", one.what) if one.count == 1 else one.what
    what = what.replace("proposition", "belief")
    words = " · ".join(filter(None, (inert(what), inert(REASONS.get(one.reason, one.reason)))))
    content = Content.assemble((f"{one.day.isoformat()} ", "$quiet"), f"{one.count:>7,}  {words}")
    return Row(f"{one.day} {one.what} {one.reason}", content)
