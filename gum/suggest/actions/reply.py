"""Puts a prepared reply onto the clipboard; sending it is the person's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gum.records import Outcome, Preview
from gum.suggest.actions.payload import text_of


class ReplyAction:
    """Copies `payload["text"]`; undoing gives the clipboard its old text back, unless something else was copied."""

    name = "reply"
    touches = frozenset({"clipboard"})

    def preview(self, payload: dict[str, Any]) -> Preview:
        """Say what would be copied.  Raises ActionError when there is no text."""
        return Preview("Copy a reply to the clipboard; nothing is sent", text_of(payload, "text", "A reply"))

    def perform(self, payload: dict[str, Any], folder: Path) -> Outcome:  # noqa: ARG002 - it writes no file
        """Ask to have it copied.  Raises ActionError."""
        return Outcome(clipboard=text_of(payload, "text", "A reply"))
