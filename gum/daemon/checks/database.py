"""The database and its index; also while the daemon owns them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from gum.config import Config
from gum.daemon import parts
from gum.daemon.checks.check import Check, fail, note, ok
from gum.daemon.lifecycle import connect
from gum.errors import GumError
from gum.paths import Home
from gum.store import Store
from gum.store.encryption import envelope
from gum.store.failing import storage_errors
from gum.store.lock import read_owner

RESTORE = "Stop the daemon and restore gum.db from a backup; a damaged file is never changed by the program."


def database(home: Home) -> Iterator[Check]:
    """Check SQLite's pages and the word index, on what is on disk and without changing it."""
    if not home.database.exists():
        yield ok("database", "none yet; it is made when the daemon first starts")
        return
    try:
        if (sealed := envelope.read(home)) is not None:
            yield ok("database", f"encrypted, the key is held by: {sealed.kind}; each page is checked when it is read")
            return
        with storage_errors(home.database), closing(_read_only(home)) as disk:
            found = disk.execute("PRAGMA quick_check(3)").fetchall()
            if found != [("ok",)]:
                yield fail("database", f"{home.database} is damaged: {found[0][0]}.", RESTORE)
                return
            yield ok("database", f"{home.database.stat().st_size / 1e6:.1f} MB, every page in order")
            yield _words(disk)
    except GumError as error:
        yield fail("database", str(error), RESTORE)


def _read_only(home: Home) -> sqlite3.Connection:
    return sqlite3.connect(f"{home.database.absolute().as_uri()}?mode=ro", uri=True)


def _words(disk: sqlite3.Connection) -> Check:
    """Check the word index on a copy in memory, for the check is a write."""
    with closing(sqlite3.connect(":memory:")) as copy:
        disk.backup(copy)
        try:
            copy.execute("INSERT INTO propositions_fts(propositions_fts, rank) VALUES('integrity-check', 1)")
        except sqlite3.DatabaseError:
            return fail("word index", "The word index does not agree with the propositions.", RESTORE)
    return ok("word index", "agrees with the propositions")


def index(home: Home, config: Config) -> Iterator[Check]:
    """Check the vector index: by the owner's word while a daemon runs, by comparing else."""
    if not home.database.exists():
        return
    try:
        if read_owner(home) is not None:
            with connect(home) as client:
                yield _state(client.status().index)
        elif envelope.read(home) is not None:
            yield ok("index", "kept in memory, and filled when the daemon starts")
        else:
            yield _drift(home, config)
    except GumError as error:
        yield fail("index", str(error), "Restart the daemon, which repairs it: gumctl restart")


def _state(state: str) -> Check:
    if state == "broken":
        return fail("index", "The vector index is broken.", "Restart the daemon, which rebuilds it: gumctl restart")
    if state == "absent":
        return note("index", "There is none without an embedder.", "Get it with: gumctl models embedder")
    return ok("index", state)


def _drift(home: Home, config: Config) -> Check:
    made = parts.build(home, config)
    try:
        on_disk, server = config.store.index_on_disk, config.store.index_server
        with Store.open(home, embedder=made.embedder, index_on_disk=on_disk, index_server=server) as store:
            if store.index.state == "absent":
                return _state("absent")
            drift = store.index.check()
    finally:
        made.close()
    if drift.any:
        return note("index", "It differs from the database.", "It is repaired at the next: gumctl start")
    return ok("index", f"agrees with the database; {drift.waiting} changes wait")
