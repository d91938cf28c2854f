"""Privacy: what is never seen, what is held back, who was told what, how long it is kept, whether anything leaves."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from gum.client import Client, DaemonStatus
from gum_tui.dialogs.choice import ChoiceDialog
from gum_tui.dialogs.wording import WordingDialog
from gum_tui.keys import PRIVACY, bindings
from gum_tui.screens.today import PAUSE_MINUTES
from gum_tui.screens.topics import TopicsSection
from gum_tui.topics.access import AccessLog
from gum_tui.topics.categories import Categories
from gum_tui.topics.clients import Clients
from gum_tui.topics.egress import Egress
from gum_tui.topics.encryption import Encryption
from gum_tui.topics.exclusions import KINDS, ExclusionRules, added
from gum_tui.topics.held import HeldBack
from gum_tui.topics.ledger import LedgerOfDays
from gum_tui.topics.recording import Recording
from gum_tui.topics.retention import Retention
from gum_tui.topics.topic import Act, Topic

EXAMPLES = {
    "app": "The application's name or window class, as KeePassXC.",
    "title": "A regular expression that the title fits, as (?i)salary.",
    "site": "A host name with all below it, as bank.example.org.",
}


class PrivacySection(TopicsSection):
    """Everything of it can be changed here, and most of it taken back."""

    MODE = "privacy"
    KEYS = PRIVACY
    BINDINGS: ClassVar[list[BindingType]] = bindings(PRIVACY)
    TOPICS: ClassVar[tuple[Topic, ...]] = (
        Recording(),
        ExclusionRules(),
        Categories(),
        HeldBack(),
        Retention(),
        Clients(),
        AccessLog(),
        LedgerOfDays(),
        Encryption(),
        Egress(),
    )
    HELP_TEXT = (
        "What is never seen, which sensitive matters may be believed, what is held back until you answer, how long "
        "it is kept, which programs have access and what they were told, and whether anything leaves this machine. "
        "The ledger counts what was kept, hidden and removed, never what it was."
    )

    def state(self) -> object:
        status = self.remote.status
        return (super().state(), status.held_back, status.verdict) if status else None

    def action_pause(self) -> None:
        """Pause for a quarter of an hour, or go on."""
        status = self.remote.status
        words = "It goes on." if status and status.paused else f"Paused for {PAUSE_MINUTES} minutes."
        self.carry_out(Act(_resume if status and status.paused else _pause, None, words))

    def action_allow(self) -> None:
        """Allow what is under the cursor."""
        self.act("allow")

    def action_refuse(self) -> None:
        """Refuse it, or hold the category back."""
        self.act("refuse")

    def action_remove(self) -> None:
        """Remove the rule, or end a program's access."""
        self.act("remove")

    def action_add(self) -> None:
        """Ask for a rule and add it."""

        def kind_chosen(kind: str | None) -> None:
            if kind:
                heading = f"Never see this {KINDS[kind]}"
                self.app.push_screen(
                    WordingDialog(heading, EXAMPLES[kind]),
                    lambda pattern: self.carry_out(added(kind, pattern)) if pattern else None,
                )

        choices = [(kind, f"an {name}" if kind == "app" else f"a {name}") for kind, name in KINDS.items()]
        self.topics.choose(ExclusionRules.NAME)
        self.app.push_screen(ChoiceDialog("Never see", choices, "app"), kind_chosen)


def _pause(client: Client) -> DaemonStatus:
    return client.pause(PAUSE_MINUTES)


def _resume(client: Client) -> DaemonStatus:
    return client.resume()
