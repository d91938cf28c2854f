"""Two readings of one window, word by word: what is the same, what was read differently, and what is new.

Lines are compared first, and a line counts as still there when most of its words are, so that a common word in a new
line is not taken for one that stood elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

ALIKE = 0.75
SURVIVED = 0.6
_EDGES = re.compile(r"^[^\w]+|[^\w]+$")
_ONE_SHAPE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "!": "l", "5": "s", "8": "b", "’": "'", "‘": "'"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a reading: its line, and whether the person is known to have typed it."""

    text: str
    line: int
    typed: bool = False
    new: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A word of the new reading, the old word that it is or continues, and how many characters it adds."""

    word: Word
    old: Word | None
    added: int


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text with their lines."""
    return tuple(Word(word, row) for row, line in enumerate(text.splitlines()) for word in line.split())


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """Return the words line by line."""
    return [list(group) for _, group in groupby(words, key=lambda word: word.line)]


def align(old: Sequence[Word], new: Sequence[Word]) -> list[Found]:
    """Return every word of the new reading with what it was in the old one."""
    old_lines, new_lines = lines_of(old), lines_of(new)
    before, after = [_line_shape(line) for line in old_lines], [_line_shape(line) for line in new_lines]
    found: list[Found] = []
    for _, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        words = list(_align_words(_flat(old_lines[i:j]), _flat(new_lines[k:m])))
        found += _without_chance(words, old_lines[i:j])
    return found


def _align_words(old: list[Word], new: list[Word]) -> Iterator[Found]:
    before, after = [_shape(word.text) for word in old], [_shape(word.text) for word in new]
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Found(word, known, 0) for known, word in zip(old[i:j], new[k:m], strict=True))
        else:
            yield from _paired(old[i:j], new[k:m])


def _paired(old: list[Word], new: Sequence[Word]) -> Iterator[Found]:
    """Pair new words with old ones that they are another reading, or a continuation, of; in order."""
    for word in new:
        place = next((n for n, known in enumerate(old) if _continues(known, word) or _alike(known, word)), None)
        if place is None:
            yield Found(word, None, len(word.text))
            continue
        known, old = old[place], old[place + 1 :]
        grown = len(word.text) - len(known.text) if _continues(known, word) else 0
        yield Found(word, known, max(grown, 0))


def _without_chance(found: list[Found], old_lines: Sequence[Sequence[Word]]) -> list[Found]:
    """Take a match for chance when most of the old line that it comes from is gone; such a word is new."""
    matched = Counter(item.old.line for item in found if item.old is not None)
    gone = {line[0].line for line in old_lines if matched[line[0].line] < SURVIVED * len(line)}
    return [
        Found(item.word, None, len(item.word.text)) if item.old is not None and item.old.line in gone else item
        for item in found
    ]


def _continues(known: Word, word: Word) -> bool:
    old, new = _shape(known.text), _shape(word.text)
    return len(old) >= 1 and len(new) > len(old) and new.startswith(old)


def _alike(known: Word, word: Word) -> bool:
    if not any(c.isalpha() for c in known.text) and not any(c.isalpha() for c in word.text):
        return len(word.text) <= len(known.text) + 1  # a counter, a clock
    old, new = _shape(known.text), _shape(word.text)
    return min(len(old), len(new)) >= 3 and SequenceMatcher(None, old, new, autojunk=False).ratio() >= ALIKE


def _shape(text: str) -> str:
    """Return a word as readers confuse it: without edges, case, and with look-alike characters made one."""
    return _EDGES.sub("", text.casefold()).translate(_ONE_SHAPE) or text


def _line_shape(line: Sequence[Word]) -> tuple[str, ...]:
    return tuple(_shape(word.text) for word in line)


def _flat(lines: Sequence[Sequence[Word]]) -> list[Word]:
    return [word for line in lines for word in line]
