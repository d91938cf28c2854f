"""The key that a server asks for: in the system keyring, or in a file for the person alone; never in settings."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from gum.errors import EngineError, EngineUnavailableError

SERVICE = "gum-desktop"
USER = "openai"


def kept(folder: Path) -> str:
    """Return the key, empty when there is none.  Raises EngineUnavailableError for a file that others could read."""
    file = _file(folder)
    if file.exists():
        if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise EngineUnavailableError(f"Others could read the key in {file}; close it with: chmod 600 {file}")
        return file.read_text(encoding="utf-8").strip()
    return _from_keyring()


def keep(folder: Path, key: str, by_file: bool) -> str:
    """Keep the key and return a sentence on where.  Raises EngineError."""
    if not key:
        raise EngineError("There is no key in the input.")
    file = _file(folder)
    if not by_file:
        _into_keyring(key)
        file.unlink(missing_ok=True)
        return "The key is in the system keyring."
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as opened:
        opened.write(key)
    return f"The key is in {file}, which only you can read."


def _file(folder: Path) -> Path:
    return folder / "openai" / "key"


def _from_keyring() -> str:
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, USER) or ""
    except KeyringError:  # a machine without one: most servers on it ask for no key either
        return ""


def _into_keyring(key: str) -> None:
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, USER, key)
    except KeyringError as error:
        raise EngineError(
            "This machine has no system keyring that is open; keep the key in a file: gumctl models key --file"
        ) from error
