"""What the driver of a recording logged, and whether it bears a statement out that no fact declares."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gum.errors import RecordingError
from gum.perceive import applications
from gum.replay.names import fits, stands_in, tokens

_REPEATS = 3


def _any(_app: str) -> bool:
    return True


# Which window classes can be used for a kind of work.
_SUITED: Mapping[str, Callable[[str], bool]] = {
    "writing": applications.is_editor,
    "coding": applications.is_editor,
    "commands": applications.is_terminal,
}


@dataclass(frozen=True, slots=True)
class Log:
    """The driver's log: files worked on, window classes, page titles, typed texts, people of mails, texts shown."""

    documents: tuple[str, ...]
    apps: tuple[str, ...]
    titles: tuple[str, ...]
    typed: tuple[str, ...]
    people: tuple[str, ...]
    shown: tuple[str, ...]

    @staticmethod
    def of(truth: Mapping[str, Any]) -> Log:
        """Return the log of a ground truth: lists by what was logged, or the driver's rows; what it lacks is empty.

        Raises RecordingError.
        """
        log = truth.get("log", {})
        if isinstance(log, list):
            log = _by_kind(log)
        if not isinstance(log, dict) or not all(isinstance(items, list) for items in log.values()):
            raise RecordingError("The log of a ground truth must be a list of rows or an object of lists.")
        typed, shown = _texts(log, "typed", "text"), _texts(log, "shown", "text")
        return Log(
            documents=(*_texts(log, "documents", "file"), *_texts(log, "saved", "file"), *_folders(typed)),
            apps=_texts(log, "apps", "class"),
            titles=_texts(log, "pages", "title"),
            typed=(*typed, *_texts(log, "sent", "body")),
            people=(*_texts(log, "sent", "to"), *_texts(log, "mail", "from"), *_headers(shown)),
            shown=shown,
        )

    def bears_out(self, predicate: str, what: str, qualifier: str, quotes: Sequence[str]) -> str:
        """Return the reason why the log bears a claim out, or an empty string when it does not."""
        if predicate == "works_on":
            return self._first(self.documents, what, "worked on")
        if predicate == "researches":
            return self._researched(what)
        if predicate == "deals_with":
            return self._first((*self.people, *self.typed), what, "in mail or typed")
        if predicate == "prefers_tool":
            return self._used(what, qualifier)
        return self._quoted(predicate, quotes)

    def named_in(self, predicate: str, text: str, quotes: Sequence[str]) -> str:
        """Return the reason why the log bears out a sentence without a claim, or an empty string."""
        said = tokens(text)
        named = {"works_on": self.documents, "deals_with": self.people, "prefers_tool": self.apps}.get(predicate, ())
        for item in named:
            if (words := tokens(_last(item))) and words <= said:
                return f"{_last(item)!r} is in the log"
        if predicate == "researches":
            pages = [title for title in self.titles if len(tokens(title) & said) >= 2]
            return f"{len(pages)} pages logged" if len(pages) >= 2 else ""
        return self._quoted(predicate, quotes)

    def _first(self, items: Sequence[str], what: str, how: str) -> str:
        """Return the item that holds every word of `what`, a path by any of its steps."""
        wanted = tokens(what)
        hit = next((item for item in items if wanted and _holds(item, what)), "")
        return f"{hit[:60]!r} was {how}" if hit else ""

    def _researched(self, what: str) -> str:
        """Every word of the topic must stand in two or more logged titles or typed queries."""
        sources = [tokens(text) for text in dict.fromkeys((*self.titles, *self.typed))]
        counts = [sum(word in source for source in sources) for word in tokens(what)]
        return f"its words stand in {min(counts)} titles and queries or more" if counts and min(counts) >= 2 else ""

    def _used(self, tool: str, work: str) -> str:
        suited = _SUITED.get(work, _any)
        for app in self.apps:
            if suited(app) and (fits(tool, app) or fits(app, tool)):
                return f"{app} was used"
        if work == "mail" and any(fits(title, tool) for title in self.titles):
            return f"{tool!r} stands in logged titles"
        return ""

    def _quoted(self, predicate: str, quotes: Sequence[str]) -> str:
        if predicate in ("has_deadline", "has_commitment"):
            hit = next((quote for quote in quotes for text in self.typed if stands_in(quote, text)), "")
            return f"typed: {hit[:60]!r}" if hit else ""
        if predicate == "is_stuck_on":
            for quote in quotes:
                times = sum(stands_in(quote, text) for text in self.shown)
                if times >= _REPEATS:
                    return f"shown {times} times: {quote[:60]!r}"
        return ""


def _holds(item: str, what: str) -> bool:
    steps = [item, *item.split("/")] if " " not in item.strip("/") else [item]
    return any(tokens(what) <= tokens(step) or fits(step, what) for step in steps)


def _by_kind(rows: Sequence[Any]) -> dict[str, list[Any]]:
    """Return the rows of a driver's log as lists by what was logged."""
    found: dict[str, list[Any]] = {"documents": [], "apps": [], "pages": [], "typed": [], "saved": [], "shown": []}
    names = {"page": "pages", "typed": "typed", "saved": "saved"}
    for row in rows:
        if not isinstance(row, dict):
            raise RecordingError("Every row of a driver's log must be an object.")
        if name := names.get(str(row.get("type"))):
            found[name].append(row)
        if row.get("type") == "state" and not row.get("sensitive"):
            page = row.get("kind") == "chromium"
            found["pages" if page else "documents"].append({"title": row.get("title"), "file": row.get("source")})
            found["apps"].append(row.get("cls"))
            found["shown"].append(row)
    return found


def _headers(shown: Sequence[str]) -> list[str]:
    """Return the people in the header lines of the mails shown."""
    return [name for text in shown for name in re.findall(r"(?m)^(?:From|To): *(.+)$", text)]


def _folders(typed: Sequence[str]) -> list[str]:
    """Return the folders that the person went into on a command line."""
    return [folder for text in typed for folder in re.findall(r"\bcd\s+([\w~][\w./-]*)", text)]


def _last(item: str) -> str:
    return item.rsplit("/", 1)[-1]


def _texts(log: Mapping[str, Any], name: str, key: str) -> tuple[str, ...]:
    items = log.get(name, [])
    found = [item.get(key) if isinstance(item, dict) else item for item in items]
    return tuple(str(item) for item in found if item)
