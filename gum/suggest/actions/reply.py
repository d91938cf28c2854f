"""Puts a prepared reply onto the clipboard, and keeps it; sending it is the person's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gum.records import Outcome, Preview
from gum.suggest.actions.files import safe_name, write_new
from gum.suggest.actions.payload import text_of


class ReplyAction:
    """Copies `payload["text"]`; with a `title`, it is kept as a file too.

    Undoing gives the clipboard its old text back, unless something else was copied.
    """

    name = "reply"
    touches = frozenset({"clipboard", "files"})

    def preview(self, payload: dict[str, Any]) -> Preview:
        """Say what would be copied.  Raises ActionError when there is no text."""
        kept = f", and keep it as {safe_name(text_of(payload, 'title', 'A reply'))}.txt" if "title" in payload else ""
        said = f"Copy a reply to the clipboard{kept}; nothing is sent"
        return Preview(said, text_of(payload, "text", "A reply"))

    def perform(self, payload: dict[str, Any], folder: Path) -> Outcome:
        """Ask to have it copied, and write it down.  Raises ActionError."""
        text = text_of(payload, "text", "A reply")
        if "title" in payload:
            write_new(folder, text_of(payload, "title", "A reply"), ".txt", text.encode("utf-8"))
        return Outcome(clipboard=text)

    def text(self, payload: dict[str, Any]) -> str:
        """Return the reply.  Raises ActionError."""
        return text_of(payload, "text", "A reply")

    def with_text(self, payload: dict[str, Any], text: str) -> dict[str, Any]:
        """Return the payload of a reply with another text."""
        return payload | {"text": text}
