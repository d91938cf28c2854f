"""Models on this machine: which there are, which are being got, and what the one in use costs."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from gum.wire.base import Wire

__all__ = [
    "EngineView",
    "KeptModelView",
    "ModelsView",
    "OfferView",
    "OfferedFileView",
    "PullState",
    "PullView",
    "RateView",
    "RemovedModel",
]


PullState = Literal["running", "stopping", "done", "failed", "stopped"]


class EngineView(Wire):
    """An engine; `state` is 'ready' or a sentence on what it lacks, `leaves_to` the server that it sends things to."""

    name: str
    state: str
    in_use: bool
    leaves_to: str = ""


class OfferedFileView(Wire):
    """A file of a model; an empty `sha256` is pinned at the first pull."""

    name: str
    bytes: int
    sha256: str


class OfferView(Wire):
    """A model that can be had.

    `memory_gb` is the memory of a machine that it suits, `suits` whether it is the one for this machine, `needs_mb`
    what it takes itself.
    """

    name: str
    engine: str
    title: str
    licence: str
    repository: str
    handler: str
    memory_gb: int
    needs_mb: int
    bytes: int
    files: list[OfferedFileView]
    note: str = ""
    suits: bool = False
    here: bool = False
    in_use: bool = False


class KeptModelView(Wire):
    """A model on this machine; `bench` is what was measured last, each key with its unit at its end."""

    name: str
    engine: str
    title: str
    bytes: int
    source: str
    trust: str
    in_use: bool
    sees: bool
    bench: dict[str, Any] = Field(default_factory=dict)
    note: str = ""


class RateView(Wire):
    """How much there is to understand on a day with activity, over the last `days` such days (0: none yet)."""

    days: int
    episodes: float
    active_hours: float


class ModelsView(Wire):
    """Engines with their states, the catalogue, what is here and in use, and the model's backlog."""

    engines: list[EngineView]
    catalogue: list[OfferView]
    installed: list[KeptModelView]
    in_use: str
    bench: dict[str, Any] = Field(default_factory=dict)
    backlog: int = 0
    backlog_age_s: float | None = None
    waits: str = ""
    rate: RateView


class PullView(Wire):
    """A model on its way here, with all its files; `left_s` is the time left at the present speed.

    While nothing comes the speed is 0 and `left_s` None.  `in_use` says of one that is done whether the daemon's next
    start takes it up.
    """

    name: str
    title: str
    engine: str
    state: PullState
    file: str = ""
    done_bytes: int = 0
    total_bytes: int = 0
    bytes_per_s: float = 0.0
    left_s: float | None = None
    detail: str = ""
    in_use: bool = False


class RemovedModel(Wire):
    """What removing a model has freed."""

    name: str
    freed_bytes: int
