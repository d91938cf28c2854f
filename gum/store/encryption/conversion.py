"""Encrypts, decrypts and rekeys a home that nobody else has open; killed at any instant, the home opens and is whole.

The new database is written beside the old one; then one write of the envelope decides (see `envelope`); what is left
to do after that is done by the next `unlock`, here or in any process that opens the home.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from gum.errors import ConflictError, StoreCorruptError
from gum.paths import Home
from gum.store.database import connect, driver_of, give_key, key_text, open_database, remove_draft
from gum.store.encryption import envelope as envelopes
from gum.store.encryption.envelope import Envelope, settle
from gum.store.encryption.holders import Holder, Passphrase, from_note
from gum.store.encryption.key import DataKey, cipher_of
from gum.store.failing import storage_errors
from gum.store.frames import place_of, write_frame

_FRAMES = "SELECT frame FROM observations WHERE frame != '' UNION SELECT frame FROM forgotten_frames"


@dataclass(frozen=True, slots=True)
class Converted:
    """How much a conversion has written anew."""

    database_bytes: int
    frames: int


def unlock(home: Home, ask: Passphrase) -> DataKey | None:
    """Return the key of a home that this process owns, None for a plain one; finish what was interrupted.

    Raises StoreKeyError when the key cannot be had; nothing is changed then.
    """
    envelope = envelopes.read(home)
    if envelope is None:
        remove_draft(_converted(home))
        return None
    if envelope.step == "plain":
        _swap(home)
        envelopes.remove(home)
        return None
    key = envelope.opened(ask)
    if envelope.step:
        _finish(home, envelope, key)
    else:
        remove_draft(_converted(home))
    return key


def encrypt(home: Home, holder: Holder) -> Converted:
    """Encrypt a plain home that this process owns.  Raises ConflictError when it is encrypted already, StoreError."""
    if envelopes.read(home) is not None:
        raise ConflictError("The store is encrypted already. To change its key: gumctl rekey")
    return _seal(home, None, DataKey.new(), holder)


def rekey(home: Home, holder: Holder, ask: Passphrase) -> Converted:
    """Encrypt a home anew under a new key, held by `holder`; `ask` gives the passphrase of now.

    Raises ConflictError when it is not encrypted, StoreKeyError when the passphrase of now is wrong.
    """
    before = _encrypted(home)
    old = unlock(home, ask)
    done = _seal(home, old, DataKey.new(), holder)
    from_note(before.holder, ask).forget()
    return done


def decrypt(home: Home, ask: Passphrase) -> Converted:
    """Make a home plain again.  Raises ConflictError when it is plain already, StoreKeyError."""
    before = _encrypted(home)
    key = unlock(home, ask)
    _fold(home, key)
    envelopes.write(home, before.at("unseal"))
    frames = _move_frames(home, key, key, None)
    size = _export(home, key, None)
    envelopes.write(home, before.at("plain"))
    unlock(home, ask)
    from_note(before.holder, ask).forget()
    return Converted(size, frames)


def _encrypted(home: Home) -> Envelope:
    found = envelopes.read(home)
    if found is None:
        raise ConflictError("The store is not encrypted. To encrypt it: gumctl encrypt")
    return found.at("")


def _seal(home: Home, old: DataKey | None, new: DataKey, holder: Holder) -> Converted:
    _fold(home, old)
    envelope = Envelope.made(holder, new, old, "swap")
    size = _export(home, old, new)
    envelopes.write(home, envelope)
    return Converted(size, _finish(home, envelope, new))


def _finish(home: Home, envelope: Envelope, key: DataKey) -> int:
    """Do what a step still asks for; return how many frames were sealed."""
    before = None if envelope.step == "unseal" else envelope.before(key)
    if envelope.step == "swap":
        _swap(home)
        envelopes.write(home, envelope.at("frames"))
    else:
        remove_draft(_converted(home))
    _clear(home.index)  # vectors tell what was written; under encryption the index is kept in memory
    frames = _move_frames(home, key, before, key)
    envelopes.write(home, envelope.at(""))
    return frames


def _fold(home: Home, key: DataKey | None) -> None:
    """Bring the database to the present version and its write-ahead log into it, so that one file is all."""
    with closing(open_database(home.database, key).conn) as connection, storage_errors(home.database):
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise ConflictError(f"{home.database} is being read by another program; close it and try again.")


def _export(home: Home, old: DataKey | None, new: DataKey | None) -> int:
    """Write the database under another key beside the old one; return its size."""
    fresh = _converted(home)
    driver = driver_of(new or old)  # SQLCipher's reads and writes plain files too
    with storage_errors(fresh):
        remove_draft(fresh)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(driver.connect(home.database.absolute().as_uri() + "?mode=rw", uri=True)) as source:
            if old is not None:
                give_key(source, old)
            marks = [
                (name, source.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")
            ]
            source.execute(f"ATTACH DATABASE ? AS fresh KEY {key_text(new) if new else repr('')}", (str(fresh),))
            source.execute("PRAGMA fresh.journal_mode=OFF").fetchall()  # it is thrown away when it is not whole
            source.execute("SELECT sqlcipher_export('fresh')").fetchall()
            for name, value in marks:
                source.execute(f"PRAGMA fresh.{name}={int(value)}").fetchall()
            source.commit()
            source.execute("DETACH DATABASE fresh")
        _check(fresh, new)
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        settle(fresh.parent)
        return fresh.stat().st_size


def _check(fresh: Path, key: DataKey | None) -> None:
    with closing(connect(fresh, key).conn) as connection:
        if connection.execute("PRAGMA quick_check(1)").fetchall()[0][0] != "ok":
            raise StoreCorruptError(f"{fresh} was not written as it should be; the store is unchanged.")


def _swap(home: Home) -> None:
    """Put the new database in the place of the old one, if that was not done already."""
    fresh = _converted(home)
    with storage_errors(home.database):
        if fresh.exists():
            for name in ("-wal", "-shm"):
                home.database.with_name(home.database.name + name).unlink(missing_ok=True)
            fresh.replace(home.database)
            settle(home.root)


def _move_frames(home: Home, database: DataKey | None, old: DataKey | None, new: DataKey | None) -> int:
    """Write every frame under another key, each whole under one of both at any instant; return how many.

    Files that no row names are removed: nobody could tell what they are any more.
    """
    source, target = cipher_of(old), cipher_of(new)
    moved = 0
    with storage_errors(home.frames):
        with closing(connect(home.database, database).conn) as connection:
            named = [str(row[0]) for row in connection.execute(_FRAMES).fetchall()]
        for sha in named:
            before, after = place_of(home.frames, source.name(sha)), place_of(home.frames, target.name(sha))
            if before != after and before.exists():
                if not after.exists():
                    write_frame(after, target.seal(sha, source.open(sha, before.read_bytes())), durable=True)
                    settle(after.parent)
                before.unlink()
                moved += 1
        _remove_strays(home.frames, {target.name(sha) for sha in named})
    return moved


def _remove_strays(folder: Path, kept: Iterable[str]) -> None:
    names = set(kept)
    for file in folder.glob("??/*"):
        if file.name not in names:
            file.unlink()
    for place in folder.iterdir():
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()


def _clear(folder: Path) -> None:
    with storage_errors(folder):
        for entry in folder.iterdir() if folder.is_dir() else ():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _converted(home: Home) -> Path:
    return home.database.with_name(home.database.name + ".converted")
