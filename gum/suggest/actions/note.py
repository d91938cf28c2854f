"""Writes a note as a Markdown file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gum.errors import ActionError
from gum.records import Outcome, Preview
from gum.suggest.actions.files import safe_name, write_new


class NoteAction:
    """Writes `payload["markdown"]` to a new file named after `payload["title"]`."""

    name = "note"
    touches = frozenset({"files"})

    def preview(self, payload: dict[str, Any]) -> Preview:
        """Say what would be written.  Raises ActionError when the payload lacks something."""
        title, text = _content(payload)
        return Preview(f"Write the note {safe_name(title)}.md", text)

    def perform(self, payload: dict[str, Any], folder: Path) -> Outcome:
        """Write the note below `folder`.  Raises ActionError."""
        title, text = _content(payload)
        return Outcome(f"Wrote {write_new(folder, title, '.md', text.encode('utf-8'))}")

    def text(self, payload: dict[str, Any]) -> str:
        """Return the note.  Raises ActionError."""
        return _content(payload)[1]

    def with_text(self, payload: dict[str, Any], text: str) -> dict[str, Any]:
        """Return the payload of a note with another text."""
        return payload | {"markdown": text}


def _content(payload: dict[str, Any]) -> tuple[str, str]:
    title, text = payload.get("title"), payload.get("markdown")
    if not isinstance(title, str) or not isinstance(text, str) or not title.strip() or not text.strip():
        raise ActionError("A note needs a title and a text.")
    return title, text if text.endswith("\n") else f"{text}\n"
