"""Writes a note as a Markdown file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gum.errors import ActionError
from gum.records import Outcome, Preview
from gum.suggest.actions.files import remove_unchanged, safe_name, write_new


class NoteAction:
    """Writes `payload["markdown"]` to a new file named after `payload["title"]`."""

    name = "note"

    def preview(self, payload: dict[str, Any]) -> Preview:
        """Say what would be written.  Raises ActionError when the payload lacks something."""
        title, text = _content(payload)
        return Preview(f"Write the note {safe_name(title)}.md", text)

    def perform(self, payload: dict[str, Any], folder: Path) -> Outcome:
        """Write the note below `folder`.  Raises ActionError."""
        title, text = _content(payload)
        record = write_new(folder, title, ".md", text.encode("utf-8"))
        return Outcome(f"Wrote {record.partition('  ')[2]}", (record,))

    def undo(self, outcome: Outcome, folder: Path) -> None:
        """Remove the note.  Raises ActionError when it was changed since."""
        remove_unchanged(folder, outcome.files)


def _content(payload: dict[str, Any]) -> tuple[str, str]:
    title, text = payload.get("title"), payload.get("markdown")
    if not isinstance(title, str) or not isinstance(text, str) or not title.strip() or not text.strip():
        raise ActionError("A note needs a title and a text.")
    return title, text if text.endswith("\n") else f"{text}\n"
