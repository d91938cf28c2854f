"""The marked blocks of a prompt: rules and screen text each in their own, neither able to end its block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gum.protocols import EpisodeContext
from gum.records import Episode, Observation, Proposition
from gum_models.reasoning.prompts import MOST_LINES

MOST_KNOWN = 12
_TAGS = ("rules", "known", "counts", "screen")
_TAG = re.compile(rf"<(?=\s*/?\s*(?:{'|'.join(_TAGS)})\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Material:
    """The data part of a prompt, and the observations by the numbers that its lines have."""

    text: str
    lines: tuple[Observation, ...]


def of_context(context: EpisodeContext, characters: int) -> Material:
    """Return the blocks of an episode, or of several; screen text takes at most so many characters."""
    lines, numbered = _screen(context, characters)
    blocks = [
        block("rules", (f"- {rule}" for rule in context.rules)),
        known(context.neighbours),
        block("counts", (f"- {one}" for one in context.statements)),
        block("screen", lines),
    ]
    return Material("".join(blocks), tuple(numbered))


def known(propositions: Sequence[Proposition]) -> str:
    """Return the block of what is believed, numbered from 1 in the order given."""
    return block("known", (f"{number}. {one.text}" for number, one in enumerate(propositions[:MOST_KNOWN], start=1)))


def cited(propositions: Sequence[Proposition]) -> str:
    """Return the block of what is believed with the ids that an answer cites, and how sure each is."""
    return block("known", (f"[{one.id}] {one.text} ({one.probability:.0%} sure)" for one in propositions))


def block(tag: str, lines: Iterable[str]) -> str:
    """Return one marked block; nothing when it would be empty."""
    content = "\n".join(contained(line) for line in lines)
    return f"<{tag}>\n{content}\n</{tag}>\n" if content else ""


def contained(text: str) -> str:
    """Return the text with nothing in it that reads as the start or end of a block."""
    return _TAG.sub("\u2039", text)


def episodes_of(context: EpisodeContext) -> tuple[Episode, ...]:
    """Return the episodes that a context is about."""
    return context.episodes or (context.episode,)


def _screen(context: EpisodeContext, characters: int) -> tuple[list[str], list[Observation]]:
    """Return the lines of the screen block, by episode, each episode with its fair share of the characters."""
    lines: list[str] = []
    numbered: list[Observation] = []
    episodes = episodes_of(context)
    left = characters
    for position, episode in enumerate(episodes):
        share = left // (len(episodes) - position)
        own = [one for one in context.observations if len(episodes) == 1 or one.episode == episode.id]
        told = _told(own, share, MOST_LINES - len(numbered))
        if not told:
            continue
        lines.append(f"{_title(episode)}:")
        for observation, text in told:
            lines.append(f"[{len(numbered)}] {_place(observation)}: {text}")
            numbered.append(observation)
            left -= len(text)
    return lines, numbered


def _told(observations: Sequence[Observation], characters: int, most: int) -> list[tuple[Observation, str]]:
    """Return the observations that say something with what is shown of each: the typed first, then the longest."""
    seen: set[str] = set()
    told: list[tuple[Observation, str]] = []
    for observation in sorted(observations, key=lambda one: (one.kind != "typed", -len(one.text))):
        content = " / ".join(line for line in observation.text.split("\n") if line.strip()) or observation.title
        if observation.kind == "activity" or not content or content in seen:
            continue
        seen.add(content)
        if characters <= 0 or len(told) >= most:
            break
        shown = content[:characters]
        characters -= len(shown)
        told.append((observation, shown))
    return told


def _title(episode: Episode) -> str:
    local = episode.started_at
    return f"{local:%a %H:%M}, {episode.app}, {episode.document!r}, {episode.dwell_s:.0f} s, {episode.keys} keys"


def _place(observation: Observation) -> str:
    return f"{observation.kind} ({observation.trust}), {observation.app}, {observation.title!r}"
