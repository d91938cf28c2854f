"""What an engine proposes from an episode, and what speaks for and against a proposition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gum.records.proposition import Claim, Durability, Kind, Theme
from gum.records.trust import Trust


class Stance(StrEnum):
    """Whether a piece of evidence speaks for or against."""

    FOR = "for"
    AGAINST = "against"


class Relation(StrEnum):
    """How a draft stands to a proposition that is already known."""

    SAME = "same"
    REFINES = "refines"
    CONTRADICTS = "contradicts"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that stand verbatim in the text, title or URL of one observation."""

    observation: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine proposes from one episode, before it is checked.

    `strength` is the evidence's strength from 1 to 10, never a probability.
    """

    text: str
    reasoning: str
    kind: Kind
    durability: Durability
    theme: Theme
    quotes: tuple[Quote, ...]
    strength: int
    claim: Claim | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    stance: Stance = Stance.FOR


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of support for or against a proposition; `weight` is in logits before fading.

    `rival` is the proposition that opposing evidence speaks for, None when it only speaks against.
    """

    proposition: int
    observation: int
    episode: int
    stance: Stance
    quote: str
    weight: float
    trust: Trust
    at: datetime
    engine: str = ""
    rival: int | None = None
    id: int = 0
