"""Which words are told by forgotten things alone, and whether a text that stays would still tell them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from gum.forget.selection import folded
from gum.store.search.words import STOP_WORDS

_TOKEN = re.compile(r"\w{2,}")
_SHORT_NUMBER = 4

#: Words that statements about a person are built of, whoever they are about.
_BUILDING_TEXT = (
    "works work working worked project projects uses use using used prefers prefer preferred reads read reading writes "
    "write writing written plans plan planned studies learns researches research deals deal meets meeting meetings "
    "usually often every week day days time times morning afternoon evening night monday tuesday wednesday thursday "
    "friday saturday sunday january february march april may june july august september october november december "
    "deadline due until routine has have likes interested stuck currently seen said screen window windows title titles "
    "episode episodes hours minutes document documents file files person page pages tool tools between several "
    "regularly topic new more most other over same since still also first last two three at on no not you"
)
BUILDING_WORDS = STOP_WORDS | frozenset(_BUILDING_TEXT.split())


def tokens(*texts: str) -> set[str]:
    """Return the distinct words of texts, without case; no single characters, and no numbers as short as a year."""
    found: set[str] = set()
    for text in texts:
        found.update(_TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()))
    return {word for word in found if not (word.isdigit() and len(word) <= _SHORT_NUMBER)}


class Wording:
    """Tells whether a text would give away what was forgotten: by the words named, or by words held nowhere else."""

    def __init__(self, needles: Sequence[re.Pattern[str]], vanishing: Iterable[str] = ()) -> None:
        self._named = tuple(needles)
        self._vanishing = frozenset(vanishing)

    def names(self, *texts: str) -> bool:
        """Tell whether one of the texts holds words that the person named."""
        return any(pattern.search(folded(text)) for text in texts for pattern in self._named)

    def tells(self, *texts: str) -> bool:
        """Tell whether one of the texts holds words that the person named, or that only forgotten things held."""
        return self.names(*texts) or not self._vanishing.isdisjoint(tokens(*texts))


def strings_of(value: Any) -> list[str]:
    """Return the texts in a JSON value, keys aside; a text that holds JSON is looked into."""
    if isinstance(value, str):
        if value[:1] in "[{":
            try:
                return strings_of(json.loads(value))
            except ValueError:
                return [value]
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings_of(one)]
    return [text for one in value for text in strings_of(one)] if isinstance(value, list) else []
