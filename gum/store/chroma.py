"""Chroma, sealed: it reads no environment and no .env file, tells nobody anything and embeds nothing itself."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from gum.store.vectors import Matrix

_SPACE = {"space": "cosine", "ef_construction": 100, "ef_search": 200, "max_neighbors": 16}
_BATCH = 1000
ANSWER_S = 30.0
_importing = threading.Lock()


class ChromaFailed(Exception):
    """Chroma could not do what it was asked; never leaves the store."""


class ChromaCollection:
    """One collection of ids and vectors, compared by cosine, below a folder or in memory.

    With a `server` it lies there instead, beside those of others.  Every method raises ChromaFailed.  Opening probes
    the collection: one that a crash has bricked opens well and then answers nothing.  `alone` is false when the folder
    holds other collections too.
    """

    def __init__(self, folder: Path | None, name: str, server: str = "") -> None:
        self._in_memory = folder is None and not server
        # clients in memory share one space in a process
        self._name = f"{name}-{os.getpid()}-{id(self)}" if self._in_memory else name
        with _asking():
            self._client = _open_client(folder, server)
            try:
                configuration: Any = {"hnsw": _SPACE}
                self._held = self._client.get_or_create_collection(
                    self._name, embedding_function=None, configuration=configuration
                )
                self._held.count()
                self.alone = folder is None or len(self._client.list_collections()) == 1
            except BaseException:
                _close(self._client)
                raise

    def ids(self) -> set[int]:
        """Return every id."""
        with _asking():
            return {int(id) for id in self._held.get(include=[])["ids"]}

    def near(self, vectors: Matrix, k: int) -> list[list[tuple[int, float]]]:
        """Return, for each unit vector, about the `k` nearest ids with their cosine distance, the nearest first."""
        with _asking():
            found: Any = self._held.query(query_embeddings=vectors, n_results=k, include=["distances"])
            return [
                [(int(id), float(distance)) for id, distance in zip(ids, distances, strict=True)]
                for ids, distances in zip(found["ids"], found["distances"], strict=True)
            ]

    def put(self, ids: Sequence[int], vectors: Matrix) -> None:
        """Write vectors by id, in the place of those that are there."""
        with _asking():
            for start in range(0, len(ids), _BATCH):
                part = slice(start, start + _BATCH)
                self._held.upsert(ids=[str(id) for id in ids[part]], embeddings=vectors[part])

    def remove(self, ids: Sequence[int]) -> None:
        """Remove vectors by id; ids that are not there are no failure."""
        with _asking():
            for start in range(0, len(ids), _BATCH):
                self._held.delete(ids=[str(id) for id in ids[start : start + _BATCH]])

    def close(self) -> None:
        """Let go of the collection; what is on disk stays."""
        with _asking():
            if self._in_memory:
                self._client.delete_collection(self._name)
            _close(self._client)


def drop(server: str, name: str) -> None:
    """Remove a collection from a server; one that is not there is no failure.  Raises ChromaFailed."""
    with _asking():
        client = _open_client(None, server)
        try:
            if name in {one.name for one in client.list_collections()}:
                client.delete_collection(name)
        finally:
            _close(client)


@contextmanager
def _asking() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # kinds of its own, of its native part and of the standard library, undocumented
        raise ChromaFailed(f"{type(error).__name__}: {error}") from error


def _open_client(folder: Path | None, server: str = "") -> Any:
    chromadb = _sealed_import()
    settings = chromadb.config.Settings(anonymized_telemetry=False, allow_reset=False)
    if server:
        at = urlsplit(server)
        ssl = at.scheme == "https"
        client = chromadb.HttpClient(at.hostname, at.port or (443 if ssl else 8000), ssl=ssl, settings=settings)
        client._server._session.timeout = ANSWER_S  # it would wait for ever
        return client
    if folder is None:
        return chromadb.EphemeralClient(settings=settings)
    try:
        return chromadb.PersistentClient(str(folder), settings=settings)
    except Exception:  # whatever it was: Chroma would hand out the half-made client for this folder again
        from chromadb.api.shared_system_client import SharedSystemClient

        SharedSystemClient._identifier_to_system.pop(str(folder), None)
        raise


def _close(client: Any) -> None:
    """Close a client with its connections, which those of a server leave open."""
    parts = (client, getattr(client, "_admin_client", None))
    sessions = [getattr(getattr(part, "_server", None), "_session", None) for part in parts]
    client.close()
    for session in sessions:
        if session is not None:
            session.close()


def _sealed_import() -> Any:
    with _importing:
        with _no_surroundings():
            import chromadb
            import chromadb.config
        settings: Any = chromadb.config.Settings
        settings.model_config["env_file"] = None
        settings.settings_customise_sources = classmethod(_given_only)
        return chromadb


@contextmanager
def _no_surroundings() -> Iterator[None]:
    """Keep settings classes from reading the environment and .env files; Chroma makes some while it is imported."""
    from pydantic_settings import BaseSettings

    base: Any = BaseSettings
    plain_init, plain_sources = base.__init__, base.__dict__["settings_customise_sources"]

    def init(self: Any, **values: Any) -> None:
        plain_init(self, **(values | {"_env_file": None}))

    base.__init__ = init
    base.settings_customise_sources = classmethod(_given_only)
    try:
        yield
    finally:
        base.__init__ = plain_init
        base.settings_customise_sources = plain_sources


def _given_only(_settings: Any, _kind: type, /, init_settings: Any, **_others: Any) -> tuple[Any, ...]:
    return (init_settings,)
