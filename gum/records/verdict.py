"""What the person says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gum.records.trust import Trust


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the person said of a proposition or a suggestion.

    `shown_probability` is what was shown just before, `raw_probability` the same before calibration, and `bound` the
    class of trust whose cap bounded it.  `asked` says why it was before the person's eyes: 'review' for the review
    queue, 'question' for an answer, else empty.
    """

    target: str
    target_id: int
    verdict: str
    note: str
    at: datetime
    shown_probability: float | None = None
    raw_probability: float | None = None
    asked: str = ""
    bound: Trust | None = None
    id: int = 0
