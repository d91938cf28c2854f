"""An audit hook (PEP 578) that refuses, in threads that are being confined, what their folder does not cover.

It holds Python code on every system and says what was tried; native code that goes round the interpreter, and threads
started by the work where the interpreter does not tell of them (before 3.12), are held by Landlock alone.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: Event to how many of its first arguments are paths that must lie below the folder.
_PATHS = {
    "os.remove": 1,
    "os.rmdir": 1,
    "os.mkdir": 1,
    "os.chmod": 1,
    "os.chown": 1,
    "os.truncate": 1,
    "os.utime": 1,
    "os.rename": 2,
    "shutil.rmtree": 1,
}
_NEVER = frozenset(
    {
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.posix_spawn",
        "os.spawn",
        "os.fork",
        "os.forkpty",
        "os.startfile",
        "os.symlink",
        "os.link",
        "os.kill",
        "os.killpg",
        "os.putenv",
        "os.unsetenv",
        "os.chdir",
        "pty.spawn",
        "webbrowser.open",
        "sqlite3.connect",
        "ctypes.dlopen",
        "_thread.start_new_thread",
        "_thread.start_joinable_thread",
        "socket.connect",
        "socket.bind",
        "socket.sendto",
        "socket.getaddrinfo",
    }
)

_here = threading.local()
_installing = threading.Lock()
_installed = False


@contextmanager
def refusing(folder: Path) -> Iterator[list[str]]:
    """Confine the calling thread to a folder; yield what it was refused so far, by the name of the event."""
    global _installed  # noqa: PLW0603 - a hook can be added but never taken away, so there is one for the process
    with _installing:
        if not _installed:
            sys.addaudithook(_hook)
            _installed = True
    refused: list[str] = []
    _here.folder, _here.refused = os.path.realpath(folder), refused
    try:
        yield refused
    finally:
        del _here.folder, _here.refused


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    folder = getattr(_here, "folder", None)
    if folder is None or _allowed(event, arguments, folder):
        return
    if event == "open" and "__pycache__" in str(arguments[0]):
        raise PermissionError("An action keeps no compiled modules.")  # the import system goes on without
    _here.refused.append(event)
    raise PermissionError(f"An action may not do this ({event}).")


def _allowed(event: str, arguments: tuple[Any, ...], folder: str) -> bool:
    if event in _NEVER:
        return False
    if event == "open":
        return not (arguments[2] or 0) & _WRITING or _below(arguments[0], folder)
    count = _PATHS.get(event, 0)
    return all(_below(path, folder) for path in arguments[:count])


def _below(path: Any, folder: str) -> bool:
    """Return whether a path lies below the folder once links are followed; a descriptor was judged when opened."""
    if isinstance(path, int) or path is None:
        return True
    real = os.path.realpath(os.fsdecode(path))
    return os.path.commonpath([real, folder]) == folder
