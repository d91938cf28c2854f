"""Offers a calendar entry for a deadline, or a promise for a day, that has none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from gum.protocols import Situation
from gum.records import Candidate, Proposition
from gum.suggest.kinds.pages import words
from gum.suggest.kinds.promises import DUE, in_words
from gum.suggest.kinds.wording import as_written

FARTHEST_DAYS = 90
_USEFUL = 0.85  # of right deadlines without an entry, the share that is worth one

_SAME = 0.6  # of the shorter one's words, the share from which two things due on a day are one


class DeadlineSuggester:
    """A deadline or dated promise ahead that no calendar window has shown becomes a calendar entry."""

    kind = "deadline"
    withdraws = True

    def candidates(self, situation: Situation) -> Sequence[Candidate]:
        """Return one candidate for each thing due in the next ninety days, deadlines before promises of the same."""
        noted = _calendar_words(situation)
        found: dict[tuple[date, frozenset[str]], Candidate] = {}
        for known in sorted(situation.propositions, key=lambda one: (_predicate(one) != "has_deadline", one.id)):
            day = _due(known)
            if day is None or not 0 <= (day - situation.now.date()).days <= FARTHEST_DAYS:
                continue
            said = frozenset(words(_what(known)))
            told = any(day == other and _overlap(said, what) >= _SAME for other, what in found)
            if not told and not any(said <= text for text in noted):
                found[day, said] = _candidate(known, day, situation)
        return list(found.values())


def _predicate(known: Proposition) -> str:
    return known.claim.predicate if known.claim else ""


def _overlap(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def _due(known: Proposition) -> date | None:
    if known.claim is None or known.claim.predicate not in DUE:
        return None
    try:
        day = date.fromisoformat(known.claim.qualifier)
    except ValueError:
        return None
    return None if known.edited and not _names(known.text, day) else day


def _names(text: str, day: date) -> bool:
    """Return whether a text that the person has edited still names the day."""
    written = (day.isoformat(), f"{day.day} {day:%B}", f"{day:%B} {day.day}")
    return any(re.search(rf"\b{one}\b", text, re.I) for one in written)


def _what(known: Proposition) -> str:
    assert known.claim is not None
    return known.claim.object


def _calendar_words(situation: Situation) -> list[set[str]]:
    """Return the words of each text that a calendar window showed."""
    shown = [episode for episode in situation.episodes if "calendar" in f"{episode.app} {episode.document}".casefold()]
    return [words(seen.text) for episode in shown for seen in situation.observations(episode.id) if seen.text]


def _candidate(known: Proposition, day: date, situation: Situation) -> Candidate:
    what = as_written(known)
    left = (day - situation.now.date()).days
    quotes = situation.evidence(known.id)
    said = f' You wrote: "{max(quotes, key=len)}"' if quotes else ""
    near = max(0, 3 - left // 2)
    return Candidate(
        kind="deadline",
        title=f"Put '{what}' into the calendar for {in_words(day)}",
        why=f"It is due on {in_words(day)}, and no calendar window had shown an entry for it.{said}",
        action="calendar",
        payload={"summary": what[:1].upper() + what[1:], "date": day.isoformat()},
        propositions=(known.id,),
        p_useful=round(known.probability * _USEFUL, 3),
        benefit=6 + near,
        cost_false_alarm=3,
        cost_silence=3 + near,
        key=f"deadline:{_what(known)}:{day.isoformat()}",
        expires_at=datetime.combine(day + timedelta(days=1), time(), situation.now.tzinfo),
    )
