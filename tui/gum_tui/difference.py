"""The difference between two wordings, word by word, and between two states of a belief, field by field."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from textual.content import Content

from gum_tui import phrases
from gum_tui.inert import inert

UNSAID = frozenset({"raw_probability", "last_supported", "first_seen", "version", "trust"})
"""Fields that change with every recomputation and say nothing to a person."""


def wording(old: str, new: str) -> Content:
    """Return one line with removed words struck through in brackets and added words underlined after a plus."""
    before, after = inert(old).split(), inert(new).split()
    pieces: list[Content] = []
    for tag, first, last, start, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Content(" ".join(before[first:last])))
            continue
        if first < last:
            pieces.append(Content.styled(f"[-{' '.join(before[first:last])}-]", "$against strike"))
        if start < end:
            pieces.append(Content.styled(f"[+{' '.join(after[start:end])}+]", "$for underline"))
    return Content(" ").join(pieces)


def fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Content]:
    """Return one line for each field that a person cares about and that differs."""
    lines = []
    for name in sorted((set(old) | set(new)) - UNSAID, key=lambda each: (each != "text", each)):
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        if name == "text" and isinstance(before, str) and isinstance(after, str):
            lines.append(wording(before, after))
        else:
            lines.append(Content(f"{name.replace('_', ' ')}: {_value(name, before)} → {_value(name, after)}"))
    return lines


def _value(name: str, value: Any) -> str:
    if name == "probability" and isinstance(value, int | float):
        return phrases.percent(value)
    if value is None or value == "":
        return "none"
    if isinstance(value, bool | int) and name in {"pinned", "edited"}:
        return "yes" if value else "no"
    return inert(str(value), longest=200)
