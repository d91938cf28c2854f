"""What the person has said they will do, and what they wrote since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from gum.perceive.applications import is_chat, is_mail
from gum.protocols import Situation
from gum.records import Proposition, Trust
from gum.suggest.kinds.pages import words

#: What is claimed of a thing that is due on a day.
DUE = ("has_deadline", "has_commitment")
_OWN = (Trust.STATED, Trust.TYPED, Trust.DOCUMENT)
_ANSWERING = re.compile(r"\b(?:answer|reply|respond|(?:get|write|come) back|call back|follow up)\b", re.I)
_FARTHEST = timedelta(days=7)


def promised(situation: Situation) -> Iterator[Proposition]:
    """Yield what the person said in their own text within a week that they will do."""
    for known in situation.propositions:
        own = known.claim is not None and known.claim.predicate == "has_commitment" and known.trust in _OWN
        if own and situation.now - known.last_supported <= _FARTHEST:
            yield known


def is_answer(known: Proposition) -> bool:
    """Return whether what was promised is an answer to somebody."""
    return known.claim is not None and bool(_ANSWERING.search(known.claim.object))


def day_of(known: Proposition) -> date | None:
    """Return the day for which it was promised, where one was named."""
    try:
        return date.fromisoformat(known.claim.qualifier) if known.claim else None
    except ValueError:
        return None


def in_words(day: date) -> str:
    """Return the day as people say it, as in 'Monday 9 March'."""
    return f"{day:%A} {day.day} {day:%B}"


def written_since(situation: Situation, known: Proposition, *, to_others: bool = False) -> bool:
    """Return whether a text typed later shares two words with what was promised, or its only one.

    With `to_others`, in mail and chat alone, and one word in common does.
    """
    wanted = words(known.claim.object) if known.claim else set()
    need = 1 if to_others else min(2, len(wanted))
    for episode in situation.episodes:
        if episode.ended_at <= known.last_supported or (
            to_others and not (is_mail(episode.app) or is_chat(episode.app))
        ):
            continue
        for seen in situation.observations(episode.id):
            later = seen.kind == "typed" and seen.captured_at > known.last_supported
            if later and len(words(f"{seen.title} {seen.text}") & wanted) >= need > 0:
                return True
    return False
