"""Writes a checklist as a Markdown file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from gum.records import Outcome, Preview
from gum.suggest.actions.files import safe_name, write_new
from gum.suggest.actions.payload import line, text_of, texts_of
from gum.suggest.plain import literal

_BOX = re.compile(r"^\s*(?:[-*+]|\d+[.)])?\s*(?:\[[ xX]?\])?\s*")


class ChecklistAction:
    """Writes `payload["items"]` as boxes to tick, under `payload["title"]`; `payload["below"]` may hold lines."""

    name = "checklist"
    touches = frozenset({"files"})

    def preview(self, payload: dict[str, Any]) -> Preview:
        """Say what would be written.  Raises ActionError when the payload lacks something."""
        title, text = _content(payload)
        return Preview(f"Write the checklist {safe_name(title)}.md", text)

    def perform(self, payload: dict[str, Any], folder: Path) -> Outcome:
        """Write the checklist.  Raises ActionError."""
        title, text = _content(payload)
        return Outcome(f"Wrote {write_new(folder, title, '.md', text.encode('utf-8'))}")

    def text(self, payload: dict[str, Any]) -> str:
        """Return the items, one a line.  Raises ActionError."""
        return "\n".join(f"- {line(one)}" for one in texts_of(payload, "items", "A checklist"))

    def with_text(self, payload: dict[str, Any], text: str) -> dict[str, Any]:
        """Return the payload of a checklist with these lines, but for headings, as its items."""
        lines = [one for one in text.splitlines() if not one.startswith("#")]
        return payload | {"items": [item for one in lines if (item := _BOX.sub("", one).strip())]}


def _content(payload: dict[str, Any]) -> tuple[str, str]:
    title = text_of(payload, "title", "A checklist")
    items = texts_of(payload, "items", "A checklist")
    below = texts_of(payload, "below", "A checklist") if payload.get("below") else []
    boxes = [f"- [ ] {literal(one)}" for one in items]
    return title, "\n".join([f"# {literal(title)}", "", *boxes, *(("", *map(literal, below)) if below else ()), ""])
