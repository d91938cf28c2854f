"""What is never seen: applications, titles and sites."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.content import Content

from gum.client import Client, ExclusionView
from gum_tui.topics.topic import Act, Row, Shown, Topic, titled

KINDS = {"app": "application", "title": "title", "site": "site"}
SOURCES = {"you": "added by you", "settings": "in the settings file", "seeded": "comes with the program"}


class ExclusionRules(Topic):
    """The person's own rules first; those can be removed."""

    NAME = "exclusions"
    TITLE = "Never seen"
    EMPTY: ClassVar[str] = "No rule: every window is seen. n adds one."
    ACTIONS: ClassVar[frozenset[str]] = frozenset({"add", "remove"})

    def read(self, client: Client, now: datetime) -> Shown:  # noqa: ARG002
        intro = Content.styled(
            "A window that fits a rule is never captured, from the next moment on. n adds one.", "$quiet"
        )
        return Shown(intro, tuple(rule_row(rule) for rule in client.exclusions()))

    def act(self, action: str, row: Row) -> Act | None:
        rule = row.subject
        if action != "remove" or not isinstance(rule, ExclusionView):
            return None
        kind, pattern = rule.kind, rule.pattern
        return Act(
            lambda client: client.unexclude(kind, pattern),
            None,
            "The rule is gone.",
            back=lambda client: client.exclude(kind, pattern),
        )


def added(kind: str, pattern: str) -> Act:
    """Return the change that adds a rule; its row comes with the daemon's answer."""
    return Act(
        lambda client: client.exclude(kind, pattern),
        None,
        "It is not seen from now on.",
        back=lambda client: client.unexclude(kind, pattern),
    )


def rule_row(rule: ExclusionView) -> Row:
    """Return a rule as a row."""
    about = " · ".join(filter(None, (KINDS[rule.kind], SOURCES[rule.source], rule.why)))
    return Row(f"{rule.kind} {rule.pattern}", titled(rule.pattern, about), rule)
