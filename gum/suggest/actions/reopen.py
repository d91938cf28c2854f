"""Opens pages and documents again that the person had open, and keeps a list of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gum.records import Outcome, Preview
from gum.suggest.actions.files import safe_name, write_new
from gum.suggest.actions.payload import line, text_of, texts_of
from gum.suggest.effects.opening import MOST


class ReopenAction:
    """Opens `payload["addresses"]`: web pages, and documents as file:// addresses, which were observed, and only those.

    The preview names each in full.  A `title` with a `markdown` is written as a note beside it.  What was opened stays
    open when it is undone; the person closes it.
    """

    name = "reopen"
    touches = frozenset({"opens", "files"})

    def preview(self, payload: dict[str, Any]) -> Preview:
        """Say what would be opened.  Raises ActionError when the payload names nothing."""
        found = _addresses(payload)
        note = _note(payload)
        things = "a page or document" if len(found) == 1 else f"{len(found)} pages or documents"
        said = f"Open {things} that you had open" + (f", and write the note {safe_name(note[0])}.md" if note else "")
        return Preview(said, note[1] if note else "\n".join(line(one) for one in found))

    def perform(self, payload: dict[str, Any], folder: Path) -> Outcome:
        """Ask to have them opened, and write the note.  Raises ActionError."""
        found = _addresses(payload)
        if note := _note(payload):
            write_new(folder, note[0], ".md", note[1].encode("utf-8"))
        return Outcome(opens=tuple(found))


def _addresses(payload: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(texts_of(payload, "addresses", "Opening again", MOST)))


def _note(payload: dict[str, Any]) -> tuple[str, str] | None:
    if "markdown" not in payload:
        return None
    return text_of(payload, "title", "A note"), text_of(payload, "markdown", "A note")
