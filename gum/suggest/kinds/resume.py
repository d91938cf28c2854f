"""Offers, after a long break, to open again what the person was at before it, with a note of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gum.protocols import Situation
from gum.records import Candidate
from gum.suggest.effects.opening import is_openable
from gum.suggest.kinds.documents import Document, Stretch, opened, stretches
from gum.suggest.kinds.pages import Page, visited

AWAY = timedelta(hours=2)
BACK = timedelta(minutes=20)
_BEFORE = timedelta(hours=1)
_WORK_S = 300.0
_MOST = 5
_USEFUL = 0.5


class ResumeSuggester:
    """Back after two hours or more: the documents and pages of the last hour before are opened again and listed.

    Where no address is known, they are only listed.
    """

    kind = "resume"
    withdraws = True

    def candidates(self, situation: Situation) -> Sequence[Candidate]:
        """Return a candidate within twenty minutes of coming back, unless the work goes on already."""
        found = stretches(situation.episodes)
        if len(found) < 2:
            return []
        before, now = found[-2:]
        if now.since - before.until < AWAY or situation.now - now.since > BACK:
            return []
        wrote = [one for one in opened(situation, before.until - _BEFORE, before.until) if one.dwell_s >= _WORK_S]
        again = {one.name for one in opened(situation, now.since)}
        if not wrote or wrote[0].name in again:
            return []
        read = [page for page, _ in visited(situation, before.until - _BEFORE, before.until)][-_MOST:]
        return [_candidate(before, wrote[:_MOST], read, situation)]


def _candidate(before: Stretch, wrote: list[Document], read: list[Page], situation: Situation) -> Candidate:
    left = before.until.astimezone(situation.now.tzinfo)
    lines = [*(one.line() for one in wrote), *(page.line() for page in read)]
    addresses = [one for one in (*(one.address for one in wrote), *(page.url for page in read)) if is_openable(one)]
    note = {
        "title": f"Where I was {left:%Y-%m-%d %H-%M}",
        "markdown": "\n".join([f"# Where I was, {left:%A %H:%M}", "", *lines, ""]),
    }
    return Candidate(
        kind="resume",
        title=f"Pick up where you were: {wrote[0].name}",
        why=f"You stopped on {left:%A at %H:%M}; it was the last that you worked on.",
        action="reopen" if addresses else "note",
        payload=note | ({"addresses": addresses} if addresses else {}),
        propositions=(),
        p_useful=_USEFUL,
        benefit=4,
        cost_false_alarm=3,
        cost_silence=3,
        key=f"resume:{before.until.isoformat()}",
        expires_at=situation.now + BACK,
    )
