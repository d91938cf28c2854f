"""Texts as they were: what has been reworded since an instant is looked through by its words of that time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from gum import clock
from gum.store.connection import Connection
from gum.store.search.vocabulary import Vocabulary
from gum.store.search.words import telling


def texts_at(connection: Connection, moment: datetime) -> dict[int, str]:
    """Return the text at an instant of each proposition that was reworded later."""
    rows = connection.rows(
        "SELECT proposition, json_extract(old, '$.text') AS text FROM revisions "
        "WHERE at>? AND json_type(old, '$.text') IS NOT NULL ORDER BY seq DESC",
        (clock.to_text(moment),),
    )
    return {row["proposition"]: row["text"] for row in rows}


def strengths(texts: Mapping[int, str], words: Sequence[str], vocabulary: Vocabulary) -> dict[int, float]:
    """Return how strongly each text that holds some of the words does: the sum of their rarity, as BM25 has it.

    BM25 of a word that stands once in a text of common length is the logarithm of its odds of being absent.
    """
    size = max(vocabulary.size(), 1)
    rarity: dict[str, float] = {}
    for word, count in vocabulary.counts(words).items():
        (stem,) = vocabulary.stems([word])
        rarity[stem] = max(1e-6, math.log((size - min(count, size) + 0.5) / (min(count, size) + 0.5)))
    found = {id: sum(rarity.get(stem, 0.0) for stem in vocabulary.stems(telling(text))) for id, text in texts.items()}
    return {id: strength for id, strength in found.items() if strength > 0}
