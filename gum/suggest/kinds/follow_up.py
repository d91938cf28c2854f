"""Offers to prepare the reply that the person said they would give, and has not given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from gum.protocols import Situation
from gum.records import Candidate, Proposition
from gum.suggest.kinds.promises import day_of, is_answer, promised, written_since
from gum.suggest.kinds.wording import as_written

_PATIENCE = timedelta(hours=3)
_WHOM = re.compile(r"\b(?:answer|reply to|respond to|back to|follow up with)\s+([^\W\d_a-z][\w'’-]+)")
_ABOUT = re.compile(r"\b(?:about|on|regarding)\s+(\S.*)$")
_USEFUL = 0.6  # of promised answers that are overdue, the share that is worth a reminder


class FollowUpSuggester:
    """A promised answer that no mail or chat shows becomes the opening of a reply, on the clipboard and in a file."""

    kind = "follow_up"
    withdraws = True

    def candidates(self, situation: Situation) -> Sequence[Candidate]:
        """Return one candidate for each answer promised hours ago, or for a day that has come."""
        return [
            _candidate(known, situation)
            for known in promised(situation)
            if is_answer(known) and _is_due(known, situation) and not written_since(situation, known, to_others=True)
        ]


def _is_due(known: Proposition, situation: Situation) -> bool:
    day = day_of(known)
    waited = situation.now - known.last_supported >= _PATIENCE
    return waited and (day is None or day <= situation.now.date())


def _candidate(known: Proposition, situation: Situation) -> Candidate:
    what = as_written(known)
    quotes = situation.evidence(known.id)
    said = f' You wrote: "{max(quotes, key=len)}"' if quotes else ""
    return Candidate(
        kind="follow_up",
        title=f"Draft what you promised: '{what}'",
        why=f"You said so on {known.last_supported:%A at %H:%M}, and no mail or chat shows that you wrote since.{said}",
        action="reply",
        payload={"title": f"Reply {what}", "text": _reply(what, known.last_supported, situation.now)},
        propositions=(known.id,),
        p_useful=round(known.probability * _USEFUL, 3),
        benefit=6,
        cost_false_alarm=3,
        cost_silence=4,
        key=f"follow_up:{known.claim.object if known.claim else known.text}",
        expires_at=known.last_supported + timedelta(days=7),
    )


def _reply(what: str, since: datetime, now: datetime) -> str:
    """Return the opening of a reply: whom it greets, and what was promised."""
    whom, about = _WHOM.search(what), _ABOUT.search(what)
    when = "earlier today" if since.date() == now.date() else f"on {since:%A}"
    on = f" about {about[1]}" if about else ""
    return f"Hello{f' {whom[1]}' if whom else ''},\n\nI said {when} that I would write to you{on}.\n\n"
