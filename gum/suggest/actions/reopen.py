"""Opens pages and documents again that the person had open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gum.records import Outcome, Preview
from gum.suggest.actions.payload import line, texts_of
from gum.suggest.effects.opening import MOST


class ReopenAction:
    """Opens `payload["addresses"]`: web pages, and documents as file:// addresses, which were observed, and only those.

    The preview names each in full.  What was opened stays open when it is undone; the person closes it.
    """

    name = "reopen"
    touches = frozenset({"opens"})

    def preview(self, payload: dict[str, Any]) -> Preview:
        """Say what would be opened.  Raises ActionError when the payload names nothing."""
        found = _addresses(payload)
        said = "a page" if len(found) == 1 else f"{len(found)} pages"
        return Preview(f"Open {said} that you had open", "\n".join(line(one) for one in found))

    def perform(self, payload: dict[str, Any], folder: Path) -> Outcome:  # noqa: ARG002 - it writes no file
        """Ask to have them opened.  Raises ActionError."""
        return Outcome(opens=tuple(_addresses(payload)))


def _addresses(payload: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(texts_of(payload, "addresses", "Opening again", MOST)))
