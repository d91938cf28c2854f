"""prefers_tool: the application that takes most of one kind of work, by share and volume."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from gum.records import Claim, Draft, Durability, Kind, Quote, Theme
from gum_models.statistical import apps, quoting
from gum_models.statistical.apps import Role
from gum_models.statistical.counting import Tally
from gum_models.statistical.digest import Sighting, View
from gum_models.statistical.language import normal
from gum_models.statistical.projects import folder_of

SHARE = 0.7
ENOUGH_EPISODES = 3
ENOUGH_THINGS = 2
ENOUGH_DAYS = 2
ENOUGH_S = 300.0
ENOUGH_KEYS = 150

_PROGRAMMING = re.compile(
    r"(?m)[$#%>] ?(?:make|git|pytest|python3?|cargo|go|gcc|g\+\+|clang|cmake|npm|node|yarn|mvn|gradle|rustc|gdb|tox)\b|"
    r"\b(?:vim?|nvim|nano|emacs|micro|hx) \S+\.(?:py|c|h|cc|cpp|rs|go|js|ts|java|rb|sh|pl|lua|hs|php)\b"
)
_WORKS = {
    "reading": "reading on the web",
    "documents": "reading documents",
    "commands": "running commands",
}
HALF_LIFE_DAYS = 3.0  # so that a change of tool shows within a week


def find(view: View) -> Iterator[Draft]:
    """Yield a draft for each tool of this episode that has the volume and the share of its kind of work."""
    by_work: dict[str, list[Sighting]] = {}
    programs = {folder for seen in view.sightings() if seen.once(_is_coding) and (folder := seen.once(folder_of))}
    for seen in view.sightings():
        kind = "coding" if seen.once(folder_of) in programs and seen.role is Role.TERMINAL else seen.once(work_of)
        if kind and tool_of(seen):
            by_work.setdefault(kind, []).append(seen)
    for kind in sorted(by_work):
        yield from _of_work(view, kind, by_work[kind])


def work_of(seen: Sighting) -> str:
    """Return the kind of work that goes on in a window, or an empty string when the title does not tell."""
    if seen.role is Role.MAIL or seen.title.mail:
        return "mail"
    if work := apps.work_of(seen.app, seen.title.subject):
        return "coding" if seen.title.code else work
    if seen.title.document and seen.role in (Role.EDITOR, Role.OFFICE, Role.TERMINAL):
        return "coding" if seen.title.code else "writing"
    if seen.role is Role.TERMINAL and _PROGRAMMING.search("\n".join(text.text for text in seen.texts)):
        return "coding"
    return {Role.BROWSER: "reading", Role.TERMINAL: "commands", Role.VIEWER: "documents"}.get(seen.role, "")


def tool_of(seen: Sighting) -> str:
    """Return the tool: the web mail's own name where mail is read in a browser, else the application.

    Empty for a web mail that does not name itself.
    """
    return seen.title.site if seen.title.mail and seen.role is Role.BROWSER else seen.tool


def _is_coding(seen: Sighting) -> bool:
    return work_of(seen) == "coding"


def _of_work(view: View, kind: str, sightings: Sequence[Sighting]) -> Iterator[Draft]:
    by_tool: dict[str, list[Sighting]] = {}
    for seen in sightings:
        by_tool.setdefault(tool_of(seen), []).append(seen)
    total = sum(_volume(seen, view.now) for seen in sightings)
    for tool, own in by_tool.items():
        share = sum(_volume(seen, view.now) for seen in own) / total if total else 0.0
        if share < SHARE:
            continue
        quotes = quoting.quoted(view, own, reached, lambda seen: [quoting.of_title(seen)])
        if quotes:
            yield _draft(tool, kind, share, own, quotes)


def reached(sightings: Sequence[Sighting]) -> bool:
    """Say whether it is used often enough.

    In three episodes on two days; or five minutes or 150 keys on two days, or in three episodes on two things.
    """
    tally = Tally.of(sightings)
    enough = tally.seconds >= ENOUGH_S or tally.keys >= ENOUGH_KEYS
    things = len({seen.title.subject for seen in sightings})
    spread = tally.days >= ENOUGH_DAYS or (tally.episodes >= ENOUGH_EPISODES and things >= ENOUGH_THINGS)
    often = tally.episodes >= ENOUGH_EPISODES and tally.days >= ENOUGH_DAYS
    return often or (enough and spread)


def _volume(seen: Sighting, now: datetime) -> float:
    """Weigh time in front, with each key as half a second of work; what is long ago counts less."""
    days = max(0.0, (now - seen.started).total_seconds()) / 86400
    return float((1 + seen.seconds + seen.keys / 2) * 2 ** -(days / HALF_LIFE_DAYS))


def _draft(tool: str, kind: str, share: float, own: Sequence[Sighting], quotes: tuple[Quote, ...]) -> Draft:
    tally = Tally.of(own)
    return Draft(
        text=f"The user prefers {tool} for {_WORKS.get(kind, kind)}.",
        reasoning=f"It takes {share:.0%} of this kind of work, seen in {tally.words()}.",
        kind=Kind.PREFERENCE,
        durability=Durability.PHASE,
        theme=Theme.TOOLS,
        quotes=quotes,
        strength=tally.strength,
        claim=Claim("prefers_tool", normal(tool), kind),
    )
