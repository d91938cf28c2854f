"""Exports, and what is brought in from other programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import IO

import httpx

from gum.client.connection import Connection, query_of, refused
from gum.errors import DaemonAbsentError
from gum.wire import ExportView, Imported, ImportIn

#: The database is copied before the first byte comes.
PATIENCE_S = 600.0


class TransferClient(Connection):
    """Exports, and what is brought in from other programs."""

    def export(
        self,
        target: IO[bytes],
        form: str = "jsonl",
        *,
        parts: Sequence[str] = (),
        since: datetime | None = None,
        until: datetime | None = None,
        status: Sequence[str] = (),
        theme: Sequence[str] = (),
        min_probability: float = 0.0,
    ) -> int:
        """Write an export as it comes and return its bytes; `form` is jsonl, markdown, or archive for all there is."""
        if form == "archive":
            return self._download("/v1/export/archive", target, {})
        query = query_of(
            format=form,
            part=list(parts) or None,
            since=since,
            until=until,
            status=list(status) or None,
            theme=list(theme) or None,
            min_probability=min_probability or None,
        )
        return self._download("/v1/export", target, query)

    def exports(self) -> list[ExportView]:
        """Return the exports that are known and still where they were written."""
        return self.list_of("/v1/exports", ExportView)

    def exported(self, path: str) -> ExportView:
        """Remember where an export was written, so that forgetting can name it."""
        return self.post("/v1/exports", ExportView, {"path": path})

    def take_in(self, given: ImportIn) -> Imported:
        """Bring in what another program has kept: all of it or nothing."""
        body = given.model_dump_json(exclude_defaults=True).encode()
        headers = {"Content-Type": "application/json"}
        answer = self.send("POST", "/v1/import", content=body, headers=headers, timeout=PATIENCE_S)
        return Imported.model_validate_json(answer.content)

    def _download(self, path: str, target: IO[bytes], query: dict[str, object]) -> int:
        written = 0
        timeout = httpx.Timeout(PATIENCE_S, connect=2.0)
        try:
            with self.http.stream("GET", path, params=query, timeout=timeout) as answer:  # type: ignore[arg-type]
                if answer.is_error:
                    answer.read()
                    raise refused(answer)
                for piece in answer.iter_bytes():
                    written += target.write(piece)
        except httpx.HTTPError as error:
            raise DaemonAbsentError(f"The daemon at {self.url} did not give all of it; try again.") from error
        return written
