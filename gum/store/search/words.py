"""Words: from any text to a query of the word index that always parses and stays cheap."""

from __future__ import annotations

import functools
import re
import sqlite3
import threading
from collections.abc import Callable, Iterable

from gum.store.search.bigrams import bigrams

_WORD = re.compile(r"\w[\w\u0300-\u036f]*(?:['’]\w[\w\u0300-\u036f]*)*")  # an accent may stand by itself
_MOST_WORDS = 64
_MOST_TERMS = 12
_POSTINGS = 30_000  # what one query may walk through: common words cost, rare ones tell

_STOP_TEXT = (
    "a about am an and any are as at be been but by can could did do does doing for from had has have "
    "having he her hers him his how i if in into is it its just me my no not of on or our ours she should "
    "so some than that the their them then there these they this those to too up us user users very was "
    "we were what when where which while who whom why will with would you your yours"
)
STOP_WORDS = frozenset(_STOP_TEXT.split())


def tokens(text: str) -> list[str]:
    """Return the distinct words of a text, and the pairs of scripts without spaces, in their order."""
    found = [word for word in _WORD.findall(text) if not bigrams(word)] + bigrams(text)
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


def any_word(text: str, dropped: Iterable[str], frequency: Callable[[str], int]) -> str:
    """Return the query for what holds some of the telling words of a text, the empty string when none tells.

    Stop words and the `dropped` ones do not count, nor words that nothing holds.  `frequency` gives in how many
    propositions a word occurs; the rarest are asked for, until a budget of postings is spent.
    """
    left_out = STOP_WORDS | {word.lower() for word in dropped}
    wanted = [
        token for token in tokens(text) if token.lower() not in left_out and (len(token) > 1 or not token.isascii())
    ]
    counted = sorted((count, token) for token in wanted[:_MOST_WORDS] if (count := frequency(token)))
    chosen: list[str] = []
    spent = 0
    for count, token in counted[:_MOST_TERMS]:
        if chosen and spent + count > _POSTINGS:
            break
        chosen.append(_quoted(token))
        spent += count
    return " OR ".join(chosen)


class Stems:
    """Gives a word the form that the word index keeps it in."""

    def __init__(self, tokenizer: str) -> None:
        self._lock = threading.Lock()
        self._scratch = sqlite3.connect(":memory:", check_same_thread=False)
        self._scratch.execute(f"CREATE VIRTUAL TABLE words USING fts5(word, tokenize='{tokenizer}')")
        self._scratch.execute("CREATE VIRTUAL TABLE stems USING fts5vocab(words, 'row')")
        self.of = functools.lru_cache(maxsize=4096)(self._of)

    def _of(self, word: str) -> str:
        with self._lock:
            self._scratch.execute("INSERT INTO words(word) VALUES(?)", (word,))
            row = self._scratch.execute("SELECT term FROM stems LIMIT 1").fetchone()
            self._scratch.rollback()
        return word if row is None else str(row[0])

    def close(self) -> None:
        with self._lock:
            self._scratch.close()


def _quoted(token: str) -> str:
    """Return a token as an FTS5 string; a single character of a script without spaces begins some pair."""
    alone = len(token) == 1 and bool(bigrams(token))
    return '"' + token.replace('"', '""') + '"' + ("*" if alone else "")
