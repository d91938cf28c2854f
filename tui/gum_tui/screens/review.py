"""Review: one belief after the other, each with its best evidence; one key gives the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static

from gum.client import Client, ConflictView, PropositionDetail, QuestionView
from gum.records import Status
from gum_tui import phrases, rounds
from gum_tui.dialogs.wording import WordingDialog
from gum_tui.keys import REVIEW, bindings
from gum_tui.remote import Remote
from gum_tui.rounds import Card, Done, Round
from gum_tui.screens.section import OpenIn, Section
from gum_tui.widgets import review_card as choices
from gum_tui.widgets.probability import bar
from gum_tui.widgets.review_card import ReviewCard

ASKED = "review"
PROGRESS_WIDTH = 20
AHEAD = 3
"""Cards whose evidence is asked for before they are shown."""

Call = Callable[[Client], Sequence[int]]
"""Carries an answer out and returns the beliefs that it changed."""


@dataclass
class RoundRead(Message):
    """The daemon told what waits for a verdict."""

    cards: list[Card]


@dataclass
class DetailsRead(Message):
    """The daemon told all about the beliefs that come next."""

    details: list[PropositionDetail]


@dataclass
class Answered(Message):
    """The daemon took an answer."""

    card: Card
    changed: Sequence[int]


@dataclass
class TakenBack(Message):
    """The daemon took an answer back."""

    done: Done


class ReviewSection(Section):
    """One card at a time; an answer shows the next at once."""

    MODE = "review"
    KEYS = REVIEW
    BINDINGS: ClassVar[list[BindingType]] = bindings(REVIEW)
    CSS_PATH = "review.tcss"
    HELP_TEXT = (
        "One thing at a time, first what your answer teaches most: what is uncertain, weighs on much else, or is about "
        "to be used. Questions and contradictions come first; choose with the arrows and enter. Stop whenever you "
        "like: every answer holds at once, and u takes back the last one, step by step."
    )

    def __init__(self, remote: Remote) -> None:
        super().__init__(remote)
        self._round = Round()
        self._read = False
        self._details: dict[int, PropositionDetail] = {}
        self._returning: set[int] = set()  # beliefs whose answer is being taken back

    def body(self) -> Iterable[Widget]:
        yield Static(id="progress", markup=False)
        yield ReviewCard(id="card")

    def on_mount(self) -> None:
        self.query_one(ReviewCard).say(Content.styled("Asking the daemon …", "$quiet"))

    # ------------------------------------------------------------------ reading

    def reload(self) -> None:
        if self._round.card is None:
            self.read("round", rounds.read, RoundRead)
        else:
            self._details.clear()
            self._ask_details()

    def on_round_read(self, message: RoundRead) -> None:
        if self._round.card is not None:
            return
        self._read = True
        if self._round.done and not message.cards:
            self._show()
            return
        if not self._round.done:
            self._round = Round(message.cards)
        self._show()

    def _ask_details(self) -> None:
        coming = [each.due.proposition.id for each in self._round.waiting[:AHEAD] if each.due]
        missing = [id for id in coming if id not in self._details]
        if missing:
            self.read("details", lambda client: [client.proposition(id) for id in missing], DetailsRead)

    def on_details_read(self, message: DetailsRead) -> None:
        for detail in message.details:
            if detail.proposition.id in self._returning:
                continue
            self._details[detail.proposition.id] = detail
            if detail.proposition.status not in {Status.CANDIDATE, Status.ACTIVE}:
                self._round.drop(detail.proposition.id)
        self._show()

    # ------------------------------------------------------------------ showing

    def _show(self) -> None:
        card, shown = self._round.card, self.query_one(ReviewCard)
        self.query_one("#progress", Static).update(self._progress())
        if card is None:
            if self._read:
                shown.say(self._end())
            return
        due = card.due
        shown.show(card, self._details.get(due.proposition.id) if due else None, self.remote.now)
        self._ask_details()

    def _progress(self) -> Content:
        length = self._round.length
        if not length:
            return Content("")
        done = len(self._round.done)
        tally = "".join(f" · {count} {word}" for word, count in self._round.tally) or " in this round"
        return Content.assemble(bar(done / length, PROGRESS_WIDTH), f"  {done} of {length}", (tally, "$quiet"))

    def _end(self) -> Content:
        if not self._round.done:
            return Content.styled("Nothing waits for your word. New beliefs will come here.", "$quiet")
        said = ", ".join(f"{count} {word}" for word, count in self._round.tally)
        return Content.assemble(
            (f"{phrases.counted(len(self._round.done), 'answer')}. Thank you.", "bold"),
            f"\n{said}\n\n",
            ("enter shows what waits now · u takes back the last answer · 1 goes to Today", "$quiet"),
        )

    # ------------------------------------------------------------------ answers

    def action_confirm(self) -> None:
        self._judge("confirmed", lambda client, id: client.confirm(id, asked=ASKED))

    def action_reject(self) -> None:
        self._judge("rejected", lambda client, id: client.reject(id, asked=ASKED))

    def action_never(self) -> None:
        if self._judge("never again", lambda client, id: client.never_infer(id)):
            self.tell("Never inferred again. The refused sentence itself is kept, to know it when it returns.")

    def action_edit(self) -> None:
        card = self._round.card
        if card is None or card.due is None:
            return
        before = card.due.proposition.text

        def take(text: str | None) -> None:
            if text is not None and self._round.card is card:
                self._judge("edited", lambda client, id: client.edit(id, text))

        self.app.push_screen(WordingDialog("Say it better", "Your words outlive later inference.", before), take)

    def _judge(self, word: str, call: Callable[[Client, int], PropositionDetail]) -> bool:
        card = self._round.card
        if card is None:
            if self._read:
                self.tell("Nothing is asked now; enter shows what waits.")
            return False
        if card.due is None:
            self.tell("Choose an answer with the arrows and enter; d drops a question.")
            return False
        id = card.due.proposition.id
        self._answer(word, lambda client: [call(client, id).proposition.id], (id,))
        return True

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        card, chosen = self._round.card, message.option_id
        if card is None or chosen is None:
            return
        if card.question:
            self._answer_question(card, card.question, chosen)
        elif card.conflict:
            self._decide(card.conflict, chosen)

    def _answer_question(self, card: Card, question: QuestionView, chosen: str) -> None:
        if chosen != choices.OWN_WORDS:
            self._answer("answered", lambda client: _answered(client, question, chosen))
            return

        def take(text: str | None) -> None:
            if text is not None and self._round.card is card:
                self._answer("answered", lambda client: _answered(client, question, text))

        self.app.push_screen(WordingDialog("Answer in your own words", question.text[:300]), take)

    def _decide(self, conflict: ConflictView, chosen: str) -> None:
        rival = conflict.rival
        if rival is not None:
            first, second = conflict.proposition.id, rival.id
            true = {choices.FIRST: (first,), choices.SECOND: (second,), choices.BOTH: (first, second)}.get(chosen, ())
            false = () if conflict.exclusive and true else tuple(id for id in (first, second) if id not in true)
            self._answer("decided", lambda client: _decided(client, true, false), (*true, *false))

    def action_later(self) -> None:
        """Put the card behind the others."""
        self._round.later()
        self._show()

    def action_drop(self) -> None:
        """Drop a question for good."""
        card = self._round.card
        if card and card.question:
            id = card.question.id
            self._answer("dropped", lambda client: [client.dismiss_question(id).id][:0])
        elif card:
            self.tell("Only a question can be dropped; s leaves this for later.")

    def _answer(self, word: str, call: Call, changed: Sequence[int] = ()) -> None:
        """Show the next card at once and have the answer carried out; a refused one comes back.

        `changed` names the beliefs that it changes, where that is known before.
        """
        done = self._round.answer(word, changed)
        if done is None:
            return
        card = done.card
        self._show()

        def undo() -> None:
            self._round.back(card)
            self._show()

        self.change(call, lambda changed: Answered(card, changed), undo)

    def on_answered(self, message: Answered) -> None:
        self._round.settled(message.card, message.changed)

    # ------------------------------------------------------------------ back, and on

    def action_undo(self) -> None:
        """Take back the last answer and ask again."""
        if not self._round.done:
            self.tell("Nothing to take back in this round.")
            return
        last = self._round.done[-1]
        if not last.changed:
            self.tell(
                "A dropped question is not asked again; that cannot be taken back."
                if last.word == "dropped"
                else "Not yet; the answer is still on its way, or it changed no belief."
            )
            return
        self._round.back(last.card)
        self._returning |= set(last.changed)
        self._show()

        def again() -> None:
            self._returning -= set(last.changed)
            if self._round.card and self._round.card.key == last.card.key:
                self._round.answer(last.word, last.changed)
                self._show()

        self.change(lambda client: _undone(client, last.changed), lambda _: TakenBack(last), again)

    def on_taken_back(self, message: TakenBack) -> None:
        for id in message.done.changed:
            self._returning.discard(id)
            self._details.pop(id, None)
        self.tell("Taken back.")
        self._ask_details()

    def action_open(self) -> None:
        """Show all about the belief; at the end of a round, begin the next."""
        card = self._round.card
        if card and card.beliefs:
            self.post_message(OpenIn("propositions", card.beliefs[0].id))
        elif self._read and card is None:
            self._round = Round()
            self.reload()


def _answered(client: Client, question: QuestionView, answer: str) -> list[int]:
    """Answer; return the beliefs that the answer changed."""
    before = {belief.id: belief.version for belief in question.propositions}
    after = client.answer_question(question.id, answer)
    return [belief.id for belief in after.propositions if belief.version != before.get(belief.id)]


def _decided(client: Client, true: Sequence[int], false: Sequence[int]) -> list[int]:
    """Give the verdicts on two beliefs; confirming one of two that exclude each other closes the other."""
    for id in true:
        client.confirm(id, asked=ASKED)
    for id in false:
        client.reject(id, asked=ASKED)
    return [*true, *false]


def _undone(client: Client, changed: Sequence[int]) -> None:
    for id in reversed(changed):
        client.undo(id)
