"""Wallet recovery phrases and lists of recovery codes: secrets of several words or lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

LANGUAGES = ("english", "french", "spanish", "italian", "portuguese", "czech")
LEAST_WORDS = 9  # phrases have 12 to 24; fewer while one is being typed or read badly
NEAR = 300  # characters
LEAST_NAMED = 4  # under a heading that names a phrase
_WORD = re.compile(r"[^\W\d_]{3,9}")
_BETWEEN = re.compile(r"[\s\d.,;:)(\-|#\"'\[\]/]{0,12}")
_PHRASE = re.compile(
    r"(?i)(?:seed|recovery|backup|secret|mnemonic|wiederherstellungs|secrete?)[ \-]?(?:phrase|words?|wörter)|mnemonic"
    r"|phrase (?:de récupération|secrète)|frase (?:semilla|de recuperación)"
)
_CODES = re.compile(
    r"(?i)(?:recovery|backup|back-up|emergency|scratch|rescue|wiederherstellungs|notfall"
    r"|backup-)[ \-]?(?:codes?|keys?|schlüssel)"
    r"|codes? de (?:récupération|secours)|códigos? de (?:recuperación|respaldo)"
)
_CODE = re.compile(
    r"(?<![\w.\-/])(?:(?=[A-Za-z]*\d)[A-Za-z0-9]{4,8}(?:[\- ](?=[A-Za-z]*\d"
    r"|[A-Z]{4})[A-Za-z0-9]{3,8}){1,8}|(?=[A-Za-z]*\d)[A-Za-z0-9]{8,16}"
    r"|\d{6,8})(?![\w\-/])"
)
CODE_LINES = 16


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where recovery phrases and recovery codes stand."""
    yield from _phrases(text)
    for heading in _CODES.finditer(text):
        below = _lines(text, heading.end(), CODE_LINES)
        yield from ((*match.span(), "recovery code") for match in _CODE.finditer(text, heading.end(), below))


def _phrases(text: str) -> Iterator[tuple[int, int, str]]:
    named = [heading.end() for heading in _PHRASE.finditer(text)]
    words = list(_WORD.finditer(text))
    for known in _lists():
        run: list[re.Match[str]] = []
        for word in words:
            if run and not _BETWEEN.fullmatch(text, run[-1].end(), word.start()):
                yield from _phrase(run, named)
                run = []
            if word[0].casefold() in known:
                run.append(word)
            elif run:
                yield from _phrase(run, named)
                run = []
        yield from _phrase(run, named)


def _phrase(run: list[re.Match[str]], named: list[int]) -> Iterator[tuple[int, int, str]]:
    if not run:
        return
    heading = max((end for end in named if run[0].start() - NEAR < end <= run[-1].start()), default=None)
    words = [word for word in run if heading is None or word.start() >= heading]
    distinct = {word[0].casefold() for word in words}  # a phrase hardly ever holds a word twice
    if len(distinct) >= (LEAST_WORDS if heading is None else LEAST_NAMED):
        yield words[0].start(), words[-1].end(), "recovery phrase"


def _lines(text: str, start: int, count: int) -> int:
    """Return where the given number of lines after a place ends."""
    at = start
    for _ in range(count):
        following = text.find("\n", at)
        if following < 0:
            return len(text)
        at = following + 1
    return at


@cache
def _lists() -> tuple[frozenset[str], ...]:
    import mnemonic

    folder = Path(mnemonic.__file__).parent / "wordlist"
    return tuple(
        frozenset((folder / f"{name}.txt").read_text(encoding="utf-8").split())
        for name in LANGUAGES
        if (folder / f"{name}.txt").is_file()
    )
