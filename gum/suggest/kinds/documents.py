"""Documents that the person had open, as the suggesters list them, and the stretches of work and the breaks between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gum.perceive.applications import is_editor, is_terminal
from gum.protocols import Situation
from gum.records import Episode
from gum.suggest.effects.opening import is_openable
from gum.suggest.kinds.pages import GLANCE, words
from gum.suggest.places import address_of
from gum.suggest.plain import literal

BREAK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its name, the application, when it was last in front and for how long in all."""

    name: str
    app: str
    at: datetime
    dwell_s: float

    @property
    def address(self) -> str:
        """Its file:// address; empty where the title does not tell it, or the document cannot be opened any more."""
        told = address_of(self.name)
        return told if told and is_openable(told) else ""

    def line(self) -> str:
        """Return the document as a line of a Markdown list."""
        return f"- {literal(self.name)} ({self.app}), last {self.at:%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time at the computer without a break of five minutes."""

    since: datetime
    until: datetime

    @property
    def minutes(self) -> float:
        """How long it lasted."""
        return (self.until - self.since).total_seconds() / 60


def opened(situation: Situation, since: datetime | None = None, until: datetime | None = None) -> list[Document]:
    """Return the documents of editors and terminals that were in front between two instants, the latest first."""
    found: dict[tuple[str, str], Document] = {}
    for one in situation.episodes:
        outside = (since and one.ended_at < since) or (until and one.started_at > until)
        if outside or not one.document or not (is_editor(one.app) or is_terminal(one.app)):
            continue
        before = found.pop((one.document, one.app), None)
        dwell = one.dwell_s + (before.dwell_s if before else 0.0)
        if dwell >= GLANCE.total_seconds():
            found[one.document, one.app] = Document(
                one.document, one.app, one.ended_at.astimezone(situation.now.tzinfo), dwell
            )
    return sorted(found.values(), key=lambda one: one.at, reverse=True)


def on(documents: Sequence[Document], subject: str) -> list[Document]:
    """Return the documents whose names share two words with the subject, or its only one."""
    wanted = words(subject)
    need = min(2, len(wanted))
    return [one for one in documents if need and len(words(one.name) & wanted) >= need]


def stretches(episodes: Sequence[Episode]) -> list[Stretch]:
    """Return the stretches of work in the order of time; there is a break of five minutes between any two."""
    found: list[Stretch] = []
    for one in sorted(episodes, key=lambda one: one.started_at):
        if found and one.started_at - found[-1].until < BREAK:
            found[-1] = Stretch(found[-1].since, max(found[-1].until, one.ended_at))
        else:
            found.append(Stretch(one.started_at, one.ended_at))
    return found
