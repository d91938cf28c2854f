"""The settings file in words: a value as TOML writes it, and a file that explains every setting."""

from __future__ import annotations

import json
import textwrap
from typing import Any

from gum import config

WIDTH = 100
HEAD = """\
# Settings of gum-desktop, each with its meaning and its default; take away the '# ' before one to change it.
# 'gumctl config check' says what is wrong with this file.  The daemon reads it at its start: gumctl restart
"""


def toml(value: Any) -> str:
    """Word a value as the settings file does, so that a line can be copied into it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(toml, value)) + "]"
    words = json.dumps(value, ensure_ascii=False)  # of words, numbers and yes or no, JSON and TOML write the same
    return words.replace("\x7f", "\\u007f")  # but for this control character


def explained(name: str = "") -> str:
    """Return a settings file in which every setting is a comment, but for the person's name where it is given."""
    pieces, section = [HEAD], ""
    for key, field in config.fields().items():
        part, _, setting = key.rpartition(".")
        if not part:  # settings of single observers: their keys are the observers' own
            continue
        if part != section:
            pieces.append(f"\n[{part}]\n")
            section = part
        meaning = textwrap.fill(field.description or "", WIDTH, initial_indent="# ", subsequent_indent="# ")
        chosen = name if key == "person.name" else ""
        value = toml(chosen or field.get_default(call_default_factory=True))
        pieces.append(f"{meaning}\n{'' if chosen else '# '}{setting} = {value}\n")
    return "".join(pieces)
