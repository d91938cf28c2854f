"""Offers a list entry for what the person promised in their own words without naming a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from gum.protocols import Situation
from gum.records import Candidate, Proposition
from gum.suggest.kinds.promises import day_of, is_answer, promised, written_since
from gum.suggest.kinds.wording import as_written

_SETTLED = timedelta(minutes=15)
_LASTS = timedelta(days=2)
_USEFUL = 0.65  # of right promises without a day, the share that is worth a list entry


class RememberSuggester:
    """A promise without a day, not taken up since, becomes a list with a box to tick; a dated one is a deadline."""

    kind = "remember"
    withdraws = True

    def candidates(self, situation: Situation) -> Sequence[Candidate]:
        """Return one candidate for each promise of the last week, a quarter of an hour after it was made."""
        return [
            _candidate(known, situation)
            for known in promised(situation)
            if day_of(known) is None
            and not is_answer(known)
            and situation.now - known.last_supported >= _SETTLED
            and not written_since(situation, known)
        ]


def _candidate(known: Proposition, situation: Situation) -> Candidate:
    what = as_written(known)
    said = max(situation.evidence(known.id), key=len, default="")
    quoted = f' You wrote: "{said}"' if said else ""
    below = [f"Said {known.last_supported:%Y-%m-%d %H:%M}.", *([f'"{said}"'] if said else [])]
    return Candidate(
        kind="remember",
        title=f"Keep '{what}' as something to do",
        why=f"You said that you will, named no day, and wrote nothing on it since.{quoted}",
        action="checklist",
        payload={"title": f"To do: {what}", "items": [f"{what[:1].upper()}{what[1:]}"], "below": below},
        propositions=(known.id,),
        p_useful=round(known.probability * _USEFUL, 3),
        benefit=5,
        cost_false_alarm=3,
        cost_silence=4,
        key=f"remember:{known.claim.object if known.claim else known.text}",
        expires_at=known.last_supported + timedelta(days=7) if known.last_supported else situation.now + _LASTS,
    )
