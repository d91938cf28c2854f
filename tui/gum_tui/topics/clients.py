"""The programs with a token of their own, and what each may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from textual.content import Content

from gum.client import Client, ClientView
from gum_tui import phrases
from gum_tui.topics.topic import Act, Details, Row, Shown, Topic, titled


class Clients(Topic):
    """Those in force first; one can be ended at once, and what it would see now be shown."""

    NAME = "clients"
    TITLE = "Programs with access"
    EMPTY: ClassVar[str] = "No program has access. gumctl clients add gives one a token of its own."
    ACTIONS: ClassVar[frozenset[str]] = frozenset({"remove", "open"})

    def read(self, client: Client, now: datetime) -> Shown:
        kept = sorted(client.clients(), key=lambda one: (one.revoked, one.name))
        intro = Content.styled("enter shows what one would be told now; d ends its access.", "$quiet")
        return Shown(intro, tuple(_row(one, now) for one in kept))

    def act(self, action: str, row: Row) -> Act | None:  # noqa: ARG002
        one = row.subject
        if not isinstance(one, ClientView) or one.revoked:
            return None
        name = one.name
        after = one.model_copy(update={"revoked": True})
        question = f"End the access of {name}? Its token never works again."
        return Act(
            lambda client: client.revoke_client(name),
            Row(row.id, titled(name, "ended", "✗"), after),
            f"{name} has no access any more.",
            question=question,
        )

    def details(self, client: Client, row: Row) -> Details | None:
        one = row.subject
        if not isinstance(one, ClientView):
            return None
        seen = client.preview_client(one.name)
        lines = _listed("It may", seen.may) + _listed("It may not", seen.may_not)
        lines += _listed("It would be told", [each.text for each in seen.propositions])
        told = f"{phrases.counted(seen.seen, 'belief')} within its limits, {seen.withheld:,} withheld."
        return Details(f"What {one.name} would see", "\n".join(lines), told)


def _listed(title: str, points: Sequence[str]) -> list[str]:
    return [title, *(f"• {each}" for each in points or ("nothing",)), ""]


def _row(one: ClientView, now: datetime) -> Row:
    if one.revoked:
        return Row(one.name, titled(one.name, "ended", "✗"), one)
    parts = [", ".join(one.scopes)]
    if one.limits.themes is not None:
        parts.append(f"only {', '.join(one.limits.themes)}")
    parts.append("anything sensitive" if one.limits.sensitive is None else ", ".join(one.limits.sensitive))
    parts.append(f"until {phrases.when(one.expires_at, now)}" if one.expires_at else "")
    parts.append(f"last asked {phrases.ago(one.last_used, now)}" if one.last_used else "never asked")
    return Row(one.name, titled(one.name, " · ".join(filter(None, parts)), "●"), one)
