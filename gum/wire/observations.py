"""What was seen, and what a sensor sends."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, Field

from gum.records import CoverageState, InferenceState, Trust
from gum.wire.base import Request, Wire

__all__ = [
    "CaptureIn",
    "CoverageView",
    "EpisodeView",
    "FrameIn",
    "Ingested",
    "InputIn",
    "ObservationView",
    "RectIn",
    "WindowIn",
]


class ObservationView(Wire):
    """One kept observation; `frame` is the hash to ask `/v1/frames/{sha}` for, empty when no pixels are kept."""

    id: int
    observer: str
    kind: str
    captured_at: datetime
    until: datetime
    app: str
    title: str
    url: str
    text: str
    trust: Trust
    frame: str
    keys: int
    clicks: int
    scrolls: int
    source: str
    episode: int | None


class EpisodeView(Wire):
    """One stretch of one activity; `observations` are ids in order."""

    id: int
    started_at: datetime
    ended_at: datetime
    app: str
    document: str
    topic: str
    dwell_s: float
    keys: int
    clicks: int
    observations: list[int]
    state: InferenceState
    reason: str


class CoverageView(Wire):
    """What the observers did between two instants."""

    started_at: datetime
    ended_at: datetime
    state: CoverageState
    reason: str


class RectIn(Request):
    """A rectangle in screen pixels."""

    x: int
    y: int
    width: int = Field(ge=0, le=65535)
    height: int = Field(ge=0, le=65535)


class WindowIn(Request):
    """A window as an observer saw it."""

    id: int
    app: str = Field("", max_length=1000)
    title: str = Field("", max_length=10000)
    pid: int | None = None
    client: RectIn
    frame: RectIn
    hidden: bool = False


class FrameIn(Request):
    """Pixels as a WebP or PNG image in base64, and where they lie on the screen."""

    rect: RectIn
    image: str = Field(max_length=40_000_000, description="Base64 of a WebP or PNG image as large as `rect`.")
    scale: float = Field(1.0, gt=0, le=8)
    monitor: str = Field("", max_length=200)


class InputIn(Request):
    """Counts of input since the last capture, never which keys."""

    keys: int = Field(0, ge=0)
    clicks: int = Field(0, ge=0)
    scrolls: int = Field(0, ge=0)
    idle_s: float = Field(0.0, ge=0)


class CaptureIn(Request):
    """One capture from any sensor; `source` makes sending it again harmless.

    `observer` names the sensor.  `kind` is 'text' for a text of its own; 'frame', 'window' and 'activity' are what
    the built-in observers send.  A sender may lower the trust of its text, never raise it above 'document'.
    """

    observer: str = Field(min_length=1, max_length=100, pattern=r"^[\w.:-]+$")
    kind: Literal["frame", "window", "activity", "text"] = "text"
    captured_at: AwareDatetime | None = Field(None, description="When it was seen; now, when absent.")
    app: str = Field("", max_length=1000)
    title: str = Field("", max_length=10000)
    url: str = Field("", max_length=10000)
    text: str = Field("", max_length=1_000_000)
    window: WindowIn | None = None
    frame: FrameIn | None = None
    input: InputIn = InputIn()
    trust: Trust = Trust.SCREEN
    excluded: bool = False
    locked: bool = False
    source: str = Field("", max_length=500)


class Ingested(Wire):
    """What one capture became: ids of its observations; none when nothing new was in it.

    `added` says how many of them were not there before: a `source` that is sent again adds none.
    """

    observations: list[int]
    added: int = 0
