"""What is brought in from other programs, and exports that are known."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field

from gum.records import Durability
from gum.wire.base import Request, Wire

__all__ = ["ExportIn", "ExportView", "ImportIn", "Imported", "ObservationIn", "StatementIn"]


def _of_computers(moment: datetime) -> datetime:
    if not 1970 < moment.year < 2200:
        raise ValueError("no program has seen anything then")
    return moment


Seen = Annotated[AwareDatetime, AfterValidator(_of_computers)]


class ObservationIn(Request):
    """Something that another program has seen; `source` makes bringing it in again harmless."""

    observer: str = Field(min_length=1, max_length=100, pattern=r"^[\w.:-]+$")
    kind: Literal["window", "text"]
    captured_at: Seen
    until: Seen | None = Field(None, description="When it ended; the same instant, when absent.")
    app: str = Field("", max_length=1000)
    title: str = Field("", max_length=10000)
    url: str = Field("", max_length=10000)
    text: str = Field("", max_length=1_000_000)
    source: str = Field(min_length=1, max_length=500)


class StatementIn(Request):
    """What another program has concluded: kept as a candidate of the lowest trust.

    `strength` is how sure it was, 1 to 10; `sources` are those of the observations that it rests on.
    """

    text: str = Field(min_length=1, max_length=2000)
    reasoning: str = Field("", max_length=20_000)
    strength: int = Field(5, ge=1, le=10)
    durability: Durability = Durability.PROJECT
    at: Seen
    sources: list[str] = Field([], max_length=5000)


class ImportIn(Request):
    """What is brought in at once: all of it or nothing."""

    by: str = Field(
        max_length=60, pattern=r"^[a-z0-9-]+$", description="The program it comes from.", examples=["activitywatch"]
    )
    observations: list[ObservationIn] = Field([], max_length=5000)
    propositions: list[StatementIn] = Field([], max_length=5000)


class Imported(Wire):
    """How much was brought in; `known` was there already, `left_out` may not be kept: excluded, held back, rejected."""

    observations: int = 0
    propositions: int = 0
    known: int = 0
    left_out: int = 0


class ExportIn(Request):
    """Where an export was written, so that forgetting can name it."""

    path: str = Field(min_length=1, max_length=4000)


class ExportView(Wire):
    """An export that is still where it was written."""

    path: str
    made_at: datetime
