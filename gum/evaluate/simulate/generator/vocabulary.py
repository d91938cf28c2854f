"""The words that lives are made of, read from the files beside this module.

Each list is dealt out in two halves: the personas of development draw from one, those held out from the other.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

HALVES = 2


@dataclass(frozen=True, slots=True)
class Project:
    """Something that the person makes: its name, its folder, its documents, and what stands in them."""

    name: str
    folder: str
    documents: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that the person reads up on; pages are (title, site)."""

    names: tuple[str, ...]
    queries: tuple[str, ...]
    pages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """An error: what is shown, where ('terminal' or 'dialog'), and how people would call it."""

    message: str
    where: str
    name: str


@dataclass(frozen=True, slots=True)
class Habit:
    """Something done at a set time: `day` is '' for every day, else a weekday's three letters."""

    names: tuple[str, ...]
    where: str
    title: str
    site: str
    day: str
    minute: int


@dataclass(frozen=True, slots=True)
class Life:
    """One kind of life with its words."""

    name: str
    private: bool
    reserved: bool
    projects: tuple[Project, ...]
    topics: tuple[Topic, ...]
    deadlines: tuple[str, ...]
    commitments: tuple[tuple[str, str], ...]
    troubles: tuple[Trouble, ...]
    subjects: tuple[str, ...]
    habits: tuple[Habit, ...]


@dataclass(frozen=True, slots=True)
class App:
    """An application as a window manager tells it."""

    key: str
    window_class: str
    names: tuple[str, ...]
    use: str
    title: str


@dataclass(frozen=True, slots=True)
class Use:
    """What applications are used for: how people call it, menus, endings of documents, the applications for it."""

    name: str
    called: tuple[str, ...]
    menus: tuple[str, ...]
    endings: tuple[str, ...]
    choices: tuple[str, ...]


def half(items: Sequence[Any], held_out: bool) -> list[Any]:
    """Return the half of the items that is meant; a single item is in both."""
    return list(items) if len(items) < HALVES else list(items[int(held_out) :: HALVES])


@cache
def lives() -> tuple[Life, ...]:
    """Return all lives, by name."""
    folder = files(__package__) / "lives"
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)
    return tuple(_life(one.name.removesuffix(".toml"), tomllib.loads(one.read_text("utf-8"))) for one in found)


@cache
def apps() -> Mapping[str, App]:
    """Return the applications by key."""
    return {
        key: App(key, one["class"], tuple(one["names"]), one["use"], one["title"]) for key, one in _data("apps").items()
    }


@cache
def uses() -> Mapping[str, Use]:
    """Return the uses of applications by name."""
    return {
        name: Use(name, *(tuple(one.get(key, ())) for key in ("called", "menus", "endings", "choices")))
        for name, one in _data("uses").items()
    }


@cache
def names() -> Mapping[str, list[Any]]:
    """Return the names of people, machines and mail domains."""
    return _data("names")


@cache
def noise() -> Mapping[str, list[str]]:
    """Return what stands on screens without being about the person."""
    return _data("noise")


def use_of_document(document: str) -> str:
    """Return what a document is opened for, by its ending.  Raises KeyError for an unknown one."""
    ending = document.rsplit(".", 1)[-1]
    return next(use.name for use in uses().values() if ending in use.endings)


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text("utf-8"))


def _life(name: str, found: dict[str, Any]) -> Life:
    return Life(
        name=name,
        private=found["side"] == "private",
        reserved=found.get("reserved", False),
        projects=tuple(_project(_fields(text)) for text in found["projects"]),
        topics=tuple(_topic(_fields(text)) for text in found["topics"]),
        deadlines=tuple(found["deadlines"]),
        commitments=tuple((one[0], one[1]) for one in map(_fields, found["commitments"])),
        troubles=tuple(Trouble(*_fields(text)) for text in found["troubles"]),
        subjects=tuple(found["subjects"]),
        habits=tuple(_habit(_fields(text)) for text in found["routines"]),
    )


def _project(fields: list[str]) -> Project:
    return Project(fields[0], fields[1], tuple(_items(fields[2])), tuple(_items(fields[3])))


def _topic(fields: list[str]) -> Topic:
    pages = (page.rsplit(" @", 1) for page in _items(fields[3]))
    names = (fields[0], *_items(fields[1]))
    return Topic(names, tuple(_items(fields[2])), tuple((title, site) for title, site in pages))


def _habit(fields: list[str]) -> Habit:
    title, _, site = fields[2].partition(" @")
    day, clock = fields[3].split()
    hours, minutes = map(int, clock.split(":"))
    return Habit(tuple(_items(fields[0])), fields[1], title, site, "" if day == "daily" else day, hours * 60 + minutes)


def _fields(text: str) -> list[str]:
    return [field.strip() for field in text.split(" | ")]


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(";") if item.strip()]
