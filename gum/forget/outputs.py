"""The files that accepted suggestions wrote: moved away with what they were made of, brought back, or removed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from gum.paths import Home
from gum.store.failing import storage_errors

Move = tuple[str, str]


class Outputs:
    """Moves files between `output` and a folder of the forgetting; a file that the person has changed is theirs."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def ours(self, records: Sequence[tuple[str, str]]) -> tuple[list[Path], list[Path]]:
        """Return which of the files are still as they were written, and which the person has changed."""
        found = [self._place(folder, record) for folder, record in records]
        there = [(place, digest) for place, digest in found if place.is_file() and not place.is_symlink()]
        ours = [place for place, digest in there if hashlib.sha256(place.read_bytes()).hexdigest() == digest]
        return ours, [place for place, _ in there if place not in ours]

    def planned(self, id: int, records: Sequence[tuple[str, str]]) -> list[Move]:
        """Return from where to where each file that is ours is to be moved."""
        ours, _ = self.ours(records)
        return [(str(place), str(self._bin(id) / f"{number}-{place.name}")) for number, place in enumerate(ours)]

    def move(self, moves: Sequence[Move]) -> None:
        """Move the files away; one that was moved already is no matter."""
        for source, target in moves:
            self._one(Path(source), Path(target))

    def move_back(self, moves: Sequence[Move]) -> None:
        """Bring the files back; nothing that has taken their place is overwritten."""
        for source, target in moves:
            if not Path(source).exists():
                self._one(Path(target), Path(source))
        self._clean(moves)

    def erase(self, moves: Sequence[Move]) -> None:
        """Remove the files, moved or not."""
        with storage_errors(self._home.output):
            for source, target in moves:
                Path(target).unlink(missing_ok=True)
                Path(source).unlink(missing_ok=True)
        self._clean(moves)

    def _one(self, source: Path, target: Path) -> None:
        with storage_errors(source):
            if source.exists():
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                source.replace(target)

    def _clean(self, moves: Sequence[Move]) -> None:
        for folder in {Path(target).parent for _, target in moves}:
            shutil.rmtree(folder, ignore_errors=True)

    def _bin(self, id: int) -> Path:
        return self._home.root / "forgotten" / str(id)

    def _place(self, folder: str, record: str) -> tuple[Path, str]:
        digest, _, name = record.partition("  ")
        return self._home.output / folder / Path(name or digest).name, digest
