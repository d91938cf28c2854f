"""Does for an action what it asks for, takes it back, and refuses what the action has not declared."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from gum.errors import ActionError
from gum.protocols import Action
from gum.records import Outcome
from gum.suggest.effects import calendar_file, clipboard, opening

WasObserved = Callable[[str], bool]
_ENTRY = "entry  "


class Effects:
    """The hands outside of an action's folder.  What the clipboard held before is kept in memory only."""

    def __init__(self, was_observed: WasObserved, calendar: str = "") -> None:
        self._was_observed = was_observed
        self._calendar = Path(calendar).expanduser() if calendar else None
        self._held: dict[int, list[tuple[str, str]]] = {}
        self._lock = threading.Lock()

    def check(self, action: Action, outcome: Outcome, files: int) -> None:
        """Raise ActionError where an action asks for more than it declares, or for what may not be done."""
        asked = {
            "files": files > 0,
            "clipboard": outcome.clipboard is not None,
            "opens": bool(outcome.opens),
            "calendar": bool(outcome.entries),
        }
        beyond = [name for name, wanted in asked.items() if wanted and name not in touches(action)]
        if beyond:
            raise ActionError(f"The action {action.name!r} may not touch {' and '.join(beyond)}.")
        if len(outcome.opens) > opening.MOST:
            raise ActionError(f"{len(outcome.opens)} pages are too many to open at once; {opening.MOST} are the most.")
        for target in outcome.opens:
            opening.checked(target, self._was_observed)
        if outcome.entries and self._calendar is None:
            raise ActionError("No calendar is named in suggest.calendar_file.")

    def intended(self, outcome: Outcome) -> list[str]:
        """Return the entries that are about to be added, as `discard` takes them.  Raises ActionError."""
        if self._calendar is None:
            return []
        return [f"{_ENTRY}{uid}" for uid in calendar_file.missing(self._calendar, outcome.entries)]

    def discard(self, intended: Sequence[str]) -> None:
        """Take out what an acceptance that was cut off has added to the calendar.  Raises ActionError."""
        entries = [one.removeprefix(_ENTRY) for one in intended if one.startswith(_ENTRY)]
        if entries and self._calendar is not None:
            calendar_file.remove(self._calendar, entries)

    def clear(self) -> None:
        """Remove what a change of the calendar that was cut off has left beside it."""
        if self._calendar is not None:
            calendar_file.clear(self._calendar)

    def carry_out(self, suggestion: int, outcome: Outcome, *, kept: bool = False) -> dict[str, Any]:
        """Do what was asked; return what is needed to take it back.

        Where the same is `kept` in a file, a clipboard or programs that are not there are only told of, in `missed`.
        Raises ActionError; nothing is left done then.
        """
        done: dict[str, Any] = {}
        try:
            if outcome.entries and self._calendar is not None:
                done["entries"] = []
                for entry in outcome.entries:
                    done["entries"].append(calendar_file.add(self._calendar, entry))
            for effect in (self._copied, self._opened):
                try:
                    done |= effect(suggestion, outcome)
                except ActionError as error:
                    if not kept:
                        raise
                    done["missed"] = [*done.get("missed", ()), str(error)]
        except ActionError:
            self.take_back(suggestion, done)
            raise
        return done

    def take_back(self, suggestion: int, done: dict[str, Any]) -> None:
        """Take back what `carry_out` did, but for opened windows, which the person closes.  Raises ActionError."""
        if done.get("entries") and self._calendar is not None:
            calendar_file.remove(self._calendar, list(done["entries"]))
        if done.get("copied"):
            self._restore(suggestion)

    def _copied(self, suggestion: int, outcome: Outcome) -> dict[str, Any]:
        if outcome.clipboard is None:
            return {}
        self._copy(suggestion, outcome.clipboard)
        return {"copied": True}

    def _opened(self, _suggestion: int, outcome: Outcome) -> dict[str, Any]:
        opening.open_all(list(outcome.opens))
        return {"opened": list(outcome.opens)} if outcome.opens else {}

    def _copy(self, suggestion: int, text: str) -> None:
        with self._lock:
            before = clipboard.read()
            clipboard.write(text)
            self._held.setdefault(suggestion, []).append((before, text))

    def _restore(self, suggestion: int) -> None:
        """Give the clipboard its old text back, unless the person has copied something else since."""
        with self._lock:
            held = self._held.get(suggestion)
            before, ours = held.pop() if held else ("", "")
            if ours and clipboard.read() == ours:
                clipboard.write(before)


def touches(action: Action) -> frozenset[str]:
    """Return what an action says it touches; one that says nothing touches files."""
    return frozenset(getattr(action, "touches", ("files",)))
