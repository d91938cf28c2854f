"""What others wrote, as words for Markdown: nothing in them is a link, an image or HTML."""

from __future__ import annotations

import re

LEFT_OUT = "(an address that nobody had named was left out)"
_PART = r"[^\s<>()\[\]\"'`]"
_ADDRESS = re.compile(rf"\b(?:(?:https?|ftp|file|mailto):|www\.){_PART}*(?![.,;:!?]){_PART}", re.I)
_MARKUP = re.compile(r"([\\`\[\]<>])")
_LINK = re.compile(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)", re.I)


def literal(text: str) -> str:
    """Return a text on one line in which Markdown finds words alone."""
    return _LINK.sub(r"\\", _MARKUP.sub(r"\\\1", " ".join(text.split())))


def link(text: str, address: str) -> str:
    """Return a link whose words cannot change where it leads."""
    return f"[{literal(text)}](<{address.replace('<', '%3C').replace('>', '%3E')}>)"


def without_new_addresses(text: str, known: str) -> str:
    """Return what a model wrote without the addresses that the known text does not hold."""
    told = set(_ADDRESS.findall(known))
    return _ADDRESS.sub(lambda hit: hit[0] if hit[0] in told else LEFT_OUT, text)
