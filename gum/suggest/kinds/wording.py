"""What a proposition is about, in the words that its sentence uses."""

from __future__ import annotations

import re

from gum.records import Proposition


def as_written(known: Proposition) -> str:
    """Return what the claim is about in the sentence's own letters, capitals kept.

    Where the sentence does not hold the claim's words, what it puts into quotation marks; else the claim's words.
    """
    if known.claim is None:
        return known.text
    what = known.claim.object
    start = known.text.casefold().find(what)
    if start >= 0:
        return known.text[start : start + len(what)]
    quoted = re.search(r'"(.+)"', known.text)
    return quoted[1] if quoted else what
