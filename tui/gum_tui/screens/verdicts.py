"""The person's word on one belief or on several at once: shown at once, taken back when the daemon refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from gum.client import Client, ForgetIn, PropositionDetail, PropositionView
from gum.errors import ClientError
from gum.records import Status
from gum_tui import phrases
from gum_tui.dialogs.choice import ChoiceDialog
from gum_tui.dialogs.wording import WordingDialog
from gum_tui.inert import inert
from gum_tui.overlay import Overlay
from gum_tui.remote import Remote
from gum_tui.screens.forgetting import Forgetting
from gum_tui.screens.section import Refused
from gum_tui.widgets.belief import author
from gum_tui.widgets.belief_detail import BeliefDetail
from gum_tui.widgets.belief_table import BeliefTable

Change = Callable[[PropositionView], PropositionView]
Call = Callable[[Client, PropositionView], PropositionDetail]


@dataclass
class Several:
    """What became of one change of several beliefs; said once, when the last of them is answered."""

    words: str
    beliefs: int
    answered: int = 0
    refused: int = 0
    reason: str = ""


@dataclass
class Changed(Message):
    """The daemon made a change of a belief; `words` say so, or `several` once all of them are answered."""

    ticket: int
    detail: PropositionDetail
    words: str
    several: Several | None


@dataclass
class OneRefused(Message):
    """The daemon did not change one of several beliefs; `undo` takes back what was shown of it."""

    error: ClientError
    undo: Callable[[], None]
    several: Several


@dataclass
class Added(Message):
    """The daemon took a belief that the person stated."""

    detail: PropositionDetail


class Verdicts(Forgetting):
    """What the keys of a verdict do to the marked beliefs, or to the one under the cursor."""

    def __init__(self, remote: Remote) -> None:
        super().__init__(remote)
        self._overlay: Overlay[PropositionView] = Overlay()
        self._detail: PropositionDetail | None = None
        self._then: tuple[int, Callable[[], None]] | None = None
        self.judged: set[int] = set()
        """What was changed here and stays in its place, whether or not it still is what the list shows."""

    @property
    def targets(self) -> list[PropositionView]:
        """The marked beliefs; without any, the one under the cursor."""
        table = self.query_one(BeliefTable)
        return list(table.marked.values()) or ([table.belief] if table.belief else [])

    def known(self, belief: PropositionView) -> PropositionView:
        """Return the belief as the daemon tells it, with what is still on its way on top."""
        self._overlay.learn(belief.id, belief)
        return self._overlay.get(belief.id) or belief

    # ------------------------------------------------------------------ keys

    def action_confirm(self) -> None:
        self._judge(lambda client, belief: client.confirm(belief.id), _with(status=Status.CONFIRMED), "Confirmed.")

    def action_reject(self) -> None:
        words = "Rejected. It is not inferred again from the same evidence. u takes it back."
        self._judge(lambda client, belief: client.reject(belief.id), _with(status=Status.REJECTED), words)

    def action_never(self) -> None:
        words = (
            "Never inferred again. The refused sentence itself is kept, to know it when it returns. u takes it back."
        )
        self._judge(lambda client, belief: client.never_infer(belief.id), _with(status=Status.REJECTED), words)

    def action_pin(self) -> None:
        on = not all(belief.pinned for belief in self.targets)
        words = "Pinned." if on else "No longer pinned."
        self._judge(lambda client, belief: client.pin(belief.id, on), _with(pinned=on), words)

    def action_undo(self) -> None:
        self._judge(lambda client, belief: client.undo(belief.id), _with(), "Taken back.")

    def detail_for(self, action: Callable[[], None]) -> PropositionDetail | None:
        """Return all about the belief under the cursor; until it is there, remember the action and return None."""
        belief = self.query_one(BeliefTable).belief
        if belief and self._detail and self._detail.proposition.id == belief.id:
            return self._detail
        self._then = (belief.id, action) if belief else None
        return None

    def take_up(self, id: int) -> None:
        """Do what a key asked for before this belief was known."""
        then, self._then = self._then, None
        if then and then[0] == id:
            then[1]()

    def action_history(self) -> None:
        """Choose any change of the belief to take back, an engine's as well."""
        if (detail := self.detail_for(self.action_history)) is None:
            return
        belief = detail.proposition
        standing = [each for each in detail.revisions if each.seq > 1 and not each.undone]
        if not standing:
            self.tell("No change to take back.")
            return
        choices = [
            (str(each.seq), f"{phrases.when(each.at, self.remote.now)}  {inert(each.cause)}, by {author(each.author)}")
            for each in sorted(standing, key=lambda each: -each.seq)
        ]

        def take(seq: str | None) -> None:
            if seq is not None:
                self._change(belief, lambda client, one: client.undo(one.id, int(seq)), _with(), "Taken back.")

        self.app.push_screen(ChoiceDialog("Which change to take back?", choices, choices[0][0]), take)

    def action_edit(self) -> None:
        belief = self.query_one(BeliefTable).belief
        if belief is None:
            return

        def take(text: str | None) -> None:
            if text is not None:
                change = _with(text=text, edited=True)
                self._change(belief, lambda client, one: client.edit(one.id, text), change, "Edited.")

        self.app.push_screen(WordingDialog("Say it better", "Your words outlive later inference.", belief.text), take)

    def action_add(self) -> None:
        def take(text: str | None) -> None:
            if text is not None:
                self.change(lambda client: client.add_proposition(text), Added, _nothing)

        hint = "One sentence, as in: The user prefers meetings after ten."
        self.app.push_screen(WordingDialog("Tell something about yourself", hint), take)

    def action_forget(self) -> None:
        targets = self.targets
        if targets:
            what = targets[0].text if len(targets) == 1 else phrases.counted(len(targets), "belief")
            self.forget(what, [ForgetIn(proposition=belief.id) for belief in targets])

    # ------------------------------------------------------------------ how a change is made

    def _judge(self, call: Call, change: Change, words: str) -> None:
        targets = self.targets
        if not targets:
            self.tell("No belief is under the cursor.")
        several = Several(words, len(targets)) if len(targets) > 1 else None
        for belief in targets:
            self._change(belief, call, change, words, several)

    def _change(
        self, belief: PropositionView, call: Call, change: Change, words: str, several: Several | None = None
    ) -> None:
        """Show the change at once and have it made; what the daemon refuses is taken back."""
        id = belief.id
        self.judged.add(id)
        if self._overlay.get(id) is None:
            self._overlay.learn(id, belief)
        ticket = self._overlay.change(id, change)
        self._show_known(id)

        def undo() -> None:
            self._overlay.refused(id, ticket)
            self._show_known(id)

        self.remote.change(
            self,
            lambda client: call(client, belief),
            lambda detail: Changed(ticket, detail, words, several),
            lambda error: OneRefused(error, undo, several) if several else Refused(error, undo),
        )

    def _show_known(self, id: int) -> None:
        shown = self._overlay.get(id)
        if shown:
            self.query_one(BeliefTable).replace(shown, self.remote.now)
            if self._detail and self._detail.proposition.id == id == self.query_one(BeliefDetail).shown:
                self.draw_detail(self._detail.model_copy(update={"proposition": shown}))

    def show_detail(self, detail: PropositionDetail) -> None:
        """Show all about a belief as the daemon tells it, with what is still on its way on top."""
        shown = self.known(detail.proposition)
        self.query_one(BeliefTable).replace(shown, self.remote.now)
        self.draw_detail(detail.model_copy(update={"proposition": shown}))

    def draw_detail(self, detail: PropositionDetail) -> None:
        """Draw all about a belief, where it is the one under the cursor."""
        raise NotImplementedError

    def on_changed(self, message: Changed) -> None:
        belief = message.detail.proposition
        self._overlay.settled(belief.id, message.ticket, belief)
        self.show_detail(message.detail)
        if message.several:
            self._answered(message.several)
        else:
            self.tell(message.words)

    def on_one_refused(self, message: OneRefused) -> None:
        message.undo()
        message.several.refused += 1
        message.several.reason = str(message.error)
        self._answered(message.several)

    def _answered(self, several: Several) -> None:
        """Say what became of all of them after the last."""
        several.answered += 1
        if several.answered < several.beliefs:
            return
        beliefs = phrases.counted(several.beliefs, "belief")
        if several.refused:
            self.tell(f"{several.refused:,} of {beliefs}: {several.reason}", title="Not done", wrong=True)
        else:
            self.tell(f"{beliefs}: {several.words}")

    def settle(self) -> None:
        self.judged.clear()

    def gone(self) -> None:
        self.query_one(BeliefTable).mark(self.targets, on=False)


def _with(**fields: object) -> Change:
    return lambda belief: belief.model_copy(update=fields)


def _nothing() -> None:
    """Take nothing back: an added belief is shown only once the daemon has it."""
