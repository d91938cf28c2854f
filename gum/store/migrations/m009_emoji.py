"""Emoji in the word index."""

from __future__ import annotations

import re

from sqlite_utils import Database

_EMOJI = re.compile("[\u2600-\u27bf\u2b50-\u2b55\U0001f000-\U0001faff]")


def apply(db: Database) -> None:
    """Give each emoji of a proposition the word that `bigrams` holds for it since then."""
    for id, text, reasoning, kept in db.execute("SELECT id, text, reasoning, bigrams FROM propositions").fetchall():
        signs = _EMOJI.findall(f"{text}\n{reasoning}")
        if signs:
            words = " ".join([*kept.split(), *(f"u{ord(sign):x}" for sign in signs)])
            db.execute("UPDATE propositions SET bigrams=? WHERE id=?", (words, id))
