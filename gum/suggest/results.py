"""The files that accepted suggestions made: a folder for each project, nothing overwritten, nothing of others removed.

An action writes into a folder of its own that nobody sees; what it left there is checked, named, and then moved to its
place.  A record of a file is 'SHA256  NAME', beside the name of the folder in which it lies.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gum.errors import ActionError
from gum.suggest.actions.files import free_name, remove_unchanged, safe_name

_STAGING = ".staging"
_LARGEST = 16 * 1024 * 1024
_MOST_FILES = 50


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that an action has made, and where it is to lie."""

    path: Path
    digest: str
    name: str

    @property
    def record(self) -> str:
        return f"{self.digest}  {self.name}"


class Results:
    """What lies below the folder of all results."""

    def __init__(self, output: Path) -> None:
        self.output = output

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """Yield an empty folder that is gone afterwards with all that it holds.  Raises ActionError."""
        try:
            (self.output / _STAGING).mkdir(mode=0o700, parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(dir=self.output / _STAGING))
        except OSError as error:
            raise ActionError(f"{self.output} cannot be written: {error.strerror}.") from error
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def staged(self, stage: Path, folder: str) -> list[Staged]:
        """Return what an action has left, each with a name that is free in a folder.

        Raises ActionError for anything but plain files of a reasonable size with plain names.
        """
        made = sorted(stage.iterdir())
        if len(made) > _MOST_FILES:
            raise ActionError(f"The action made {len(made)} files; {_MOST_FILES} are the most.")
        taken: set[str] = set()
        found = []
        for path in made:
            kind = path.lstat()
            if not stat.S_ISREG(kind.st_mode) or kind.st_size > _LARGEST or kind.st_nlink != 1:
                raise ActionError("The action made something that is not a plain file of at most 16 MB.")
            name = free_name(self.output / folder, safe_name(path.stem), _suffix(path), taken)
            taken.add(name)
            found.append(Staged(path, hashlib.sha256(path.read_bytes()).hexdigest(), name))
        return found

    def place(self, files: Sequence[Staged], folder: str) -> None:
        """Move files to their places, all or none; a place that was taken meanwhile is left as it is.

        Raises ActionError.
        """
        target = self.output / folder
        placed: list[Staged] = []
        try:
            if target.is_symlink():
                raise ActionError(f"{target} is a link, so nothing is written there.")
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
            for one in files:
                one.path.chmod(0o600)
                os.link(one.path, target / one.name, follow_symlinks=False)  # unlike a move, it replaces nothing
                placed.append(one)
                one.path.unlink()
        except OSError as error:
            self.remove(folder, [one.record for one in placed])
            raise ActionError(f"{target} cannot be written: {error.strerror}.") from error

    def remove(self, folder: str, records: Sequence[str]) -> None:
        """Remove files; one that is gone is no matter.  Raises ActionError, and removes none, when one was changed."""
        target = self.output / Path(folder).name
        if target.is_symlink():
            raise ActionError(f"{target} is a link, so nothing is removed there.")
        remove_unchanged(target, records)
        self._tidy(target)

    def discard(self, intended: Sequence[str]) -> None:
        """Remove what an acceptance that was cut off has written: files that are as it named them beforehand."""
        for one in intended:
            digest, _, place = one.partition("  ")
            folder, _, name = place.partition("/")
            try:
                self.remove(folder, [f"{digest}  {name}"])
            except ActionError:  # the person has put something of theirs there
                continue

    def clear(self) -> None:
        """Remove what actions that were cut off have left unseen."""
        shutil.rmtree(self.output / _STAGING, ignore_errors=True)

    def _tidy(self, folder: Path) -> None:
        try:
            folder.rmdir()
        except OSError:  # it holds something else, or is gone
            return


def places(output: Path, action: str, result: dict[str, Any]) -> list[Path]:
    """Return the full paths of the files of a result; `action` names the folder of results that tell none."""
    folder = output / folder_of(action, result)
    names = [str(entry).partition("  ")[2] or str(entry) for entry in result.get("files", ())]
    return [folder / name for name in names]


def folder_of(action: str, result: dict[str, Any]) -> str:
    """Return the name of the folder in which the files of a result lie."""
    return Path(str(result.get("folder") or action)).name


def safe_folder(name: str) -> str:
    """Return the name of the folder of a project."""
    return safe_name(name)


def _suffix(path: Path) -> str:
    suffix = path.suffix
    return suffix if suffix[1:].isalnum() and len(suffix) <= 8 else ""
