"""The envelope: a file beside the database that says how its key is held, and how far a change of keys has come.

    step        the database is    the frames are               what opening does
    ''          under `key`        under `key`                  nothing
    'swap'      old or new         under `previous`             puts the new database in place, goes on with 'frames'
    'frames'    under `key`        under `previous` or `key`    seals what is left, then ''
    'unseal'    under `key`        under `key` or plain         seals them again, then ''
    'plain'     old or plain       plain                        puts the plain database in place, removes the envelope

Writing the envelope with the step 'swap' or 'plain' is the one instant at which a change takes effect.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gum.errors import StoreKeyError
from gum.paths import Home
from gum.store.encryption.holders import Holder, Passphrase, from_note
from gum.store.encryption.key import DataKey, unwrap, wrap
from gum.store.failing import storage_errors

VERSION = 1
_KEY, _PREVIOUS = "gum-desktop key", "gum-desktop previous key"
STEPS = ("", "swap", "frames", "unseal", "plain")


@dataclass(frozen=True, slots=True)
class Envelope:
    """`holder` is the note of who holds the key that `key` is sealed by; `previous` is empty or the key before."""

    holder: dict[str, Any]
    key: str
    previous: str = ""
    step: str = ""

    @classmethod
    def made(cls, holder: Holder, key: DataKey, previous: DataKey | None, step: str) -> Envelope:
        """Seal a key by what the holder gives, and the key before by the new one."""
        sealed = "" if previous is None else wrap(previous, key.derived("previous"), _PREVIOUS)
        return cls(holder.note(), wrap(key, holder.key(), _KEY), sealed, step)

    @property
    def kind(self) -> str:
        """Return how the key is held: 'passphrase', 'keyring' or 'file'."""
        return str(self.holder.get("kind", ""))

    def opened(self, ask: Passphrase) -> DataKey:
        """Return the key.  Raises StoreKeyError when what the person holds does not open it."""
        holder = from_note(self.holder, ask)
        try:
            return unwrap(self.key, holder.key(), _KEY)
        except StoreKeyError as error:
            if error.__cause__ is None or self.kind != "passphrase":
                raise
            raise StoreKeyError("The passphrase does not open this store; nothing was changed.") from error

    def before(self, key: DataKey) -> DataKey | None:
        """Return the key that the frames may still lie under; None for plain ones."""
        return unwrap(self.previous, key.derived("previous"), _PREVIOUS) if self.previous else None

    def at(self, step: str) -> Envelope:
        """Return the envelope one step on; the key before goes when nothing lies under it any more."""
        return replace(self, step=step, previous=self.previous if step in ("swap", "frames") else "")


def read(home: Home) -> Envelope | None:
    """Return the envelope of a home, None for one that is not encrypted.  Raises StoreKeyError for a damaged one."""
    path = home.encryption
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["version"] != VERSION or found["step"] not in STEPS or not isinstance(found["holder"], dict):
            raise ValueError
        return Envelope(found["holder"], str(found["key"]), str(found["previous"]), found["step"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreKeyError(
            f"{path} is damaged or of a newer version, so the store cannot be opened. Restore it from a backup."
        ) from error


def is_asked_for(home: Home) -> bool:
    """Tell whether a passphrase is needed to open a home.  Raises StoreKeyError for a damaged envelope."""
    found = read(home)
    return found is not None and found.step != "plain" and found.kind == "passphrase"


def write(home: Home, envelope: Envelope) -> None:
    """Put an envelope in place, whole or not at all, and on the disk when this returns."""
    path = home.encryption
    text = json.dumps(
        {
            "version": VERSION,
            "holder": envelope.holder,
            "key": envelope.key,
            "previous": envelope.previous,
            "step": envelope.step,
        }
    )
    draft = path.with_name(path.name + ".new")
    with storage_errors(path):
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        settle(path.parent)


def remove(home: Home) -> None:
    """Take the envelope away: the home is plain."""
    with storage_errors(home.encryption):
        home.encryption.unlink(missing_ok=True)
        settle(home.root)


def settle(folder: Path) -> None:
    """Have the names in a folder on the disk before going on."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
