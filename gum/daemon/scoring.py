"""Scores what an agent believes against its recording's ground truth, and checks every quote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gum.daemon.result import believed
from gum.errors import RecordingError
from gum.replay import Recording
from gum.replay.score import Score, score
from gum.store import Store

LEAST_PROPOSITIONS = 12
LEAST_RECALL = 0.80
MOST_WRONG = 0.15


@dataclass(frozen=True, slots=True)
class Checked:
    """The score, and of how many propositions every quote occurs in its observation."""

    score: Score
    propositions: int
    quotes: int
    quotes_verified: int
    unsupported: tuple[int, ...]

    @property
    def passed(self) -> bool:
        """Whether the demonstration's thresholds hold."""
        return (
            self.propositions >= LEAST_PROPOSITIONS
            and self.quotes == self.quotes_verified
            and not self.unsupported
            and self.score.recall >= LEAST_RECALL
            and self.score.wrong_share <= MOST_WRONG
        )

    def numbers(self) -> dict[str, Any]:
        """Return the numbers by name."""
        return {
            "propositions": self.propositions,
            "quotes": self.quotes,
            "quotes_verified": self.quotes_verified,
            "without_evidence": len(self.unsupported),
            "recall": round(self.score.recall, 4),
            "precision": round(self.score.precision, 4),
            "wrong_share": round(self.score.wrong_share, 4),
        }


def check(store: Store, recording: Recording) -> Checked:
    """Score everything that is believed.  Raises RecordingError when the recording has no ground truth."""
    truth = recording.truth()
    if truth is None:
        raise RecordingError(f"The recording {recording.name!r} has no ground truth to be scored against.")
    propositions = believed(store)
    evidence = {one.id: store.propositions.evidence(one.id) for one in propositions}
    quotes = {id: [piece.quote for piece in pieces] for id, pieces in evidence.items()}
    pieces = [piece for several in evidence.values() for piece in several]
    return Checked(
        score=score(propositions, truth, lambda id: quotes[id]),
        propositions=len(propositions),
        quotes=len(pieces),
        quotes_verified=sum(_occurs(store, piece.observation, piece.quote) for piece in pieces),
        unsupported=tuple(id for id, several in quotes.items() if not several),
    )


def _occurs(store: Store, observation: int, quote: str) -> bool:
    seen = store.observations.get(observation)
    return any(_flat(quote) in _flat(place) for place in (seen.text, seen.title, seen.url))


def _flat(text: str) -> str:
    """Return the text with line breaks read as spaces: a quote may run over the end of a line."""
    return " ".join(text.split())
