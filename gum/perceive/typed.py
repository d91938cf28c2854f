"""Which of the text on screen the person typed.

Two readings of the same window are compared word by word.  New words that together are no longer than 1.3 times the
keys pressed in between were typed; anything longer was pasted, loaded or scrolled into view.  A reader's slips (a
letter read differently, a counter that moved on) are no new words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from gum.perceive.alignment import Found, Word, align, lines_of, words_of

MOST_PER_KEY = 1.3
MOST_READINGS = 3
LEAST_LETTERS = 3  # a shorter piece is more often an icon that was read as letters
WRAPPED = 0.7  # a line at least this long, compared with the longest, may go on in the next


@dataclass(frozen=True, slots=True)
class Page:
    """What a window showed at one reading, and under which title."""

    words: tuple[Word, ...] = ()
    title: str = ""


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

    def read(self, text: str, title: str = "") -> tuple[History, str]:
        """Return the history after a new reading, and the text typed since the last; empty when none was."""
        page = Page(words_of(text), title)
        for reading in self.readings:
            page, typed = compare(reading.page, text, reading.keys, title)
            if typed:
                return History((Reading(page),)), typed
        return History((*self.readings, Reading(page))[-MOST_READINGS:]), ""


def compare(before: Page, text: str, keys: int, title: str = "") -> tuple[Page, str]:
    """Return the page that a reading makes after `keys` were pressed, and the text typed; empty when none was."""
    found = align(before.words, words_of(text))
    added = sum(item.added + 1 for item in found if item.added) - 1
    typed = 0 < added <= MOST_PER_KEY * keys and not (title != before.title and _sent(before, found))
    page = Page(tuple(_known(item, typed) for item in found), title)
    return page, _typed_text(page.words) if typed else ""


def _sent(before: Page, found: Sequence[Found]) -> bool:
    """Return whether most of what was typed is gone: it was sent off, and what is new is the answer."""
    typed = sum(word.typed for word in before.words)
    left = sum(item.old is not None and item.old.typed for item in found)
    return typed > 0 and left < typed / 2


def _known(item: Found, typed: bool) -> Word:
    if item.added:
        return replace(item.word, typed=typed, new=typed)
    return replace(item.word, typed=item.old is not None and item.old.typed)


def _typed_text(words: Sequence[Word]) -> str:
    """Return the runs of typed words that hold something new, as whole lines, in reading order."""
    lines = lines_of(words)
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
