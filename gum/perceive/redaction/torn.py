"""Puts together what a reader of pixels tore apart: a long run with spaces in it, a line that the window broke.

Readers put spaces around dots and dashes, and beside narrow letters, of runs that are no words.  A gap is closed only
between pieces that no word looks like, so that prose stays as it is.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

from gum.perceive.redaction.looks import fragment

_GAP = re.compile(r"(?<=\S)(?:[ \t]{1,2}|[ \t]*\n[ \t]*)(?=\S)")
_RUN_CHARACTERS = frozenset(string.ascii_letters + string.digits + "+/_=~.-|")
_NO_WORD = re.compile(r"\d|[a-z][A-Z]")
_AFTER = re.compile(r"[A-Za-z0-9+/_=~.\-|]*")
_RUN_ON = re.compile(r"(?:(?<=[A-Za-z0-9])[A-Za-z0-9_+/=~\-]*)?")
_PIECE = re.compile(r"(?!\[redacted)[ \t\]\[@©®°]*(?:\n[ \t]*)?([A-Za-z0-9+/_=~.\-|@]+)")
_SIGN_IN = re.compile(r":[^\s/@]+@[\w\-]+\.\w")
_NUMBER = re.compile(r"\d{6,}")
WIDE = 60  # a line at least this long may have been broken by its window
SHORT = 3
MOST_SHORT = 4  # pieces in a row
TEARING = 16  # a secret at least this long may have been torn
LONG_RUN = 20  # no word is as long
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Joined:
    """A text without the gaps that tore its runs; `places` are where its characters stand in the text itself."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the text itself that a span of the joined text stands for."""
        return self.places[start], self.places[end - 1] + 1


def joined(text: str) -> Joined | None:
    """Return the text with its tears closed; None when there are none."""
    widest = max((len(line) for line in text.splitlines()), default=0)
    parts: list[str] = []
    places: list[int] = []
    at, left = 0, ""
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        run = text[_run_start(text, max(at, start - LONGEST), start) : start]
        left = left + run if len(run) == start - at else run  # what was joined so far goes on
        if _torn(text, start, end, left, widest):
            parts.append(text[at:start])
            places += range(at, start)
            at = end
        else:
            left = ""
    if not parts:
        return None
    return Joined("".join([*parts, text[at:]]), (*places, *range(at, len(text))))


def _torn(text: str, start: int, end: int, left: str, widest: int) -> bool:
    """Return whether the gap between the run on its left and what follows it is a tear."""
    if _SIGN_IN.match(text, end) or (text[start - 1] == ":" and text.startswith("//", end)):
        return True
    right = _AFTER.match(text, end)
    piece = right[0] if right else ""
    if not left or not piece:
        return False
    known, goes_on = _random(left), _random(piece)
    if "\n" in text[start:end]:
        return _is_wide(text, start, widest) and (known or goes_on)
    if known and goes_on:
        return True
    if known and len(piece) <= SHORT:
        following = _AFTER.match(text, _skip(text, end + len(piece)))
        return _links(piece) or (following is not None and (_random(following[0]) or _links(following[0])))
    return (_links(left[-1]) or _links(piece[0])) and (known or goes_on)


def end_of_run(text: str, start: int, end: int) -> int:
    """Return where a long secret ends with all that was torn off behind it, in its line and in those it runs on in."""
    end = _RUN_ON.match(text, end).end()  # type: ignore[union-attr]  # matches always
    if end - start < TEARING:
        return end
    widest = max(len(line) for line in text.splitlines())
    while (piece := _PIECE.match(text, end)) and _belongs(text, end, piece, widest):
        end = piece.end()
    return end


def _belongs(text: str, end: int, piece: re.Match[str], widest: int) -> bool:
    """Return whether a piece behind a secret is a part of it: no word looks like it, or leads to one that does not."""
    if "\n" in text[end : piece.start(1)]:
        return _is_wide(text, end, widest)
    for _ in range(MOST_SHORT):
        if _random(piece[1]) or len(piece[1]) >= LONG_RUN:
            return True
        following = _PIECE.match(text, piece.end())
        if following is None or (len(piece[1]) > SHORT and not _links(piece[1][0])):
            return False
        piece = following
    return False


def _is_wide(text: str, end: int, widest: int) -> bool:
    return end - (text.rfind("\n", 0, end) + 1) >= max(WIDE, 0.85 * widest)


def _random(piece: str) -> bool:
    """Return whether a run of characters is a piece of a key rather than a word."""
    if not _NO_WORD.search(piece):
        return False
    return any(
        (len(part) >= 4 and fragment(part)) or _NUMBER.fullmatch(part) for part in re.split(r"[+/_=~.\-|]", piece)
    )


def _run_start(text: str, low: int, end: int) -> int:
    """Return where the run of characters of keys that ends here begins."""
    while end > low and text[end - 1] in _RUN_CHARACTERS:
        end -= 1
    return end


def _links(piece: str) -> bool:
    return bool(piece) and all(character in "._-/|~" for character in piece)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at
