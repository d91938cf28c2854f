"""The data directory is the person's alone: modes, owners, links; and no core dump holds what is in memory.

A file that is a link, or has a second name, could be read or changed through a place that others can reach; so the
program refuses to write through it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from gum.errors import StoreUnsafeError

OTHERS = 0o077


def check(root: Path, folders: Iterable[Path], files: Iterable[Path]) -> None:
    """Refuse a home that others could read, or whose folders and files lie elsewhere; what is absent is no matter.

    The home itself may be reached through a link.  Raises StoreUnsafeError with the fix.
    """
    if os.name != "posix" or not root.exists():
        return
    for folder in (root.resolve(), *folders):
        if os.path.lexists(folder):
            _check_folder(folder, root)
    for file in files:
        if os.path.lexists(file):
            _check_file(file)


def leave_no_core() -> None:
    """Have the system write no image of this process's memory when it crashes."""
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _check_folder(folder: Path, root: Path) -> None:
    found = folder.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise StoreUnsafeError(
            f"{folder} is a link to {folder.readlink()}. "
            f"Put a folder in its place: rm '{folder}' && mkdir -m 700 '{folder}'"
        )
    if found.st_uid != os.getuid():
        raise StoreUnsafeError(f"{folder} belongs to another user. Run: sudo chown -R $(id -u) '{root}'")
    if stat.S_IMODE(found.st_mode) & OTHERS:
        raise StoreUnsafeError(
            f"{folder} can be read by other users (mode {stat.S_IMODE(found.st_mode):04o}), so nothing is written "
            f"there. Run: chmod -R go= '{root}'"
        )


def _check_file(file: Path) -> None:
    found = file.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise StoreUnsafeError(
            f"{file} is a link to {file.readlink()}. Put the file itself in its place: "
            f"cp -p '{file}' '{file}.own' && mv '{file}.own' '{file}'"
        )
    if not stat.S_ISREG(found.st_mode):
        raise StoreUnsafeError(f"{file} is no ordinary file. Move it away: mv '{file}' '{file}.other'")
    if found.st_uid != os.getuid():
        raise StoreUnsafeError(f"{file} belongs to another user. Run: sudo chown $(id -u) '{file}'")
    if found.st_nlink > 1:
        raise StoreUnsafeError(
            f"{file} has a second name elsewhere (a hard link), through which it could be read. "
            f"Make it a file of its own: cp -p '{file}' '{file}.own' && mv '{file}.own' '{file}'"
        )
