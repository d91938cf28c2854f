"""Whether a quote really stands in what was observed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from gum.records import Observation, Quote

# Shorter quotes stand almost everywhere; two signs of a script without spaces make a word.
SHORTEST = 3
SHORTEST_CJK = 2


def verified(quote: Quote, observations: Mapping[int, Observation]) -> bool:
    """Return whether the quote stands verbatim in the text, title or URL of the observation that it names.

    Runs of white space count as one blank, and characters are compared in their composed form.
    """
    observation = observations.get(quote.observation)
    words = plain(quote.text)
    if observation is None or not _long_enough(words):
        return False
    return any(words in plain(source) for source in (observation.text, observation.title, observation.url))


def plain(text: str) -> str:
    """Return the text in composed form, with single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _long_enough(text: str) -> bool:
    signs = [sign for sign in text if sign.isalnum()]
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in signs)
    return len(signs) >= SHORTEST or wide >= SHORTEST_CJK
