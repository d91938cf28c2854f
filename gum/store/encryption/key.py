"""The key of a home, and what is derived from it: one key for the database, two for the frames."""

from __future__ import annotations

import hmac
import os
import secrets
from dataclasses import dataclass, field
from typing import Protocol

from gum.errors import StoreCorruptError, StoreKeyError

LENGTH = 32
_NONCE = 12


@dataclass(frozen=True, slots=True)
class DataKey:
    """256 random bits.  What encrypts the database or the frames is derived by HMAC-SHA256 (RFC 5869, one step)."""

    secret: bytes = field(repr=False)

    @classmethod
    def new(cls) -> DataKey:
        return cls(secrets.token_bytes(LENGTH))

    def derived(self, purpose: str) -> bytes:
        """Return the key for one purpose."""
        return hmac.digest(self.secret, f"gum-desktop {purpose} 1".encode(), "sha256")


class FrameCipher(Protocol):
    """How a frame lies on disk: its file name and its bytes."""

    def name(self, sha: str) -> str: ...
    def seal(self, sha: str, data: bytes) -> bytes: ...
    def open(self, sha: str, data: bytes) -> bytes: ...


class PlainFrames:
    """Frames as they are, named by the sha256 of their content."""

    def name(self, sha: str) -> str:
        return sha

    def seal(self, sha: str, data: bytes) -> bytes:  # noqa: ARG002
        return data

    def open(self, sha: str, data: bytes) -> bytes:  # noqa: ARG002
        return data


class SealedFrames:
    """Frames in AES-256-GCM, bound to their hash; their names do not tell which picture it is."""

    def __init__(self, key: DataKey) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._names = key.derived("frame names")
        self._cipher = AESGCM(key.derived("frames"))

    def name(self, sha: str) -> str:
        return hmac.digest(self._names, sha.encode(), "sha256").hex()

    def seal(self, sha: str, data: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, data, sha.encode())

    def open(self, sha: str, data: bytes) -> bytes:
        """Return the picture.  Raises StoreCorruptError for one that was changed or belongs elsewhere."""
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(data[:_NONCE], data[_NONCE:], sha.encode())
        except (InvalidTag, ValueError) as error:
            raise StoreCorruptError(f"The frame {sha[:12]} was changed or is damaged; it cannot be shown.") from error


def cipher_of(key: DataKey | None) -> FrameCipher:
    """Return how frames lie on disk under a key, or without one."""
    return PlainFrames() if key is None else SealedFrames(key)


def wrap(key: DataKey, under: bytes, purpose: str) -> str:
    """Return the key sealed by another one, as hex."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    return (nonce + AESGCM(under).encrypt(nonce, key.secret, purpose.encode())).hex()


def unwrap(sealed: str, under: bytes, purpose: str) -> DataKey:
    """Return a key that `wrap` sealed.  Raises StoreKeyError when `under` is not the key that it was sealed by."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        data = bytes.fromhex(sealed)
        return DataKey(AESGCM(under).decrypt(data[:_NONCE], data[_NONCE:], purpose.encode()))
    except (InvalidTag, ValueError) as error:
        raise StoreKeyError("It does not open this store; nothing was changed.") from error
