"""Makes text that came from a screen harmless to show.

Observed text may hold terminal escapes, invisible characters and direction overrides.  What comes out
of `inert` moves no cursor, reorders nothing and has no hidden part; it is plain text, never markup, so
show it as `textual.content.Content` or `rich.text.Text`, both of which take it literally.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 20_000
"""Characters of one text that are shown; more would make the terminal slow and help nobody."""

_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DIRECTION_MARK = "⇄"
_UNSHOWABLE = "\ufffd"
_HANGUL_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u034f\u2800\u17b4\u17b5")
_MOST_MARKS = 4
"""Combining marks on one letter; more of them climb over the neighbouring lines."""

_PLAIN = re.compile(r"[\x20-\x7e]*")


def inert(text: str, *, lines: bool = False, longest: int = LONGEST) -> str:
    """Return the text as it may be shown: controls made visible, invisible characters taken out.

    Escape becomes '␛' and other controls their pictures, a direction override becomes '⇄', zero-width
    characters go, lone surrogates become '\ufffd'.  With `lines` line breaks stay; without, every run of
    white space becomes one space.  A text above `longest` characters is cut and says so.
    """
    cut = len(text) - longest
    shown = text[:longest] if cut > 0 else text
    shown = shown.replace("\r\n", "\n").replace("\r", "\n") if lines else " ".join(shown.split())
    if not _PLAIN.fullmatch(shown):
        shown = _harmless(shown)
    return f"{shown} … ({cut:,} more characters)" if cut > 0 else shown


def _harmless(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        visible = _visible(character)
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if marks <= _MOST_MARKS:
            kept.append(visible)
    return "".join(kept)


def _visible(character: str) -> str:
    code = ord(character)
    if character == "\n" or 0x20 <= code < 0x7F:
        return character
    if character == "\t":
        return "    "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if character in _DIRECTION:
        return _DIRECTION_MARK
    return _of_category(character, unicodedata.category(character))


def _of_category(character: str, category: str) -> str:
    if category == "Cf" or character in _HANGUL_FILLERS:
        return ""
    if category in {"Zl", "Zp"}:
        return "\n"
    if category in {"Cc", "Cs", "Co"} or ord(character) & 0xFFFE == 0xFFFE:
        return _UNSHOWABLE
    return " " if category == "Zs" else character
