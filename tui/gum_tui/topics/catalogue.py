"""Models that can be had; getting one goes on in the background."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.content import Content

from gum.client import Client, OfferView
from gum_tui import phrases
from gum_tui.topics.topic import Act, Details, Row, Shown, Topic, titled


class Catalogue(Topic):
    """The one that suits this machine is marked."""

    NAME = "catalogue"
    TITLE = "Catalogue"
    EMPTY: ClassVar[str] = "The catalogue is empty."
    ACTIONS: ClassVar[frozenset[str]] = frozenset({"get", "use", "open"})

    def read(self, client: Client, now: datetime) -> Shown:  # noqa: ARG002
        intro = Content.styled("★ suits this machine. p gets one; it is verified before it is used.", "$quiet")
        return Shown(intro, tuple(_row(one) for one in client.models().catalogue))

    def act(self, action: str, row: Row) -> Act | None:
        one = row.subject
        if not isinstance(one, OfferView):
            return None
        name = one.name
        if action == "use":
            return use(name, row) if one.here and not one.in_use else None
        if one.here:
            return None
        question = f"Get {one.title} ({phrases.size(one.bytes)}) from {one.repository or 'its source'}?"
        return Act(lambda client: client.pull_model(name), row, "It is on its way; see Downloads.", question=question)

    def details(self, client: Client, row: Row) -> Details | None:  # noqa: ARG002
        one = row.subject
        if not isinstance(one, OfferView):
            return None
        facts = [f"licence {one.licence}", f"from {one.repository}", f"needs {one.needs_mb:,} MB of memory"]
        facts += [f"{each.name}  {phrases.size(each.bytes)}" for each in one.files]
        return Details(one.title, "\n".join(facts), one.note or one.name)


def use(name: str, row: Row) -> Act:
    """Return the change that uses a model that is here."""
    return Act(lambda client: client.use_model(name), row, f"{name} is used from the daemon's next start on.")


def _row(one: OfferView) -> Row:
    state = "in use" if one.in_use else "here" if one.here else phrases.size(one.bytes)
    parts = [state, f"for machines with {one.memory_gb} GB", "suits this machine" if one.suits else "", one.note]
    return Row(one.name, titled(one.title, " · ".join(filter(None, parts)), "★" if one.suits else ""), one)
