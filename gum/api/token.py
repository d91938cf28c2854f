"""The person's own token: a file that only they can read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from gum.errors import ConfigError, StoreReadOnlyError

SHORTEST = 32


def ensure(path: Path) -> str:
    """Return the token, made once with 256 bits.  Raises StoreReadOnlyError."""
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return read(path)
    except OSError as error:
        raise StoreReadOnlyError(f"The token file {path} cannot be written ({error.strerror}).") from error
    with os.fdopen(made, "w", encoding="ascii") as file:
        token = secrets.token_urlsafe(32)
        file.write(token + "\n")
    return token


def read(path: Path) -> str:
    """Return the token.  Raises ConfigError when there is none that can be used."""
    try:
        token = path.read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        raise ConfigError(f"There is no token yet at {path}; it is made when the daemon first starts.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"The token file {path} cannot be read.") from error
    if len(token) < SHORTEST:
        raise ConfigError(f"The token file {path} is damaged; remove it and run: gumctl restart")
    path.chmod(0o600)
    return token
