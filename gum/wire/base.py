"""The bases of what travels: answers, requests, pages, problems, and probabilities in words."""

from __future__ import annotations

from typing import Annotated, Generic, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

__all__ = ["LIKELIHOODS", "Moment", "Page", "Problem", "Request", "Wire", "in_words", "one_line"]

Item = TypeVar("Item")

Moment = Annotated[AwareDatetime, Field(description="An instant with its offset from UTC.")]

#: Lower bounds of the probabilities that each word covers, as words of estimative probability are commonly read.
LIKELIHOODS = (
    (0.95, "almost certain"),
    (0.80, "very likely"),
    (0.60, "likely"),
    (0.40, "about even"),
    (0.20, "unlikely"),
    (0.05, "very unlikely"),
    (0.00, "almost certainly not"),
)


def in_words(probability: float) -> str:
    """Return the word for a probability, such as 'very likely' for 0.85."""
    return next(word for bound, word in LIKELIHOODS if probability >= bound)


def one_line(text: str) -> str:
    """Return the text on one line without control characters, so that it cannot pass for a line of ours."""
    return "".join(one if one.isprintable() else " " for one in " ".join(text.split()))


class Wire(BaseModel):
    """Base of every answer: frozen; keys of a newer daemon are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", from_attributes=True)


class Request(BaseModel):
    """Base of every request: frozen; an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Page(Wire, Generic[Item]):
    """Some items; `next` is the cursor of the following page, None on the last; `total` where it is counted."""

    items: list[Item]
    next: str | None = None
    total: int | None = None
    note: str = ""


class Problem(Wire):
    """An error as application/problem+json (RFC 9457); `detail` is a sentence for the person."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
