"""Lists of words, kept as text files, one word a line."""

from __future__ import annotations

from importlib import resources


def load(name: str) -> frozenset[str]:
    """Return the words of `words/<name>.txt`."""
    text = resources.files(__package__).joinpath("words", f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
