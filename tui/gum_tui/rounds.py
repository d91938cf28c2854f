"""A round of review: what waits for the person's word, one thing at a time, and what was said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from gum.client import Client, ConflictView, DueView, PropositionView, QuestionView

A_ROUND = 20
"""Beliefs in one round: a few minutes' work."""


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to decide: a belief that is due, a question, or a conflict; exactly one of them is set."""

    due: DueView | None = None
    question: QuestionView | None = None
    conflict: ConflictView | None = None

    @property
    def key(self) -> str:
        """What the card is about, the same when it is read again."""
        if self.question:
            return f"question {self.question.id}"
        if self.conflict:
            rival = self.conflict.rival
            return "conflict " + " ".join(map(str, sorted((self.conflict.proposition.id, rival.id if rival else 0))))
        return f"belief {self.due.proposition.id if self.due else 0}"

    @property
    def beliefs(self) -> tuple[PropositionView, ...]:
        """What an answer decides on."""
        if self.question:
            return tuple(self.question.propositions)
        if self.conflict:
            rival = self.conflict.rival
            return (self.conflict.proposition, *((rival,) if rival else ()))
        return (self.due.proposition,) if self.due else ()


@dataclass(frozen=True, slots=True)
class Done:
    """A card with what was said of it; `changed` are the beliefs whose last change is the answer."""

    card: Card
    word: str
    changed: tuple[int, ...] = ()


@dataclass
class Round:
    """Cards that wait, in order, and those that are done, the last at the end."""

    waiting: list[Card] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)

    @property
    def card(self) -> Card | None:
        """The card that is shown."""
        return self.waiting[0] if self.waiting else None

    @property
    def length(self) -> int:
        return len(self.waiting) + len(self.done)

    @property
    def tally(self) -> list[tuple[str, int]]:
        """How often what was said, the most frequent first."""
        return Counter(each.word for each in self.done).most_common()

    def answer(self, word: str, changed: Sequence[int] = ()) -> Done | None:
        """Put the card that is shown among those done; return it."""
        if not self.waiting:
            return None
        self.done.append(Done(self.waiting.pop(0), word, tuple(changed)))
        return self.done[-1]

    def settled(self, card: Card, changed: Sequence[int]) -> None:
        """Keep which beliefs an answer has changed, so that it can be taken back."""
        self.done = [
            Done(each.card, each.word, tuple(changed)) if each.card.key == card.key else each for each in self.done
        ]

    def back(self, card: Card) -> Done | None:
        """Show a card again that was done; return what had been said of it."""
        for place, each in enumerate(self.done):
            if each.card.key == card.key:
                self.waiting.insert(0, self.done.pop(place).card)
                return each
        return None

    def later(self) -> None:
        """Put the card that is shown behind the others."""
        if self.waiting:
            self.waiting.append(self.waiting.pop(0))

    def drop(self, belief: int) -> None:
        """Leave out the card of a belief that was decided elsewhere."""
        self.waiting = [each for each in self.waiting if not (each.due and each.due.proposition.id == belief)]


def read(client: Client) -> list[Card]:
    """Ask for a round: questions first, then conflicts that none of them is about, then beliefs.  Raises ClientError.

    What a card before asks about already is not asked again.
    """
    cards = [Card(question=each) for each in client.questions("open")]
    asked = {belief.id for card in cards for belief in card.beliefs}
    for conflict in client.conflicts():
        card = Card(conflict=conflict)
        ids = {belief.id for belief in card.beliefs}
        if conflict.rival and not ids & asked:
            cards.append(card)
            asked |= ids
    return cards + [Card(due=each) for each in client.review(A_ROUND) if each.proposition.id not in asked]
