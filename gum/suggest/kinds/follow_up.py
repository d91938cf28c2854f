"""Offers to prepare the answer that the person said they would give, and has not given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gum.protocols import Situation
from gum.records import Candidate, Proposition
from gum.suggest.kinds.promises import day_of, is_answer, promised, written_since
from gum.suggest.kinds.wording import as_written

_PATIENCE = timedelta(hours=3)
_USEFUL = 0.6  # of promised answers that are overdue, the share that is worth a reminder


class FollowUpSuggester:
    """A promised answer that no mail or chat shows becomes a note for the draft."""

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
    quotes = [f"> {quote}" for quote in situation.evidence(known.id)[:3]]
    title = f"{what[:1].upper()}{what[1:]}"
    return Candidate(
        kind="follow_up",
        title=f"Draft what you promised: '{what}'",
        why=f"You said so on {known.last_supported:%A at %H:%M}, and no mail or chat shows that you wrote since.",
        action="note",
        payload={"title": title, "markdown": "\n".join([f"# {title}", "", "You said:", "", *quotes, "", "Draft:", ""])},
        propositions=(known.id,),
        p_useful=round(known.probability * _USEFUL, 3),
        benefit=6,
        cost_false_alarm=3,
        cost_silence=4,
        key=f"follow_up:{known.claim.object if known.claim else known.text}",
        expires_at=known.last_supported + timedelta(days=7),
    )
