"""Whether a sentence about the person only repeats what a text on screen says.

A page can say of the person what it likes; an engine that takes the page's sentence for its own and points to the
title of the window as evidence would lend the page the system's word.  So a sentence that shares a run of words with a
text that is not trusted gets nothing from the title.  The name of the thing itself may be the same in both.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gum.infer.audit.plain import folded
from gum.records import Claim

RUN = 4  # as many words in a row, the names of things aside, are no accident
_STEM = 4  # a name may be inflected in the sentence, and small words may stand between its parts
_WORD = re.compile(r"[\w'-]+")
_LEAD = frozenset({"the", "user", "that", "it", "is", "true", "says", "said"})  # what an engine puts before a sentence


def borrowed_lines(said: str, text: str, claim: Claim | None = None) -> list[str]:
    """Return the lines of a text that a sentence repeats; the words of its claim's object do not count."""
    runs = _runs(said, claim.object if claim else "")
    if not runs or not any(run in _joined(text) for run in runs):
        return []
    return [line for line in text.splitlines() if any(run in _joined(line) for run in runs)] or [text]


def _runs(said: str, name: str) -> list[str]:
    """Return the runs of words that would betray a repetition: RUN words each, or all of a shorter sentence."""
    words = _WORD.findall(folded(said))
    while words and words[0] in _LEAD:
        words = words[1:]
    known = {word[:_STEM] for word in _WORD.findall(folded(name))}
    runs = []
    for start in range(max(1, len(words) - RUN + 1)):
        run = words[start : start + RUN]
        rest = {word for word in run if word[:_STEM] not in known}
        if any(len(word) >= _STEM for word in rest) and (not known or len(rest) > 1):
            runs.append(f" {' '.join(run)} ")
    return runs


@lru_cache(maxsize=512)
def _joined(text: str) -> str:
    return f" {' '.join(_WORD.findall(folded(text)))} "
