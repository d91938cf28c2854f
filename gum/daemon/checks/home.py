"""The data directory: who owns it, who may read it, how much room there is, and whether the clock can be right."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta

from gum import clock
from gum.config import Config
from gum.daemon.checks.check import Check, fail, ok
from gum.daemon.lifecycle import connect
from gum.errors import GumError, StoreError, StoreFullError, StoreLockedError
from gum.paths import Home
from gum.store.lock import OwnerLock, read_owner

LEAST_FREE = 500_000_000
LATEST_FUTURE = timedelta(minutes=5)
#: What a model is made of is no secret; taken over, it is another program's file by a second name, and keeps its mode.
_WEIGHTS = ".gguf"
MAKE_ROOM = "Free some space, or lower store.disk_budget_mb."
MAKE_WRITABLE = "Make it yours to write, or set GUM_HOME to another folder."


def owner(home: Home) -> Check:
    """Check that nobody else holds the home, or that its daemon answers."""
    found = read_owner(home)
    if found is None:
        return _unowned(home)
    if not found.url:
        return ok("owner", f"process {found.pid} without an API, such as a replay")
    try:
        with connect(home) as client:
            if client.healthy():
                return ok("owner", f"the daemon, process {found.pid}, answers at {found.url}")
    except GumError as error:
        return fail("owner", str(error), "Restart it: gumctl restart")
    return fail("owner", f"Process {found.pid} owns the home but does not answer.", "Restart it: gumctl restart")


def _unowned(home: Home) -> Check:
    if not home.root.exists():
        return ok("owner", "nobody; the home is made when the daemon first starts")
    lock = OwnerLock(home)
    try:
        lock.acquire()
    except StoreLockedError as error:
        return fail("owner", str(error), "End that process; it left no note of who it is.")
    except StoreFullError as error:
        return fail("owner", str(error), MAKE_ROOM)
    except StoreError as error:
        return fail("owner", str(error), MAKE_WRITABLE)
    lock.release()
    return ok("owner", "nobody; start the daemon with: gumctl start")


def permissions(home: Home) -> Check:
    """Check that the person alone may read what is kept."""
    if not home.root.exists():
        return ok("permissions", "nothing is kept yet")
    if os.name != "posix":
        return ok("permissions", "left to the system's own user folders")
    loose = next(_loose(home), None)
    if loose:
        return fail("permissions", f"{loose} can be read by others.", f"chmod -R go= '{home.root}'")
    return ok("permissions", "folders 0700, files 0600")


def _loose(home: Home) -> Iterator[str]:
    for folder, _, files in os.walk(home.root):
        for path in (folder, *(os.path.join(folder, file) for file in files)):  # noqa: PTH118 - os.walk's own names
            if path.endswith(_WEIGHTS):
                continue
            mode = os.lstat(path).st_mode
            if not stat.S_ISLNK(mode) and stat.S_IMODE(mode) & 0o077:
                yield path


def room(home: Home, config: Config) -> Check:
    """Check that there is space for what is to come."""
    place = next((one for one in (home.root, *home.root.parents) if one.exists()), home.root)
    free = shutil.disk_usage(place).free
    budget = config.store.disk_budget_mb
    sentence = f"{free / 1e9:.1f} GB free; what is kept may take {budget} MB"
    if not place.is_dir():
        return fail("disk", f"{place} is a file, so nothing can be kept below it.", "Set GUM_HOME to a folder.")
    if not os.access(place, os.W_OK):
        return fail("disk", f"{place} cannot be written.", MAKE_WRITABLE)
    if free < LEAST_FREE:
        return fail("disk", sentence, MAKE_ROOM)
    return ok("disk", sentence)


def time(home: Home) -> Check:
    """Check that nothing kept lies in the future, which means that the clock was or is wrong."""
    last = _last(home)
    if last is not None and last - clock.now() > LATEST_FUTURE:
        return fail(
            "clock",
            f"Something kept is of {last.astimezone():%Y-%m-%d %H:%M}, which is still to come.",
            "Set the system's clock; what is kept stays as it is.",
        )
    return ok("clock", f"{clock.now().astimezone():%Y-%m-%d %H:%M %Z}")


def _last(home: Home) -> datetime | None:
    if not home.database.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{home.database.absolute().as_uri()}?mode=ro", uri=True)) as disk:
            last = disk.execute("SELECT max(captured_at) FROM observations").fetchone()[0]
    except (sqlite3.Error, UnicodeDecodeError):  # what is wrong with it is said by the check of the database
        return None
    return clock.from_text(last) if last else None
