"""The tokens of assistants, each in a file of the home: no other program's settings hold one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from gum.api import token
from gum.daemon.lifecycle import connect
from gum.errors import RefusedError, StoreReadOnlyError
from gum.paths import Home

#: What an assistant may do unless told otherwise: get what matters now, and look things up.
SCOPES = ("context", "read")
CONFLICT = 409


def file_of(home: Home, name: str) -> Path:
    """Return where the token of an assistant lies."""
    return home.root / "assistants" / f"{name}.token"


def ensure(home: Home, name: str, scopes: Sequence[str] = SCOPES) -> str:
    """Return an assistant's token; one that has none is added as a client of the running daemon.

    Raises RefusedError for a name that is taken or cannot be one, DaemonAbsentError, StoreReadOnlyError.
    """
    path = file_of(home, name)
    if path.exists():
        return token.read(path)
    with connect(home) as client:
        try:
            added = client.add_client(name, scopes)
        except RefusedError as error:
            if error.status != CONFLICT:
                raise
            raise RefusedError(
                f"There is a client {name!r} whose token is not kept here. Take another name with --name, or end it "
                f"first: gumctl clients revoke {name}",
                error.status,
            ) from error
    _write(path, added.token)
    return added.token


def remove(home: Home, name: str) -> None:
    """End an assistant's access and remove its token; nothing happens where there is none.  Raises ClientError."""
    path = file_of(home, name)
    if not path.exists():
        return
    with connect(home) as client:
        if any(one.name == name and not one.revoked for one in client.clients()):
            client.revoke_client(name)
    path.unlink()


def _write(path: Path, secret: str) -> None:
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w", encoding="ascii") as file:
            file.write(secret + "\n")
    except OSError as error:
        raise StoreReadOnlyError(f"The token cannot be kept at {path} ({error.strerror}).") from error
