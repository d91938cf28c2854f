"""Does something to copies of a home, each time dying at the next file operation, as `kill -9` would have it.

Run as a program: `python -m tests.forget.dying HOME ACTION [STEP]`; it forks once for each death, opens what is
left and says of each 'whole', or what was wrong.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from gum.config import Config
from gum.forget.forgetting import Forgetter
from gum.forget.retention import Retention
from gum.forget.selection import Selection
from gum.paths import Home
from gum.store import Store
from gum.store.encryption import conversion
from gum.store.encryption.holders import FileHolder
from gum.store.lock import OwnerLock
from tests.deaths import die_at
from tests.store.conftest import START

WATCHED = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "sqlite3.connect"})
LATER = START + timedelta(days=200)
KEEP = {"pixels_days": 1, "texts_days": 1, "episodes_days": 100, "propositions_days": 0}


def forget(home: Home) -> None:
    with Store.open(home, now=lambda: LATER) as store:
        store.sql.database.conn.set_progress_handler(lambda: sys.audit("os.truncate") or 0, 300)
        Forgetter(store, 300.0, timedelta(0), lambda: LATER).forget(Selection(text="zebra"))


def retain(home: Home) -> None:
    with Store.open(home, now=lambda: LATER) as store:
        store.sql.database.conn.set_progress_handler(lambda: sys.audit("os.truncate") or 0, 300)
        Retention(store, Config.model_validate({"keep": KEEP}), lambda: LATER).apply()


def encrypt(home: Home) -> None:
    with OwnerLock(home):
        conversion.unlock(home, str)
        conversion.encrypt(home, FileHolder.new(home.root.parent / f"key-{os.getpid()}"))


def rekey(home: Home) -> None:
    with OwnerLock(home):
        conversion.rekey(home, FileHolder.new(home.root.parent / f"key-{os.getpid()}"), str)


def decrypt(home: Home) -> None:
    with OwnerLock(home):
        conversion.decrypt(home, str)


ACTIONS: dict[str, Callable[[Home], None]] = {
    "forget": forget,
    "retain": retain,
    "encrypt": encrypt,
    "rekey": rekey,
    "decrypt": decrypt,
}


def wrong(home: Home, action: str) -> str:
    """Open what a death left and return what is wrong with it; empty when it is whole."""
    with Store.open(home, now=lambda: LATER) as store:
        if store.sql.value("PRAGMA integrity_check") != "ok" or store.sql.rows("PRAGMA foreign_key_check"):
            return "the database is damaged"
        seen = store.observations.between(None, None)
        lost = [one.id for one in seen if one.frame and not store.frames.path(one.frame).exists()]
        if action not in ("retain", "forget") and (lost or len(seen) != 6):
            return f"{len(seen)} observations, frames lost of {lost}"
        for one in store.propositions.list():
            for piece in store.propositions.evidence(one.id):
                if piece.quote not in store.observations.get(piece.observation).text:
                    return "a quote has lost its text"
        zebras = [one for one in seen if "zebra" in one.text]
        if action == "forget" and len(zebras) not in (0, 2):
            return "half of it was forgotten"
        Forgetter(store, 300.0, timedelta(0), lambda: LATER).erase_due()
    left = b"".join(file.read_bytes() for file in home.root.rglob("*") if file.is_file())
    if action == "forget" and not zebras and b"zebra" in left:
        return "the bytes are still there"
    return "a draft was left" if list(home.root.glob("gum.db.*")) else ""


def main(root: str, action: str, stride: str) -> None:
    template, step = Home(Path(root)), 1
    while True:
        copy = Home(template.root.parent / f"dying-{step}")
        shutil.copytree(template.root, copy.root)
        child = os.fork()
        if child == 0:
            die_at(step, WATCHED)
            ACTIONS[action](copy)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(step, code, wrong(copy, action) or "whole", flush=True)
        shutil.rmtree(copy.root)
        if code == 0:
            break
        step += int(stride)


if __name__ == "__main__":
    main(*sys.argv[1:])
