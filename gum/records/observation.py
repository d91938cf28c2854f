"""What is kept of what was seen: moments, the episodes that they make, and when was looked at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gum.records.trust import Trust


@dataclass(frozen=True, slots=True)
class Observation:
    """A durable fact about one moment: a text with its source, trust and frame.

    `kind` is 'window' (focus or title, text empty), 'screen' (text read from the window),
    'typed' (new text in the focused window during a burst of keys), 'activity' (input counts) or
    'text'.  `dwell_s` is how long the state lasted, `frame` the sha256 of the kept frame.
    """

    observer: str
    kind: str
    captured_at: datetime
    until: datetime
    app: str = ""
    title: str = ""
    url: str = ""
    text: str = ""
    trust: Trust = Trust.SCREEN
    frame: str = ""
    window: int | None = None
    keys: int = 0
    clicks: int = 0
    scrolls: int = 0
    source: str = ""
    content_hash: str = ""
    episode: int | None = None
    id: int = 0


class InferenceState(StrEnum):
    """How far an observation or an episode has come."""

    PENDING = "pending"
    INFERRED = "inferred"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Episode:
    """Consecutive observations of one activity: same application and document, no long gap."""

    started_at: datetime
    ended_at: datetime
    app: str
    document: str
    topic: str
    dwell_s: float
    keys: int
    clicks: int
    observations: tuple[int, ...]
    state: InferenceState = InferenceState.PENDING
    tries: int = 0
    reason: str = ""
    id: int = 0


class CoverageState(StrEnum):
    """What the observers did during an interval."""

    RECORDED = "recorded"
    PAUSED = "paused"
    EXCLUDED = "excluded"
    LOCKED = "locked"
    OFF = "off"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the observers did between two instants, and why."""

    started_at: datetime
    ended_at: datetime
    state: CoverageState
    reason: str = ""
    id: int = 0
