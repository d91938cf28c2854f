"""Which of the text on screen the person typed.

Two readings of the same window are compared word by word.  New words that together are no longer than 1.3 times the
keys pressed in between were typed; anything longer was pasted, loaded or scrolled into view.  A reader's slips (a
letter read differently, a counter that moved on) are no new words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby

MOST_PER_KEY = 1.3
ALIKE = 0.75
MOST_READINGS = 3
LEAST_LETTERS = 3  # a shorter piece is more often an icon that was read as letters
WRAPPED = 0.7  # a line at least this long, compared with the longest, may go on in the next
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
class Page:
    """What a window showed at its last reading."""

    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A word of the new reading with the old word that it continues, and how many characters it adds."""

    word: Word
    old: Word | None
    added: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a window, and the keys pressed since: as frames and as activity count them."""

    page: Page
    by_frames: int = 0
    by_activity: int = 0

    @property
    def keys(self) -> int:
        """Both may count the same keys."""
        return max(self.by_frames, self.by_activity)


@dataclass(frozen=True, slots=True)
class History:
    """The last readings of a window, oldest first.

    More than one is kept while the newest holds words that were not told to be typed: the keys may be counted late.
    """

    readings: tuple[Reading, ...] = ()

    def pressed(self, *, by_frames: int = 0, by_activity: int = 0) -> History:
        """Return the history after some more keys."""
        return History(
            tuple(Reading(r.page, r.by_frames + by_frames, r.by_activity + by_activity) for r in self.readings)
        )

    def read(self, text: str) -> tuple[History, str]:
        """Return the history after a new reading, and the text typed since the last; empty when none was."""
        page = compare(Page(), text, 0)[0]
        for reading in self.readings:
            page, typed = compare(reading.page, text, reading.keys)
            if typed:
                return History((Reading(page),)), typed
        return History((*self.readings, Reading(page))[-MOST_READINGS:]), ""


def compare(before: Page, text: str, keys: int) -> tuple[Page, str]:
    """Return the page that a reading makes after `keys` were pressed, and the text typed; empty when none was."""
    words = tuple(Word(word, row) for row, line in enumerate(text.splitlines()) for word in line.split())
    found = _aligned(before.words, words)
    added = sum(item.added + 1 for item in found if item.added) - 1
    typed = 0 < added <= MOST_PER_KEY * keys
    page = Page(tuple(_known(item, typed) for item in found))
    return page, _typed_text(page.words) if typed else ""


def _known(item: _Found, typed: bool) -> Word:
    if item.added:
        return replace(item.word, typed=typed, new=typed)
    return replace(item.word, typed=item.old is not None and item.old.typed)


def _aligned(old: Sequence[Word], new: Sequence[Word]) -> list[_Found]:
    before, after = [_shape(word.text) for word in old], [_shape(word.text) for word in new]
    found: list[_Found] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_Found(word, known, 0) for known, word in zip(old[i:j], new[k:m], strict=True)]
        else:
            found += _paired(list(old[i:j]), new[k:m])
    return found


def _paired(old: list[Word], new: Sequence[Word]) -> list[_Found]:
    """Pair new words with old ones that they are another reading, or a continuation, of; in order."""
    found = []
    for word in new:
        place = next((n for n, known in enumerate(old) if _continues(known, word) or _alike(known, word)), None)
        if place is None:
            found.append(_Found(word, None, len(word.text)))
            continue
        known = old[place]
        del old[: place + 1]
        grown = len(word.text) - len(known.text) if _continues(known, word) else 0
        found.append(_Found(word, known, max(grown, 0)))
    return found


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


def _typed_text(words: Sequence[Word]) -> str:
    """Return the runs of typed words that hold something new, as whole lines, in reading order."""
    lines = [list(group) for _, group in groupby(words, key=lambda word: word.line)]
    longest = max((_length(line) for line in lines), default=0)
    runs: list[list[Word]] = []
    wrapped = False
    for line, following in zip(lines, [*lines, []][1:], strict=True):
        for typed, group in groupby(line, key=lambda word: word.typed):
            run = list(group)
            if typed and wrapped and run[0] is line[0]:
                runs[-1] += run
            elif typed:
                runs.append(run)
        wrapped = line[-1].typed and _length(line) >= WRAPPED * longest and _goes_on(line, following)
    texts = [" ".join(word.text for word in run) for run in runs if any(word.new for word in run)]
    return "\n".join(text for text in texts if sum(character.isalpha() for character in text) >= LEAST_LETTERS)


def _goes_on(line: Sequence[Word], following: Sequence[Word]) -> bool:
    """Return whether a sentence goes on from one line to the next."""
    return line[-1].text[-1] not in ".!?:" and bool(following) and following[0].text[0].islower()


def _length(line: Sequence[Word]) -> int:
    return sum(len(word.text) + 1 for word in line)
