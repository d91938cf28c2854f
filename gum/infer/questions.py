"""Questions for the person, where one answer settles several uncertain propositions.

Two forms.  Propositions that cannot hold together: which of them does?  Several uncertain propositions about one thing:
do they hold?  At most `MOST_OPEN` questions wait at a time and `A_DAY` are asked in a day; no text and no two of the
same propositions are asked about twice.  A question that has been settled otherwise is dropped.

An answer is what the person states: a verdict of the highest trust on every proposition that it settles, kept with the
number of the question, and undone like any verdict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from gum.clock import Clock
from gum.errors import ConflictError
from gum.infer.conflicts import conflicts
from gum.infer.relate import plain
from gum.infer.review_queue import UNDECIDED, entropy, subject, undecided
from gum.infer.verdicts import Review
from gum.records import Proposition, Status
from gum.store import Store
from gum.store.questions import ANSWERED, DROPPED, OPEN, Choice, Question

MOST_OPEN = 3
A_DAY = 2
MOST_TOGETHER = 4
# Bits of uncertainty that one answer must be able to take away.
LEAST_GAIN = 1.2
QUESTION = "question"
_UNCERTAIN = (0.25, 0.80)
_LEAST_WORDS = 3
_NONE = "None of them"


class Inquiry:
    """Asks the person, and carries their answers out."""

    def __init__(self, store: Store, review: Review, now: Clock) -> None:
        self._store = store
        self._review = review
        self._now = now

    def look(self, now: datetime) -> list[Question]:
        """Drop what needs no answer any more, and queue what is worth asking; return the new questions."""
        with self._store.transaction():
            self._drop_settled(now)
            every = self._store.questions.list()
            waiting = sum(one.status == OPEN for one in every)
            today = sum(now - one.asked_at < timedelta(days=1) for one in every)
            room = min(MOST_OPEN - waiting, A_DAY - today)
            asked = [set(one.propositions) for one in every]
            texts = {one.text for one in every}
            found: list[Question] = []
            for text, of, choices in self._worth_asking(now):
                ids = {one.id for one in of}
                if len(found) >= room:
                    break
                if text not in texts and not any(len(ids & other) > 1 for other in asked):
                    found.append(self._store.questions.ask(text, sorted(ids), now, choices))
                    asked.append(ids)
            return found

    def answer(self, id: int, answer: str) -> Question:
        """Take the person's answer: the number or words of a choice, or a sentence of their own, which is then stated.

        Raises NotFoundError, and ConflictError when the question is not open or the answer is none.
        """
        with self._store.transaction():
            question = self._open(id)
            choice = _chosen(question, answer)
            if choice is None:
                if len(answer.split()) < _LEAST_WORDS:
                    offered = "; ".join(f"{n}. {one.text}" for n, one in enumerate(question.choices, 1))
                    raise ConflictError(f"Answer with a number, or with a sentence of your own: {offered}")
                self._review.add(answer)
            else:
                self._settle(question, choice)
            said = " ".join(answer.split()) if choice is None else choice.text
            return self._store.questions.answer(id, said, self._now(), ANSWERED)

    def dismiss(self, id: int) -> Question:
        """Drop a question; it is not asked again.  Raises NotFoundError, ConflictError when it is not open."""
        with self._store.transaction():
            self._open(id)
            return self._store.questions.answer(id, "", self._now(), DROPPED)

    def _open(self, id: int) -> Question:
        question = self._store.questions.get(id)
        if question.status != OPEN:
            raise ConflictError(f"Question {id} is {question.status} already.")
        return question

    def _settle(self, question: Question, choice: Choice) -> None:
        note = f"answer to question {question.id}"
        known = self._store.propositions.many(question.propositions)
        for id in choice.true:
            if id in known:
                self._review.confirm(id, note, QUESTION)
        for id in choice.false:
            if id in known:
                self._review.reject(id, note, QUESTION)
        for id in choice.over:
            # what cannot hold beside the chosen one was closed with it
            if id in known and self._store.propositions.get(id).status in UNDECIDED:
                self._review.retire(id, note)

    def _drop_settled(self, now: datetime) -> None:
        """Drop open questions of which at most one proposition is still undecided."""
        for one in self._store.questions.list(OPEN):
            known = self._store.propositions.many(one.propositions).values()
            if sum(known_one.status in (*UNDECIDED, Status.SUPERSEDED) for known_one in known) < len(one.propositions):
                self._store.questions.answer(one.id, "", now, DROPPED)

    def _worth_asking(self, now: datetime) -> list[tuple[str, Sequence[Proposition], list[Choice]]]:
        exclusive = [(_which(of), of, _alternatives(of)) for of in self._exclusive(now)]
        together = [(_whether(of), of, _all_or_none(of)) for of in self._about_one_thing(now)]
        found = [*exclusive, *together]
        return sorted(found, key=lambda one: (-_gain(one[1]), one[0]))

    def _exclusive(self, now: datetime) -> Iterable[list[Proposition]]:
        """Yield the undecided propositions of each conflict of which only one can hold, the newest last."""
        groups: list[dict[int, Proposition]] = []
        for one in conflicts(self._store, now):
            if one.rival is None or not one.exclusive or Status.CONFIRMED in (one.proposition.status, one.rival.status):
                continue
            pair = {one.proposition.id: one.proposition, one.rival.id: one.rival}
            joined = [group for group in groups if group.keys() & pair.keys()]
            groups = [group for group in groups if group not in joined]
            groups.append({id: known for group in (*joined, pair) for id, known in group.items()})
        for group in groups:
            yield sorted(group.values(), key=lambda known: known.id)[-MOST_TOGETHER:]

    def _about_one_thing(self, now: datetime) -> Iterable[list[Proposition]]:
        """Yield the uncertain propositions about each thing where a question is worth it, the most uncertain first."""
        low, high = _UNCERTAIN
        groups: dict[str, list[Proposition]] = defaultdict(list)
        for one in undecided(self._store, now):
            if subject(one) and low <= one.probability <= high:
                groups[subject(one)].append(one)
        for of in groups.values():
            chosen = sorted(of, key=lambda one: (-entropy(one.probability), one.id))[:MOST_TOGETHER]
            if len(chosen) > 1 and _gain(chosen) >= LEAST_GAIN:
                yield chosen


def _gain(of: Iterable[Proposition]) -> float:
    return sum(entropy(one.probability) for one in of)


def _which(of: Iterable[Proposition]) -> str:
    return f"Which of these holds now? {_listed(of)}"


def _whether(of: Iterable[Proposition]) -> str:
    return f"Does this hold? {_listed(of)}"


def _listed(of: Iterable[Proposition]) -> str:
    return " ".join(f"({n}) {one.text}" for n, one in enumerate(of, 1))


def _alternatives(of: Sequence[Proposition]) -> list[Choice]:
    ids = [one.id for one in of]
    chosen = [Choice(one.text, true=(one.id,), over=tuple(id for id in ids if id != one.id)) for one in of]
    return [*chosen, Choice(_NONE, false=tuple(ids))]


def _all_or_none(of: Sequence[Proposition]) -> list[Choice]:
    ids = tuple(one.id for one in of)
    return [Choice("Yes, all of it", true=ids), Choice("No, none of it", false=ids), Choice("Only in part")]


def _chosen(question: Question, answer: str) -> Choice | None:
    said = plain(answer)
    if said.isdecimal() and 0 < int(said) <= len(question.choices):
        return question.choices[int(said) - 1]
    words = {plain(one.text): one for one in question.choices}
    short = {text.partition(",")[0]: one for text, one in words.items() if "," in text}
    return words.get(said) or short.get(said)
