"""An engine that says what a test wants, and a person whose work it infers from."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from gum.config import Config
from gum.infer.episodes import Segmenter
from gum.infer.pipeline import Inference
from gum.infer.verdicts import Review
from gum.protocols import EpisodeContext
from gum.records import (
    Candidate,
    Claim,
    Draft,
    Durability,
    Frame,
    Kind,
    Observation,
    Proposition,
    Quote,
    Relation,
    Theme,
    Trust,
)
from gum.store import Store
from tests.propositions import START


class ScriptedEngine:
    """An engine whose drafts and relations are functions that the test sets."""

    name = "scripted"
    author = "scripted/1"

    def __init__(self) -> None:
        self.drafts: Callable[[EpisodeContext], Sequence[Draft]] = lambda _: ()
        self.relation: Callable[[Draft, Proposition], Relation] = lambda _draft, _known: Relation.UNRELATED
        self.asked: list[tuple[str, str]] = []

    def propose(self, context: EpisodeContext) -> Sequence[Draft]:
        return self.drafts(context)

    def relate(self, draft: Draft, neighbours: Sequence[Proposition]) -> Sequence[Relation]:
        self.asked += [(draft.text, known.text) for known in neighbours]
        return [self.relation(draft, known) for known in neighbours]

    def suggest(self, context: EpisodeContext, propositions: Sequence[Proposition]) -> Sequence[Candidate]:
        return ()

    def answer(self, question: str, propositions: Sequence[Proposition]) -> str:
        return ""

    def caption(self, frame: Frame, observation: Observation) -> str:
        return ""


class Life:
    """A person at work on a store: what they do becomes episodes, and the engine infers from them."""

    def __init__(self, store: Store, engine: ScriptedEngine, config: Config, clock: list[datetime]) -> None:
        self.store = store
        self.engine = engine
        self.clock = clock
        self.inference = Inference(store, engine, config)
        self.review = Review(store, lambda: clock[0])
        self.segmenter = Segmenter(store, 300)
        self.count = 0

    def look(self, title: str, days: float = 0.0, *, text: str = "", trust: Trust = Trust.SYSTEM) -> int:
        """Let the person look at a document for a minute, `days` after the start; return the closed episode."""
        self.count += 1
        at = START + timedelta(days=days, hours=self.count / 10)
        self.store.observations.add(
            Observation("test", "screen", at, at + timedelta(minutes=1), "editor", title, text=text, trust=trust)
        )
        self.clock[0] = max(self.clock[0], at + timedelta(hours=1))
        (episode,) = self.segmenter.advance(at + timedelta(days=1))
        return episode

    def infer(self, episode: int, *drafts: Draft) -> list[int]:
        """Let the engine make these drafts of an episode; each is given a quote of its title."""
        self.engine.drafts = lambda context: [
            draft if draft.quotes else dataclasses.replace(draft, quotes=(title_of(context),)) for draft in drafts
        ]
        return self.inference.infer(episode)

    def only(self) -> Proposition:
        """Return the one proposition that there is."""
        (found,) = self.store.propositions.list()
        return found


def title_of(context: EpisodeContext) -> Quote:
    return Quote(context.observations[0].id, context.observations[0].title)


def draft(
    text: str = "The user works on the heron report.",
    *,
    strength: int = 7,
    claim: Claim | None = None,
    quotes: tuple[Quote, ...] = (),
    kind: Kind = Kind.ACTIVITY,
    durability: Durability = Durability.PROJECT,
) -> Draft:
    return Draft(text, "Seen once.", kind, durability, Theme.WORK, quotes, strength, claim)


def contradicting(new: Draft, known: Proposition) -> Relation:
    """Let an engine see a contradiction in all that is not the same."""
    return Relation.CONTRADICTS if new.text != known.text else Relation.SAME
