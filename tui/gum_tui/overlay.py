"""What the person changed and the daemon has not answered yet, laid over what the daemon said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Overlay(Generic[Value]):
    """Values by id as the daemon gave them, with changes on their way on top.

    `change` shows at once; `settled` takes the daemon's answer in place of the change, `refused` takes the
    change away, and what other changes are still on their way stays on top in both cases.
    """

    def __init__(self) -> None:
        self._known: dict[int, Value] = {}
        self._changes: dict[int, dict[int, Callable[[Value], Value]]] = {}
        self._last = 0

    def learn(self, id: int, value: Value) -> None:
        """Keep what the daemon said of this id."""
        self._known[id] = value

    def get(self, id: int) -> Value | None:
        """Return the value as it is to be shown; None for an id never learnt."""
        value = self._known.get(id)
        if value is None:
            return None
        for change in self._changes.get(id, {}).values():
            value = change(value)
        return value

    def change(self, id: int, change: Callable[[Value], Value]) -> int:
        """Lay a change on top and return its ticket."""
        self._last += 1
        self._changes.setdefault(id, {})[self._last] = change
        return self._last

    def settled(self, id: int, ticket: int, value: Value) -> None:
        """The daemon did it, and this is how the value stands now."""
        self._known[id] = value
        self._drop(id, ticket)

    def refused(self, id: int, ticket: int) -> None:
        """The daemon did not do it: show again what was before."""
        self._drop(id, ticket)

    def waiting(self, id: int) -> bool:
        """Return whether a change of this id is still on its way."""
        return id in self._changes

    def _drop(self, id: int, ticket: int) -> None:
        changes = self._changes.get(id, {})
        changes.pop(ticket, None)
        if not changes:
            self._changes.pop(id, None)
