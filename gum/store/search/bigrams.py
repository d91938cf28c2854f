"""What FTS5 takes for no word: two-character pieces of scripts that write no spaces between words, and emoji.

FTS5 takes a whole run of such a script for one word, and its trigrams find no word of two characters.
"""

from __future__ import annotations

import re
import unicodedata

# Thai, Lao, Myanmar, Khmer, kana, Han, Hangul
_RUN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+"
)

_EMOJI = re.compile("[\u2600-\u27bf\u2b50-\u2b55\U0001f000-\U0001faff]")


def bigrams(text: str) -> list[str]:
    """Return the overlapping pairs of each such run, and a run of one character as it is."""
    found: list[str] = []
    for run in _runs(text):
        found += [run[at : at + 2] for at in range(len(run) - 1)] or [run]
    return found


def indexed(text: str, reasoning: str) -> str:
    """Return what the word index keeps of a proposition in its `bigrams` column.

    The last character of each run stands there too, so that every single character begins something.
    """
    whole = f"{text}\n{reasoning}"
    return " ".join(bigrams(whole) + [run[-1] for run in _runs(whole) if len(run) > 1] + emoji(whole))


def emoji(text: str) -> list[str]:
    """Return a word for each emoji: FTS5 sees none."""
    return [f"u{ord(sign):x}" for sign in _EMOJI.findall(text)]


def _runs(text: str) -> list[str]:
    return _RUN.findall(unicodedata.normalize("NFKC", text))
