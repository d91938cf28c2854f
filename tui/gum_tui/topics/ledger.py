"""Counts by day and reason: what was kept, hidden, held back, told and removed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from textual.content import Content

from gum.client import Client
from gum_tui.topics.topic import Row, Shown, Topic, fact

DAYS = 30


class LedgerOfDays(Topic):
    """The newest day first."""

    NAME = "ledger"
    TITLE = "Ledger"
    EMPTY: ClassVar[str] = "Nothing was counted yet."

    def read(self, client: Client, now: datetime) -> Shown:
        rows = client.ledger(since=now.astimezone().date() - timedelta(days=DAYS))
        intro = Content.styled(f"Counts of the last {DAYS} days, never what it was.", "$quiet")
        return Shown(
            intro,
            tuple(
                Row(
                    f"{one.day} {one.what} {one.reason}",
                    fact(
                        one.day.isoformat(), f"{one.count:>8,}  {' · '.join(filter(None, (one.what, one.reason)))}", 13
                    ),
                )
                for one in reversed(rows)
            ),
        )
