"""One process owns a home: an operating system lock, and a note of who holds it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import psutil
from filelock import FileLock, Timeout

from gum import clock
from gum.errors import StoreLockedError
from gum.paths import Home
from gum.store.failing import storage_errors

_SAME_START_S = 1.5  # the start of a process after boot is exact; the boot time is rounded to whole seconds


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that owns a home; `url` is its API address, empty when it offers none."""

    pid: int
    started_at: datetime
    url: str = ""


class OwnerLock:
    """Ownership of a home by this process.  The system releases it when the process dies, however it dies."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._lock = FileLock(home.lock, timeout=0, mode=0o600, thread_local=False)
        self._started_at = clock.now()

    @property
    def held(self) -> bool:
        return bool(self._lock.is_locked)

    def acquire(self, url: str = "") -> None:
        """Take ownership.  Raises StoreLockedError that names the owning process, StoreReadOnlyError."""
        with storage_errors(self.home.lock):
            try:
                self._lock.acquire()
            except Timeout as error:
                raise self._refusal() from error
        self.announce(url)

    def announce(self, url: str) -> None:
        """Write where this process can be reached, for `read_owner`."""
        note = {
            "pid": os.getpid(),
            "started_at": clock.to_text(self._started_at),
            "url": url,
            "after_boot_s": _after_boot_s(os.getpid()),
        }
        draft = self.home.owner.with_name(f"{self.home.owner.name}.new")
        with storage_errors(self.home.owner):
            descriptor = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(note, file)
            draft.replace(self.home.owner)

    def release(self) -> None:
        """Give ownership back; nothing happens when it is not held."""
        if self.held:
            self.home.owner.unlink(missing_ok=True)
            self._lock.release()

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _refusal(self) -> StoreLockedError:
        owner = read_owner(self.home)
        who = "another process" if owner is None else f"process {owner.pid}"
        return StoreLockedError(
            f"{self.home.root} is owned by {who}. Stop it with 'gumctl stop', or set GUM_HOME to another folder."
        )


def read_owner(home: Home) -> Owner | None:
    """Return the living process that owns the home; None when there is none, or its note is stale or unreadable."""
    try:
        note: dict[str, Any] = json.loads(home.owner.read_text(encoding="utf-8"))
        owner = Owner(int(note["pid"]), clock.from_text(note["started_at"]), str(note["url"]))
        same = abs(_after_boot_s(owner.pid) - float(note["after_boot_s"])) <= _SAME_START_S
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        return None
    return owner if same else None


def _after_boot_s(pid: int) -> float:
    """Return when a living process started, in seconds after boot: a clock that is set later does not change it.

    Raises psutil.Error for one that is gone, or dead and not yet buried.
    """
    process = psutil.Process(pid)
    if process.status() == psutil.STATUS_ZOMBIE:
        raise psutil.ZombieProcess(pid)
    return float(process.create_time() - psutil.boot_time())
