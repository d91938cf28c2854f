"""Every error that a person can meet, as one tree.

Each carries a sentence the person can act on.  The tree:

    GumError
    ├── ConfigError            a settings file that cannot be used
    ├── PluginError            a plug-in that is unknown, absent or broken
    ├── StoreError             the data directory or the database
    │   ├── StoreLockedError   another process owns the data directory
    │   ├── StoreCorruptError  a file that is damaged or not ours
    │   ├── StoreVersionError  a database written by a newer version
    │   ├── StoreFullError     no space left
    │   ├── StoreKeyError      the key of an encrypted store is absent or wrong
    │   ├── StoreUnsafeError   others could read or change what is kept
    │   └── StoreReadOnlyError the data directory cannot be written
    ├── NotFoundError          an id or name that is not there
    ├── ConflictError          a change that the present state does not allow
    │   └── StaleError         a change based on what has changed since
    ├── ForbiddenError         a client without the scope or within limits
    ├── DesktopError           no display, or a display that went away
    ├── RecordingError         a recording or frame that cannot be read
    ├── ReaderError            text could not be read from pixels
    ├── EmbedderError          vectors cannot be made
    ├── EngineError            an engine failed to answer
    │   └── EngineUnavailableError      it cannot answer anything at present
    │       └── EngineInterruptedError  something more urgent stopped it
    ├── NetworkError           a connection off this machine that was not asked for
    ├── ActionError            an accepted suggestion could not be carried out
    └── ClientError            the daemon could not be asked
        ├── DaemonAbsentError  no daemon answers
        └── RefusedError       the daemon refused the request
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class GumError(Exception):
    """Base of all our errors; `str(error)` is a sentence for the person."""

    exit_code = 1


class ConfigError(GumError):
    """A settings file holds something that cannot be used."""

    exit_code = 2


class PluginError(GumError):
    """A plug-in is unknown, absent or broken."""


class StoreError(GumError):
    """The data directory or the database cannot be used."""

    exit_code = 3


class StoreLockedError(StoreError):
    """Another process owns the data directory."""


class StoreCorruptError(StoreError):
    """A file of the store is damaged or not ours."""


class StoreVersionError(StoreError):
    """The database was written by a newer version."""


class StoreFullError(StoreError):
    """There is no space left for the store."""


class StoreKeyError(StoreError):
    """The key of an encrypted store is absent or wrong."""


class StoreUnsafeError(StoreError):
    """Other users could read or change what is kept."""


class StoreReadOnlyError(StoreError):
    """The data directory cannot be written."""


class NotFoundError(GumError):
    """An id or a name is not there."""


class ConflictError(GumError):
    """The present state does not allow the change."""


class StaleError(ConflictError):
    """What a change is based on has changed since it was read."""


class ForbiddenError(GumError):
    """The client's scopes or limits do not allow it."""


class DesktopError(GumError):
    """There is no display to observe, or it went away."""

    exit_code = 4


class RecordingError(GumError):
    """A recording, or a frame of one, cannot be read."""


class ReaderError(GumError):
    """Text could not be read from pixels."""


class EmbedderError(GumError):
    """Vectors cannot be made."""


class EngineError(GumError):
    """An engine failed to answer."""


class EngineUnavailableError(EngineError):
    """An engine cannot answer anything at present, whatever it is asked: no try of an episode is spent on it."""


class EngineInterruptedError(EngineUnavailableError):
    """An engine was stopped for something more urgent; what it was asked may be asked again at once."""


class NetworkError(GumError):
    """A connection would have left this machine without having been asked for."""


class ActionError(GumError):
    """An accepted suggestion could not be carried out."""


class ClientError(GumError):
    """The daemon could not be asked."""

    exit_code = 5


class DaemonAbsentError(ClientError):
    """No daemon answers."""


class RefusedError(ClientError):
    """The daemon refused the request; `status` is the HTTP status, 404 for what is not there."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ' Did you mean X?' for the closest known name, or an empty string."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" Did you mean {close[0]!r}?" if close else ""
