"""Whether the daemon does what it should, and pausing it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, Field

from gum.wire.base import Request, Wire

__all__ = [
    "ApiStatus",
    "CpuStatus",
    "DaemonStatus",
    "DiskStatus",
    "MemoryStatus",
    "ModelStatus",
    "ObserverStatus",
    "PauseIn",
    "PowerStatus",
    "QueueStatus",
    "TodayStatus",
    "WorkerStatus",
]


class ApiStatus(Wire):
    """Where the API listens."""

    url: str


class ObserverStatus(Wire):
    """One observer: 'running', 'waiting' (it failed and is tried again), 'paused' or 'stopped'; `missing` says why."""

    name: str
    state: Literal["running", "waiting", "paused", "stopped"]
    last_event_age_s: float | None
    missing: list[str]
    restarts: int = 0


class QueueStatus(Wire):
    """Work between seeing and believing.

    `captures` are to be perceived, `unsorted` observations to be put into episodes, and of the inferences from
    episodes so many are `waiting`, `running` and `failed`; the oldest waits for `oldest_age_s`.
    """

    waiting: int
    running: int
    failed: int
    oldest_age_s: float | None
    captures: int = 0
    unsorted: int = 0


class ModelStatus(Wire):
    """The engine that proposes, and whether it works.

    Where a model works beside the built-in engine, `engine` is the model's author and `beside` the other's; `backlog`
    episodes wait for the model, the oldest for `backlog_age_s`, and it waits `waits` ("while you are typing").
    `leaves_to` names the server that redacted texts and frames are sent to; empty while nothing is sent anywhere.
    """

    engine: str
    state: str
    beside: str = ""
    backlog: int = 0
    backlog_age_s: float | None = None
    waits: str = ""
    leaves_to: str = ""


class WorkerStatus(Wire):
    """The process in which the reader, the embedder or the model works; `pid` is null while it rests.

    It was started `starts` times and died `deaths` times in the middle of its work; `trouble` is what went wrong last.
    """

    part: Literal["reader", "embedder", "model"]
    pid: int | None
    memory_bytes: int
    starts: int
    deaths: int
    trouble: str = ""


class CpuStatus(Wire):
    """Share of one core over the last two minutes, of the daemon with its reader and embedder, and what it may be.

    Frames of one window come `pace` times as seldom as they could, to hold that or to spare the battery.
    """

    percent: float
    budget_percent: float
    pace: float


class MemoryStatus(Wire):
    """Bytes that the daemon, its reader and its embedder hold, of which `daemon_bytes` itself, and how many they may.

    `over` says that they hold more although what rests has left memory.
    """

    used_bytes: int
    daemon_bytes: int
    budget_bytes: int
    over: bool


class PowerStatus(Wire):
    """Whether the machine runs on its battery, how full that is, and whether what is not urgent is put off for it."""

    on_battery: bool
    percent: float | None
    saving: bool


class DiskStatus(Wire):
    """Bytes of all that is kept, and how many may be kept."""

    used_bytes: int
    budget_bytes: int


class TodayStatus(Wire):
    """Counts since local midnight; `propositions` are those first seen today."""

    observations: int
    episodes: int
    propositions: int
    suggestions: int


class DaemonStatus(Wire):
    """Whether the daemon does what it should, and if not, why.

    `verdict` is 'recording', 'paused', 'not capturing', 'degraded', 'stopped' or, in a home that only shows a
    recording, 'demonstration'; `verdict_text` is a sentence.  `held_back` counts what the audit holds for an answer.
    `notifier` tells how suggestions are told on the desktop, or why they are not; `notifications` how those of other
    programs are held back, empty when that is off.
    """

    verdict: Literal["recording", "paused", "not capturing", "degraded", "stopped", "demonstration"]
    verdict_text: str
    api: ApiStatus
    since: datetime
    paused_until: datetime | None
    paused: bool
    last_frame_age_s: float | None
    observers: list[ObserverStatus]
    queue: QueueStatus
    model: ModelStatus
    reader: str
    embedder: str
    workers: list[WorkerStatus] = Field(default_factory=list)
    index: str
    disk: DiskStatus
    cpu: CpuStatus
    memory: MemoryStatus
    power: PowerStatus
    today: TodayStatus
    problems: list[str]
    held_back: int = 0
    notifier: str = ""
    notifications: str = ""
    now: str
    version: str
    home: str
    pid: int
    clock: datetime


class PauseIn(Request):
    """How long to pause; without minutes or an end it lasts until resumed."""

    minutes: float | None = Field(None, gt=0, le=60 * 24 * 31)
    until: AwareDatetime | None = None
