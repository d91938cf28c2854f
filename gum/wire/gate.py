"""What the gate has learned from the person's answers."""

from __future__ import annotations

from pydantic import Field

from gum.wire.base import Request, Wire

__all__ = ["AllowIn", "AllowedView", "GateView"]


class GateView(Wire):
    """The weights, by name, after so many answers; `need` holds those of the estimate that help is needed.

    `refused` are the kinds that the person wants no more of.
    """

    answers: int
    weights: dict[str, float]
    need: dict[str, float]
    refused: list[str]


class AllowIn(Request):
    """A kind that may be offered again."""

    kind: str = Field(min_length=1, max_length=100)


class AllowedView(Wire):
    """How many refusals of a kind were taken back."""

    kind: str
    taken_back: int
