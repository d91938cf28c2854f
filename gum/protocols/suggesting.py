"""Suggestions: who offers them, and the actions that carry them out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from gum.records import Candidate, Episode, Observation, Outcome, Preview, Proposition


@dataclass(frozen=True, slots=True)
class Situation:
    """What a suggester may look at: now, the live propositions, the recent episodes and their texts."""

    now: datetime
    propositions: tuple[Proposition, ...]
    episodes: tuple[Episode, ...]
    observations: Callable[[int], Sequence[Observation]]
    evidence: Callable[[int], Sequence[str]]


class Suggester(Protocol):
    """One kind of suggestion.

    A suggester with a true attribute `withdraws` offers again whatever still holds; what it offered before and offers
    no longer is taken back.
    """

    kind: str

    def candidates(self, situation: Situation) -> Sequence[Candidate]: ...


class Action(Protocol):
    """Prepares what an accepted suggestion is about: files in a folder of its own, and what else it asks to have done.

    `touches` names all that it may touch: 'files' (new ones, in its folder), 'clipboard', 'opens' (pages and documents
    that were observed) and 'calendar' (new events in the person's file).  It is held to that.  Its constructor may ask
    for `config`.  What it made is removed, and what was done for it taken back, without it.
    """

    name: str
    touches: frozenset[str]

    def preview(self, payload: dict[str, Any]) -> Preview:
        """Say what `perform` would do; nothing is done.  Raises ActionError when it cannot."""
        ...

    def perform(self, payload: dict[str, Any], folder: Path) -> Outcome:
        """Do it; write only into `folder`, which is empty.  Raises ActionError."""
        ...


class ReportStep(Protocol):
    """Told of each step of a piece of work: what is being done, and the share that is done, where it is known."""

    def __call__(self, words: str, share: float | None = None) -> None: ...


@runtime_checkable
class Stepping(Protocol):
    """What an action may offer beside `Action`, where it takes long: to tell its steps while it works."""

    def perform_in_steps(self, payload: dict[str, Any], folder: Path, report: ReportStep) -> Outcome:
        """Do what `perform` does.  Raises ActionError."""
        ...


@runtime_checkable
class Rewritable(Protocol):
    """What an action may offer beside `Action`: its result is a text that can be written anew."""

    def text(self, payload: dict[str, Any]) -> str:
        """Return the text of a payload.  Raises ActionError."""
        ...

    def with_text(self, payload: dict[str, Any], text: str) -> dict[str, Any]:
        """Return the payload that makes this text in its place.  Raises ActionError."""
        ...
