"""Excluding from a screen what was seen there: it is never seen from the next moment on."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from gum.client import ExclusionView, ObservationView
from gum_tui.day import app_name
from gum_tui.dialogs.choice import ChoiceDialog
from gum_tui.inert import inert
from gum_tui.remote import Remote
from gum_tui.screens.section import Section
from gum_tui.topics.exclusions import KINDS


@dataclass
class Excluded(Message):
    """The daemon hides something from now on."""

    rule: ExclusionView


@dataclass
class SeenAgain(Message):
    """The daemon took a rule back."""


class Excluding(Section):
    """What a screen offers from which something can be excluded; `u` takes the last rule back."""

    def __init__(self, remote: Remote) -> None:
        super().__init__(remote)
        self._rule: ExclusionView | None = None

    def exclude(self, one: ObservationView) -> None:
        """Let the person choose whether its application, its title or its site is never seen from now on."""
        choices = [("app", f"the application {app_name(one.app)}")] if one.app else []
        choices += [("title", f"windows titled {inert(one.title, longest=60)}")] if one.title else []
        choices += [("site", f"the site of {inert(one.url, longest=60)}")] if one.url else []

        def take(kind: str | None) -> None:
            if kind is not None:
                self.change(lambda client: client.exclude(kind, observation=one.id), Excluded, _nothing)

        heading = "What is never to be seen from now on? What was seen stays; x forgets it."
        if choices:
            self.app.push_screen(ChoiceDialog(heading, choices, choices[0][0]), take)

    def on_excluded(self, message: Excluded) -> None:
        self._rule = message.rule
        self.tell(f"Never seen from now on: the {KINDS[message.rule.kind]} {message.rule.pattern}. u takes it back.")

    def action_undo(self) -> None:
        """Let be seen again what was excluded last."""
        rule = self._rule
        if rule is None:
            self.tell("Nothing was excluded from here. Privacy lists every rule.")
            return
        self._rule = None
        self.change(lambda client: client.unexclude(rule.kind, rule.pattern), lambda _: SeenAgain(), _nothing)

    def on_seen_again(self) -> None:
        self.tell("It is seen again.")


def _nothing() -> None:
    """Take nothing back: the screen shows only what the daemon answered."""
