"""One look at one window, and the visits that looks make up."""

from __future__ import annotations

from dataclasses import dataclass

from gum.evaluate.simulate.generator.vocabulary import App


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that show a fact: legible when they stand in the title or can still be read in the text."""

    fact: str
    words: str


@dataclass(frozen=True, slots=True)
class View:
    """What one window shows for a while; `typed` is written by the person line by line, at the end of the lines.

    `place` is the folder or account that a title may name; `site` makes it a web page with that address.
    """

    app: App
    document: str
    lines: tuple[str, ...]
    seconds: int
    typed: tuple[str, ...] = ()
    place: str = ""
    site: str = ""
    clicks: int = 1
    scrolls: int = 0
    marks: tuple[Mark, ...] = ()
    noise: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """Views one after the other on a day; `minute` of the day is where it belongs, `exact` says that it must be there.

    `shows` are facts that the visit shows by being made, whatever can be read.
    """

    day: int
    minute: int
    views: tuple[View, ...]
    exact: bool = False
    shows: tuple[str, ...] = ()
