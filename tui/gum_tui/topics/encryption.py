"""Whether what is kept lies encrypted on the disk."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from gum.client import Client
from gum_tui.topics.topic import Shown, Topic, facts

PLAIN = "not encrypted"
PLACES = {"disk": "on the disk, not encrypted", "memory": "in memory alone", "server": "on a server of yours"}
HOLDERS = {"passphrase": "your passphrase", "keyring": "the system keyring", "file": "a file beside it"}


class Encryption(Topic):
    """The state, then one row for each thing that is kept."""

    NAME = "encryption"
    TITLE = "Encryption"

    def read(self, client: Client, now: datetime) -> Shown:  # noqa: ARG002
        status = client.encryption()
        state = (
            "What is kept is encrypted."
            if status.encrypted
            else "What is kept is not encrypted; gumctl encrypt does it."
        )
        kept = [("database", status.database), ("frames", status.frames)]
        rows = [(what, how if status.encrypted else PLAIN) for what, how in kept]
        rows.append(("index for search", PLACES.get(status.index, status.index)))
        if status.held_by:
            rows.append(("the key is held by", HOLDERS.get(status.held_by, status.held_by)))
        return Shown(Content.styled(state, "bold"), facts(rows))
