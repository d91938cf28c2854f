"""What others wrote, as words for Markdown: nothing in them is a link, an image or HTML."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([\\`\[\]<>])")
_LINK = re.compile(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)", re.I)


def literal(text: str) -> str:
    """Return a text on one line in which Markdown finds words alone."""
    return _LINK.sub(r"\\", _MARKUP.sub(r"\\\1", " ".join(text.split())))


def link(text: str, address: str) -> str:
    """Return a link whose words cannot change where it leads."""
    return f"[{literal(text)}](<{address.replace('<', '%3C').replace('>', '%3E')}>)"
