"""Words: from what a person types to a query of the word index that always parses and stays cheap."""

from __future__ import annotations

import re
import unicodedata

from gum.store.search.bigrams import bigrams

_WORD = re.compile(r"\w+(?:['’]\w+)?")


def tokens(text: str) -> list[str]:
    """Return the distinct words of a text, and the pairs of scripts without spaces, in their order."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    pairs = bigrams(plain)
    return list(dict.fromkeys([word for word in _WORD.findall(plain) if not bigrams(word)] + pairs))


def quoted(token: str) -> str:
    """Return a token as an FTS5 string, whatever it holds."""
    return '"' + token.replace('"', '""') + '"'


def all_words(text: str) -> str:
    """Return the query for what holds every word of a text; the last word may be unfinished."""
    found = [quoted(token) for token in tokens(text)]
    if not found:
        return quoted("\ufffd")  # nothing to look for finds nothing
    unfinished = not bigrams(text) and text[-1:].isalnum()
    return " AND ".join(found) + ("*" if unfinished else "")
