"""What was observed, told as the events that the estimate of need reads."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from gum.infer.titles import document_of
from gum.perceive.applications import is_browser
from gum.records import Observation
from gum.suggest.need.steps import Step, read

_SEARCH_PAGE = re.compile(
    r"^(?P<asked>.+?)\s+(?:[-\N{EN DASH}\N{EM DASH}|·]|at)\s+(?:[\w ]+ )?"
    r"(?:search|google|bing|duckduckgo|ecosia|startpage|qwant|kagi|brave search|yahoo|baidu|suche|recherche|搜索)\b",
    re.I,
)
_TROUBLE_LINE = re.compile(r"\b(?:errors?|exception|failed|failure|traceback|not found|denied|cannot|invalid)\b", re.I)
_LONGEST = 120
_BURST_KEYS = 10


def steps_of(observations: Sequence[Observation]) -> list[Step]:
    """Return the steps of observations in the order of time.

    A page's own words never count as trouble: anybody may write them.  Texts of other sensors do not count at all.
    """
    return [_read(seen, event) for seen, event in _told(observations)]


def _told(observations: Sequence[Observation]) -> Iterator[tuple[Observation, str]]:
    """Yield each observation with the sentence on it; one that says nothing new is left out."""
    before = trouble = ""
    for seen in observations:
        if seen.kind == "window":
            yield seen, _window(seen, seen.title == before)
            before = seen.title
        elif seen.kind == "typed" and seen.text.strip():
            yield seen, f"The user types '{seen.text[:_LONGEST]}' in '{_named(seen)}'."
        elif seen.kind == "activity" and (seen.keys or seen.clicks or seen.scrolls):
            yield seen, "The user types." if seen.keys >= _BURST_KEYS else "The user clicks and scrolls the mouse."
        elif seen.kind == "screen" and not is_browser(seen.app):
            line = _trouble(seen.text)
            if line and line != trouble:
                yield seen, f"'{_named(seen)}' shows '{line}'."
            trouble = line


def _read(seen: Observation, event: str) -> Step:
    step = read(event)
    return dataclasses.replace(step, trouble=False) if is_browser(seen.app) and seen.kind == "window" else step


def _window(seen: Observation, again: bool) -> str:
    name = _named(seen)
    if again:
        return f"The user stays in '{name}'."
    if not is_browser(seen.app):
        return f"The user switches to '{name}' in {seen.app}."
    asked = _SEARCH_PAGE.match(seen.title)
    return f"The user searches for '{asked['asked']}'." if asked else f"The user visits the page '{name}'."


def _named(seen: Observation) -> str:
    return document_of(seen.title, seen.app) or seen.app


def _trouble(text: str) -> str:
    """Return the last line that tells of trouble, empty when there is none."""
    return next((line.strip()[:_LONGEST] for line in reversed(text.splitlines()) if _TROUBLE_LINE.search(line)), "")
