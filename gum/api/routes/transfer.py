"""Exports, and what is brought in from other programs."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse, StreamingResponse
from pydantic import AwareDatetime
from starlette.background import BackgroundTask

from gum.api.access import Asking, Scope, require
from gum.api.backend import Behind
from gum.records import Kind, Status, Theme
from gum.store.proposition_query import PropositionQuery
from gum.transfer import archive, writing
from gum.wire import ExportIn, ExportView, Imported, ImportIn

router = APIRouter(tags=["transfer"])

Moment = Annotated[AwareDatetime | None, Query(description="ISO 8601 with its offset from UTC")]
Part = Literal["propositions", "observations", "episodes"]
ALL: list[Part] = ["propositions", "observations", "episodes"]
KINDS = {"jsonl": "application/x-ndjson", "markdown": "text/markdown"}


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={200: {"content": {kind: {} for kind in KINDS.values()}}},
    dependencies=[require(Scope.READ)],
)
def export(
    behind: Behind,
    asking: Asking,
    *,
    format: Literal["jsonl", "markdown"] = "jsonl",
    part: Annotated[list[Part], Query(description="What is told in JSON Lines.")] = ALL,
    since: Moment = None,
    until: Moment = None,
    status: Annotated[list[Status], Query()] = [],  # noqa: B006 - FastAPI copies it
    kind: Annotated[list[Kind], Query()] = [],  # noqa: B006
    theme: Annotated[list[Theme], Query()] = [],  # noqa: B006
    min_probability: Annotated[float, Query(ge=0, le=1)] = 0.0,
) -> StreamingResponse:
    """Everything or a part, for people (Markdown) or programs (JSON Lines); it is not encrypted."""
    query = PropositionQuery(
        statuses=tuple(status),
        kinds=tuple(kind),
        themes=tuple(theme),
        min_probability=min_probability,
        since=since,
        until=until,
        sort="id",
    )
    asking.show("propositions", [one.id for one in behind.store.propositions.list(query)])
    if format == "jsonl" and "observations" in part:
        asking.show("observations", _seen(behind, since, until))
    write = writing.markdown if format == "markdown" else writing.json_lines
    return StreamingResponse(_gathered(write(behind.store, writing.Chosen(query, part))), media_type=KINDS[format])


@router.get(
    "/export/archive",
    response_class=FileResponse,
    responses={200: {"content": {"application/zip": {}}}},
    dependencies=[require(Scope.ADMIN)],
)
def whole(behind: Behind) -> FileResponse:
    """All that is kept, with ids and history, as a zip file that an empty home is restored from; not encrypted."""
    target = behind.store.home.root / f"export.{secrets.token_hex(8)}.zip"
    archive.write(behind.store, target)
    return FileResponse(target, media_type="application/zip", background=BackgroundTask(target.unlink, missing_ok=True))


@router.get("/exports", dependencies=[require(Scope.READ)])
def exports(behind: Behind) -> list[ExportView]:
    """The exports that are known and still where they were written."""
    return [ExportView(path=str(one.path), made_at=one.made_at) for one in behind.store.exports.list()]


@router.post("/exports", status_code=201, dependencies=[require(Scope.WRITE, limited=True)])
def exported(behind: Behind, body: ExportIn) -> ExportView:
    """Remember where an export was written, so that forgetting can name it."""
    now = behind.clock()
    behind.store.exports.add(Path(body.path), now)
    return ExportView(path=body.path, made_at=now)


@router.post("/import", status_code=201, dependencies=[require(Scope.WRITE, limited=True)])
def take_in(behind: Behind, body: ImportIn) -> Imported:
    """Take in what another program has kept: all of it or nothing; what is there already is left as it is."""
    return behind.take_in(body)


def _seen(behind: Behind, since: datetime | None, until: datetime | None) -> list[int]:
    return [one.id for one in behind.store.observations.between(since, until)]


def _gathered(pieces: Iterator[str]) -> Iterator[bytes]:
    """Yield many pieces at once: each yield costs a change of threads."""
    while some := list(itertools.islice(pieces, 100)):
        yield "".join(some).encode("utf-8", "replace")
