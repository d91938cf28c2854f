"""Offers to lay out what a routine needs, shortly before its usual time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from gum.protocols import Situation
from gum.records import Candidate, Proposition
from gum.suggest.kinds.documents import on, opened
from gum.suggest.kinds.pages import about, visited, words
from gum.suggest.kinds.wording import as_written

AHEAD = timedelta(minutes=45)
_LATE = timedelta(minutes=15)
_CLOCK = re.compile(r"(\d\d):(\d\d)")
_WEEKDAY = re.compile(r"\bon (\w+day)s\b")
_USEFUL = 0.5  # of right routines about to come, the share for which their documents are wanted


class RepeatSuggester:
    """A routine whose time comes, with the documents and pages of its last times, becomes a note."""

    kind = "repeat"
    withdraws = True

    def candidates(self, situation: Situation) -> Sequence[Candidate]:
        """Return one candidate for each routine of the next three quarters of an hour that has not begun today."""
        found = []
        for known in situation.propositions:
            due = _due(known, situation.now)
            if due is not None and not _begun(known, situation):
                lines = _last_times(known, situation)
                if lines:
                    found.append(_candidate(known, due, lines))
        return found


def _due(known: Proposition, now: datetime) -> datetime | None:
    """Return when the routine comes today, if it does so soon."""
    if known.claim is None or known.claim.predicate != "has_routine":
        return None
    clock, weekday = _CLOCK.search(known.claim.qualifier), _WEEKDAY.search(known.claim.qualifier)
    if clock is None or int(clock[1]) > 23 or int(clock[2]) > 59 or (weekday and weekday[1] != f"{now:%A}"):
        return None
    due = now.replace(hour=int(clock[1]), minute=int(clock[2]), second=0, microsecond=0)
    return due if -_LATE <= due - now <= AHEAD else None


def _begun(known: Proposition, situation: Situation) -> bool:
    wanted = words(known.claim.object) if known.claim else set()
    day = situation.now.date()
    today = [one for one in situation.episodes if one.started_at.astimezone(situation.now.tzinfo).date() == day]
    return any(wanted & words(f"{one.document} {one.app}") for one in today)


def _last_times(known: Proposition, situation: Situation) -> list[str]:
    what = known.claim.object if known.claim else ""
    documents, pages = on(opened(situation), what), about(visited(situation), what)
    return [*(one.line() for one in documents), *(page.line() for page in pages)]


def _candidate(known: Proposition, due: datetime, lines: list[str]) -> Candidate:
    what = as_written(known)
    used = "one document or page" if len(lines) == 1 else f"{len(lines)} documents or pages"
    return Candidate(
        kind="repeat",
        title=f"Lay out what you need for '{what}' at {due:%H:%M}",
        why=f"{known.text} Its last times used {used}.",
        action="note",
        payload={"title": f"For {what}", "markdown": "\n".join([f"# {what} at {due:%H:%M}", "", *lines, ""])},
        propositions=(known.id,),
        p_useful=round(known.probability * _USEFUL, 3),
        benefit=4,
        cost_false_alarm=3,
        cost_silence=2,
        key=f"repeat:{known.claim.object if known.claim else what}:{due.date().isoformat()}",
        expires_at=due + AHEAD,
    )
