"""The vocabulary of the word index: in how many propositions a word occurs, and which names are everywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gum.store.connection import Connection, marks
from gum.store.search.words import STOP_WORDS, Stems

_TOKENIZER = "porter unicode61 remove_diacritics 2"
_NAME = re.compile(r"(?<=\S\s)[^\W\d_]\w+")
# A name that stands in so large a part of all propositions does not tell them apart, yet it draws the query's vector
# towards everything that holds it.  Any share from .05 to .30 served five long dialogues equally well.
_EVERYWHERE = 0.15
_FEWEST = 20  # propositions, before that can be told
_SOMEBODY = "someone"


class Vocabulary:
    """What the word index knows of words, whatever their form."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection
        self._stems = Stems(_TOKENIZER)

    def counts(self, words: Sequence[str]) -> dict[str, int]:
        """Return in how many propositions each word occurs."""
        stems = self._stems.of(words)
        terms = sorted(set(stems.values()))
        sql = f"SELECT term, doc FROM propositions_vocabulary WHERE term IN ({marks(terms)})"  # noqa: S608
        found = {row["term"]: row["doc"] for row in self._sql.rows(sql, terms)} if terms else {}
        return {word: found.get(stems[word], 0) for word in words}

    def stems(self, words: Sequence[str]) -> set[str]:
        """Return the forms in which the index keeps some words."""
        return set(self._stems.of(words).values())

    def size(self) -> int:
        """Return about how many propositions there are: forgotten ones may be counted."""
        return int(self._sql.value("SELECT coalesce(max(id), 0) FROM propositions"))

    def without_names(self, text: str) -> str:
        """Return the text with each name that stands everywhere read as 'someone'.

        A name is a word with a capital letter that does not begin the text.
        """
        size = self.size()
        names = [word for word in dict.fromkeys(_NAME.findall(text)) if _capital(word)]
        if size < _FEWEST or not names:
            return text
        everywhere = {name for name, count in self.counts(names).items() if count >= _EVERYWHERE * size}
        return _NAME.sub(lambda name: _SOMEBODY if name[0] in everywhere else name[0], text)

    def close(self) -> None:
        self._stems.close()


def _capital(word: str) -> bool:
    return word[0].isupper() and word.lower() not in STOP_WORDS
