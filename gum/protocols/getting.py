"""Models: which can be had, and how they are got, kept and removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

#: Told of a file's name, the bytes that are done, and the bytes in all (0 where they are not known).
Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """One file of a model that can be had; `sha256` is empty where it is not known."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that can be had.

    `memory_gb` is the memory of a whole machine that it suits, `needs_mb` what it takes itself, `handler` what reads
    its images.
    """

    name: str
    title: str
    licence: str
    repository: str
    handler: str
    memory_gb: int
    needs_mb: int
    files: tuple[OfferedFile, ...]
    note: str = ""

    @property
    def bytes(self) -> int:
        """The size of all files."""
        return sum(file.bytes for file in self.files)


@dataclass(frozen=True, slots=True)
class KeptModel:
    """A model on this machine; `trust` says against what its files are checked, `bench` is what was measured last."""

    name: str
    title: str
    bytes: int
    source: str
    trust: str
    in_use: bool
    sees: bool
    bench: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """Whether a file of a model is as it must be; `against` says what that was known from."""

    file: str
    sha256: str
    intact: bool
    against: str


class Setup(Protocol):
    """Gets models for the engine of the same name and keeps them below `folder`; all raise EngineError."""

    name: str

    def lacking(self) -> str:
        """Return how to add what the engine needs beside a model, such as a library; empty when nothing lacks."""
        ...

    def offers(self) -> Sequence[Offer]:
        """Return what can be had, smallest first."""
        ...

    def fitting(self, memory_bytes: int) -> str:
        """Return the name of the offer that suits a machine with so much memory."""
        ...

    def kept(self, folder: Path) -> Sequence[KeptModel]: ...

    def pull(self, folder: Path, model: str, mirror: str, report: Report) -> KeptModel:
        """Get a model over the network; what an earlier try has got is kept.  The first model is used at once."""
        ...

    def elsewhere(self) -> Sequence[str]:
        """Return the models that other programs keep on this machine, each as `take` understands it."""
        ...

    def take(self, folder: Path, source: str, projector: str, name: str, report: Report) -> KeptModel:
        """Take over files that are on this machine already."""
        ...

    def use(self, folder: Path, model: str) -> KeptModel:
        """Let the engine use this one from its next start on."""
        ...

    def remove(self, folder: Path, model: str) -> int:
        """Remove a model's files; return how many bytes went."""
        ...

    def verify(self, folder: Path, model: str, report: Report) -> Sequence[CheckedFile]:
        """Compare a model's files with the sums that are known of them."""
        ...

    def bench(self, folder: Path, config: Any, report: Report) -> dict[str, Any]:
        """Measure the model in use, keep what was measured and return it; its keys end in their units."""
        ...

    def keep_key(self, folder: Path, key: str, by_file: bool) -> str:
        """Keep the key that a server asks for; return a sentence on where."""
        ...
