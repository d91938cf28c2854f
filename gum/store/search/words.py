"""Words: from any text to a query of the word index that always parses and stays cheap."""

from __future__ import annotations

import bisect
import itertools
import re
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gum.store.search.bigrams import bigrams, emoji

_WORD = re.compile(r"\w[\w\u0300-\u036f]*(?:['’]\w[\w\u0300-\u036f]*)*")  # an accent may stand by itself
_MOST_WORDS = 64
_MOST_TERMS = 12
_POSTINGS = 4_000  # what one query may rank, at about a microsecond each: common words cost, rare ones tell

_MOST_STEMS = 4096

_STOP_TEXT = (
    "a about am an and any are as at be been but by can could did do does doing for from had has have "
    "having he her hers him his how i if in into is it its just me my no not of on or our ours she should "
    "so some than that the their them then there these they this those to too up us user users very was "
    "we were what when where which while who whom why will with would you your yours"
)
STOP_WORDS = frozenset(_STOP_TEXT.split())


def tokens(text: str) -> list[str]:
    """Return the distinct words of a text, the pairs of scripts without spaces, and the words of emoji."""
    found = [word for word in _WORD.findall(text) if not bigrams(word)] + bigrams(text) + emoji(text)
    return list({token.lower(): token for token in reversed(found)}.values())[::-1]


def all_words(text: str) -> str:
    """Return the query for what holds every word of a text; the last one may be unfinished.

    Nothing to look for gives a query that finds nothing.
    """
    found = [_quoted(token) for token in tokens(text)]
    if not found:
        return _quoted("\ufffd")
    last = found[-1]
    unfinished = text[-1:].isalnum() and not last.endswith("*")
    return " AND ".join([*found[:-1], last + "*" if unfinished else last])


@dataclass(frozen=True, slots=True)
class Asked:
    """One query of the word index; `newest` is the share of the index, from its end, that it may walk through."""

    expression: str
    newest: float = 1.0


def telling(text: str, dropped: Iterable[str] = ()) -> list[str]:
    """Return the words of a text that may tell it from others: no stop words and none of the `dropped` ones."""
    left_out = STOP_WORDS | {word.lower() for word in dropped}
    wanted = [
        token for token in tokens(text) if token.lower() not in left_out and (len(token) > 1 or not token.isascii())
    ]
    return wanted[:_MOST_WORDS]


def asked(counts: Mapping[str, int]) -> list[Asked]:
    """Return the queries for what holds some of these words, none when nothing holds any.

    `counts` gives in how many propositions each word occurs.  What holds a rare word is ranked by all words; what
    holds common words alone is ranked only where their number stays within a budget: rare words tell, common ones cost.
    """
    counted = sorted((count, word) for word, count in counts.items() if count)[:_MOST_TERMS]
    spent = list(itertools.accumulate(count for count, _ in counted))
    words = [_quoted(word) for _, word in counted]
    within = bisect.bisect_right(spent, _POSTINGS)
    rare, common = words[:within], words[within:]
    if not counted:
        return []
    if not common:
        return [Asked(_any(rare))]
    if rare:
        return [Asked(_any(rare)), Asked(f"({_any(rare)}) AND ({_any(common)})")]
    newest = Asked(_any(common), newest=_POSTINGS / spent[-1])
    return [newest] if len(common) == 1 else [Asked(f"{common[0]} AND {common[1]}"), newest]


def _any(words: Iterable[str]) -> str:
    return " OR ".join(words)


class Stems:
    """Gives words the form that the word index keeps them in."""

    def __init__(self, tokenizer: str) -> None:
        self._lock = threading.Lock()
        self._scratch = sqlite3.connect(":memory:", check_same_thread=False)
        self._scratch.execute(f"CREATE VIRTUAL TABLE words USING fts5(word, tokenize='{tokenizer}')")
        self._scratch.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(words, 'instance')")
        self._known: dict[str, str] = {}

    def of(self, words: Iterable[str]) -> dict[str, str]:
        """Return the stem of each word; one that the index would not see is its own."""
        with self._lock:
            new = [word for word in dict.fromkeys(words) if word not in self._known]
            if len(self._known) > _MOST_STEMS:
                self._known.clear()
                new = list(dict.fromkeys(words))
            if new:
                self._known.update(zip(new, self._made(new), strict=True))
            return {word: self._known[word] for word in words}

    def _made(self, words: Sequence[str]) -> list[str]:
        self._scratch.executemany("INSERT INTO words(rowid, word) VALUES(?, ?)", enumerate(words))
        found = self._scratch.execute("SELECT doc, term FROM stems ORDER BY doc, offset DESC").fetchall()
        self._scratch.rollback()
        first = dict(found)
        return [str(first.get(number, word)) for number, word in enumerate(words)]

    def close(self) -> None:
        with self._lock:
            self._scratch.close()


def _quoted(token: str) -> str:
    """Return a token as an FTS5 string; a single character of a script without spaces begins some pair."""
    alone = len(token) == 1 and bool(bigrams(token))
    return '"' + token.replace('"', '""') + '"' + ("*" if alone else "")
