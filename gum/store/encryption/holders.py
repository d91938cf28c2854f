"""What the person holds that opens the store: a passphrase, an entry of the system keyring, or a key file."""

from __future__ import annotations

import functools
import hashlib
import os
import secrets
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from gum.errors import StoreError, StoreKeyError
from gum.store.encryption.key import LENGTH

Passphrase = Callable[[], str]

SHORTEST_PASSPHRASE = 8
# RFC 7914; 2**17 x 8 x 1 takes 128 MiB and about half a second, as OWASP recommends (2024)
_N, _R, _P = 2**17, 8, 1
_MOST_N = 2**20
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_SERVICE = "gum-desktop"
# backends that a system protects by itself; others, such as keyrings.alt, may write the key in the clear
TRUSTED_BACKENDS = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)


def no_passphrase() -> str:
    """Stand where nobody can be asked.  Raises StoreKeyError."""
    raise StoreKeyError("The store is encrypted by a passphrase and nobody could be asked for it. Run: gumctl start")


def from_descriptor(number: int) -> Passphrase:
    """Return what reads the passphrase once, as the first line of a file descriptor, and closes that."""

    @functools.cache
    def read() -> str:
        try:
            with os.fdopen(number, encoding="utf-8") as file:
                return file.readline().rstrip("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise StoreKeyError(f"No passphrase could be read from the file descriptor {number}.") from error

    return read


class Holder(Protocol):
    """Gives the 256 bits that seal a home's key."""

    kind: str

    def key(self) -> bytes:
        """Return them.  Raises StoreKeyError when they cannot be had."""
        ...

    def note(self) -> dict[str, Any]:
        """Return what has to be written beside the store to find them again; nothing secret."""
        ...

    def forget(self) -> None:
        """Remove what this holder keeps outside the store."""
        ...


@dataclass(slots=True)
class PassphraseHolder:
    """Stretches a passphrase with scrypt."""

    ask: Passphrase
    salt: bytes
    n: int = _N
    r: int = _R
    p: int = _P
    kind: str = "passphrase"

    @classmethod
    def new(cls, ask: Passphrase) -> PassphraseHolder:
        return cls(ask, secrets.token_bytes(16))

    def key(self) -> bytes:
        words = self.ask()
        if len(words) < SHORTEST_PASSPHRASE:
            raise StoreKeyError(f"A passphrase has at least {SHORTEST_PASSPHRASE} characters.")
        if not (1 < self.n <= _MOST_N and 0 < self.r <= 32 and 0 < self.p <= 16):
            raise StoreKeyError("The description of the store's key was changed; restore it from a backup.")
        memory = 256 * self.n * self.r
        return hashlib.scrypt(words.encode(), salt=self.salt, n=self.n, r=self.r, p=self.p, maxmem=memory, dklen=LENGTH)

    def note(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "kdf": "scrypt",
            "n": self.n,
            "r": self.r,
            "p": self.p,
            "salt": self.salt.hex(),
        }

    def forget(self) -> None:
        """Nothing of a passphrase is kept."""


@dataclass(slots=True)
class KeyringHolder:
    """Keeps a random key in the system keyring, under a name of its own."""

    entry: str
    kind: str = "keyring"

    @classmethod
    def new(cls) -> KeyringHolder:
        """Make a new entry.  Raises StoreKeyError when there is no keyring that keeps secrets."""
        holder = cls(secrets.token_hex(8))
        ring = system_keyring()
        try:
            ring.set_password(_SERVICE, holder.entry, secrets.token_hex(LENGTH))
            kept = ring.get_password(_SERVICE, holder.entry)
        except Exception as error:
            raise _keyring_failed(error) from error
        if not kept:
            raise StoreKeyError("The system keyring did not keep the key. Use a passphrase: --passphrase")
        return holder

    def key(self) -> bytes:
        try:
            kept = system_keyring().get_password(_SERVICE, self.entry)
        except StoreKeyError:
            raise
        except Exception as error:
            raise _keyring_failed(error) from error
        if kept is None:
            raise StoreKeyError(
                f"The system keyring has no entry {self.entry!r} of {_SERVICE}, so the store cannot be opened. "
                "Unlock or restore that keyring; nothing was changed."
            )
        return _key_bytes(kept, "The entry in the system keyring")

    def note(self) -> dict[str, Any]:
        return {"kind": self.kind, "entry": self.entry}

    def forget(self) -> None:
        """Remove the entry; one that cannot be removed opens nothing any more."""
        try:
            system_keyring().delete_password(_SERVICE, self.entry)
        except Exception:  # noqa: BLE001 - backends raise kinds of their own; the key that it sealed is gone anyway
            return


@dataclass(slots=True)
class FileHolder:
    """Keeps a random key in a file that only the person can read; for who asks for it."""

    path: Path
    kind: str = "file"

    @classmethod
    def new(cls, path: Path) -> FileHolder:
        """Write a new key file.  Raises StoreError when there is a file already or it cannot be written."""
        try:
            made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o600)
        except FileExistsError as error:
            raise StoreError(f"{path} is there already; name a file that does not exist yet.") from error
        except OSError as error:
            raise StoreError(f"The key file {path} cannot be written ({error.strerror}).") from error
        with os.fdopen(made, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(LENGTH) + "\n")
            file.flush()
            os.fsync(file.fileno())
        return cls(path.absolute())

    def key(self) -> bytes:
        try:
            opened = os.open(self.path, os.O_RDONLY | _NO_LINK)
        except OSError as error:
            raise StoreKeyError(
                f"The key file {self.path} cannot be read ({error.strerror}), so the store cannot be opened. "
                "Put it back; nothing was changed."
            ) from error
        with os.fdopen(opened, encoding="ascii", errors="replace") as file:
            if os.name == "posix" and stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise StoreKeyError(f"The key file {self.path} can be read by others. Run: chmod 600 '{self.path}'")
            return _key_bytes(file.read(200).strip(), f"The key file {self.path}")

    def note(self) -> dict[str, Any]:
        return {"kind": self.kind, "path": str(self.path)}

    def forget(self) -> None:
        """Leave the file: it is the person's, and may open a backup."""


def from_note(note: dict[str, Any], ask: Passphrase) -> Holder:
    """Return the holder that a note describes.  Raises StoreKeyError for one that nobody here wrote."""
    try:
        if note["kind"] == "passphrase":
            salt = bytes.fromhex(note["salt"])
            return PassphraseHolder(ask, salt, int(note["n"]), int(note["r"]), int(note["p"]))
        if note["kind"] == "keyring":
            return KeyringHolder(str(note["entry"]))
        if note["kind"] == "file":
            return FileHolder(Path(note["path"]))
    except (KeyError, TypeError, ValueError) as error:
        raise StoreKeyError("The description of the store's key is damaged; restore it from a backup.") from error
    raise StoreKeyError("The store's key is held in a way that this version does not know; install the newer one.")


def system_keyring() -> Any:
    """Return the system's own keyring.

    Raises StoreKeyError when there is none: what merely calls itself a keyring may write the key in the clear.
    """
    from keyring import backend

    found = [one for one in backend.get_all_keyring() if type(one).__module__ in TRUSTED_BACKENDS]
    usable = sorted((one for one in found if one.priority > 0), key=lambda one: one.priority)
    if not usable:
        raise StoreKeyError(
            "There is no system keyring here (Secret Service, KWallet, macOS or Windows) that keeps secrets. "
            "Use a passphrase: gumctl encrypt --passphrase"
        )
    return usable[-1]


def _keyring_failed(error: Exception) -> StoreKeyError:
    return StoreKeyError(
        f"The system keyring could not be asked ({type(error).__name__}). Unlock it, or use a passphrase: --passphrase"
    )


def _key_bytes(text: str, what: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != LENGTH:
        raise StoreKeyError(f"{what} does not hold a key of this program; nothing was changed.")
    return key
