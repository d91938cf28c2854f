"""The marked blocks of a prompt: rules and screen text each in their own, neither able to end its block."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gum.protocols import EpisodeContext
from gum.records import Episode, Observation, Proposition

MOST_KNOWN = 12
MOST_LINES = 80
LONGEST_QUOTE = 120
SHORTEST_QUOTE = 3
_TAGS = ("names", "rules", "known", "counts", "screen", "draft")
_JOINT = " / "
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+")
_TAG = re.compile(rf"<(?=\s*/?\s*(?:{'|'.join(_TAGS)})\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Material:
    """The data part of a prompt, and every piece of it that may be quoted, with its observation's id."""

    text: str
    quotes: dict[str, int]


def of_context(context: EpisodeContext, characters: int) -> Material:
    """Return the blocks of an episode, or of several; screen text takes at most so many characters."""
    lines, quotes = _screen(context, characters)
    blocks = [
        block("names", [context.user_name] if context.user_name else ()),
        block("rules", (f"- {rule}" for rule in context.rules)),
        known(context.neighbours),
        block("counts", (f"- {one}" for one in context.statements)),
        block("screen", lines),
    ]
    return Material("".join(blocks), quotes)


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


def _screen(context: EpisodeContext, characters: int) -> tuple[list[str], dict[str, int]]:
    """Return the lines of the screen block, by episode, each episode with its fair share of the characters."""
    lines: list[str] = []
    quotes: dict[str, int] = {}
    episodes = episodes_of(context)
    left = characters
    for position, episode in enumerate(episodes):
        share = left // (len(episodes) - position)
        own = [one for one in context.observations if len(episodes) == 1 or one.episode == episode.id]
        told = _told(own, share, MOST_LINES - len(lines))
        if not told:
            continue
        lines.append(f"{_title(episode)}:")
        for observation, text in told:
            lines.append(f"- {_place(observation)}: {_JOINT.join(text)}")
            left -= sum(len(line) for line in text)
            for line in text:
                quotes |= {piece: observation.id for piece in pieces(line) if piece not in quotes}
    return lines, quotes


def pieces(line: str) -> list[str]:
    """Return a line cut where sentences or words end, each piece short enough for a quote and long enough for one."""
    found: list[str] = []
    for sentence in _SENTENCE.split(line.strip()):
        rest = sentence.strip()
        while len(rest) > LONGEST_QUOTE:
            cut = rest.rfind(" ", SHORTEST_QUOTE, LONGEST_QUOTE)
            cut = cut if cut > 0 else LONGEST_QUOTE
            found.append(rest[:cut].strip())
            rest = rest[cut:].strip()
        found.append(rest)
    return [one for one in found if _is_quotable(one)]


def _is_quotable(text: str) -> bool:
    """Return whether the pipeline takes this for a quote: three letters or digits, or two signs that are words."""
    signs = [sign for sign in text if sign.isalnum()]
    return len(signs) >= SHORTEST_QUOTE or sum(unicodedata.east_asian_width(sign) in "WF" for sign in signs) > 1


def _told(observations: Sequence[Observation], characters: int, most: int) -> list[tuple[Observation, list[str]]]:
    """Return the observations that say something new, with the lines shown of each: the typed first, then the longest.

    A line that stood in one before is not shown again.
    """
    seen: set[str] = set()
    told: list[tuple[Observation, list[str]]] = []
    for observation in sorted(observations, key=lambda one: (one.kind != "typed", -len(one.text))):
        if observation.kind == "activity" or len(told) >= most:
            continue
        shown: list[str] = []
        for line in observation.text.split("\n") if observation.text.strip() else [observation.title]:
            fresh = line.strip()[: max(0, characters)]
            if fresh and fresh not in seen:
                seen.add(fresh)
                shown.append(fresh)
                characters -= len(fresh)
        if shown:
            told.append((observation, shown))
    return told


def _title(episode: Episode) -> str:
    local = episode.started_at
    return f"{local:%a %H:%M}, {episode.app}, {episode.document!r}, {episode.dwell_s:.0f} s, {episode.keys} keys"


def _place(observation: Observation) -> str:
    return f"{observation.kind} ({observation.trust}), {observation.app}, {observation.title!r}"
