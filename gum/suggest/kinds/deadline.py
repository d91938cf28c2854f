"""Offers a calendar entry for a deadline that has none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from gum.protocols import Situation
from gum.records import Candidate, Proposition
from gum.suggest.kinds.pages import words

FARTHEST_DAYS = 90
_USEFUL = 0.85  # of right deadlines without an entry, the share that is worth one


class DeadlineSuggester:
    """A deadline ahead that no calendar window has shown becomes a calendar entry."""

    kind = "deadline"

    def candidates(self, situation: Situation) -> Sequence[Candidate]:
        """Return one candidate for each known deadline of the next ninety days."""
        noted = _calendar_words(situation)
        found = []
        for known in situation.propositions:
            day = _due(known)
            if day is None or not 0 <= (day - situation.now.date()).days <= FARTHEST_DAYS:
                continue
            if not any(words(_what(known)) <= said for said in noted):
                found.append(_candidate(known, day, situation))
        return found


def _due(known: Proposition) -> date | None:
    if known.claim is None or known.claim.predicate != "has_deadline":
        return None
    try:
        return date.fromisoformat(known.claim.qualifier)
    except ValueError:
        return None


def _what(known: Proposition) -> str:
    assert known.claim is not None
    return known.claim.object


def _calendar_words(situation: Situation) -> list[set[str]]:
    """Return the words of each text that a calendar window showed."""
    shown = [episode for episode in situation.episodes if "calendar" in f"{episode.app} {episode.document}".casefold()]
    return [words(seen.text) for episode in shown for seen in situation.observations(episode.id) if seen.text]


def _candidate(known: Proposition, day: date, situation: Situation) -> Candidate:
    what = _what(known)
    left = (day - situation.now.date()).days
    quotes = situation.evidence(known.id)
    said = f' You wrote: "{quotes[0]}"' if quotes else ""
    when = {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")
    near = max(0, 3 - left // 2)
    return Candidate(
        kind="deadline",
        title=f"Put '{what}' into the calendar for {day.isoformat()}",
        why=f"It is due {when}, and no calendar window showed an entry for it.{said}",
        action="calendar",
        payload={"summary": what[:1].upper() + what[1:], "date": day.isoformat()},
        propositions=(known.id,),
        p_useful=round(known.probability * _USEFUL, 3),
        benefit=6 + near,
        cost_false_alarm=3,
        cost_silence=3 + near,
        key=f"deadline:{what}:{day.isoformat()}",
        expires_at=datetime.combine(day, time(), UTC) + timedelta(days=1),
    )
