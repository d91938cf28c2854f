"""What one event shows of how the work goes, read from a sentence such as "The user searches for 'x'"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SEEKS = re.compile(
    r"\b(?:search(?:es|ed)?\b(?! (?:results?|pages?|bar|box)\b)|searching|quer(?:y|ies|ied)|looks? up|looked up"
    r"|asks?|asked|troubleshoot\w*|research(?:es|ed|ing)?)\b"
    r"|\bhow (?:to|do|can)\b|\bwhat (?:is|are)\b|\bwhy\b|\btutorial\b|[^\W\d_]\?",
    re.I,
)
_RESULTS = re.compile(r"\bsearch (?:results?|page|box|bar)|results? page\b", re.I)
_TROUBLE = re.compile(
    r"\b(?:errors?|exceptions?|fail\w*|invalid|denied|not found|crash\w*|traceback|cannot|warnings?|insufficient)\b",
    re.I,
)
_RUNS = re.compile(r"\b(?:runs?|ran|re-?runs?|execut\w+|compil\w+|launch\w*|builds?)\b", re.I)
_SHOWS = re.compile(
    r"\b(?:display(?:s|ed)|show(?:s|ed)|indicat\w+|sees?|outputs?|prints?|returns? (?:an?|the) )\b", re.I
)
_MECHANICAL = re.compile(
    r"\b(?:click(?:s|ed|ing)?|scroll(?:s|ed|ing)?|press\w*|releases?|keys?|mouse|ctrl\w*|cmd\w*|shift|enter"
    r"|cop(?:y|ies|ied)|pastes?|pasted|undo|caps)\b|ctrl_l|cmd|caps_lock",
    re.I,
)
_READS = re.compile(
    r"\b(?:read(?:s|ing)?|review(?:s|ed)?|view(?:s|ed|ing)?|scrolls?|brows\w+|visit\w*|article|documentation|docs"
    r"|guide|tutorial|page|content|discussion|forum)\b",
    re.I,
)
_STAYS = re.compile(r"\b(?:remain\w*|stay\w*|continu\w*|resum\w*)\b", re.I)
_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 3
# A writing without spaces between words: each pair of its letters stands for a word.
_UNSPACED = "\u2e80"
_MOST_MECHANICAL = 4
_MOST_WORDS = 15


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened; `mechanical` and `concrete` are shares from 0 to 1.

    `seeks`: information is asked for.  `results`: the results of a search are in view.  `trouble`: something went
    wrong.  `runs`: something was started whose outcome is not there yet.  `reads`: a page or document is read.
    `stays`: what went on goes on.  `mechanical`: how much of it is clicks, scrolls and bare keys.  `concrete`: how
    many different words it holds.
    """

    seeks: bool
    results: bool
    trouble: bool
    runs: bool
    reads: bool
    stays: bool
    mechanical: float
    concrete: float


def read(sentence: str) -> Step:
    """Return what a sentence on an event shows."""
    seeks, trouble = bool(_SEEKS.search(sentence)), bool(_TROUBLE.search(sentence))
    return Step(
        seeks=seeks,
        results=bool(_RESULTS.search(sentence)),
        trouble=trouble,
        runs=bool(_RUNS.search(sentence)) and not _SHOWS.search(sentence) and not trouble,
        reads=bool(_READS.search(sentence)) and not seeks,
        stays=bool(_STAYS.search(sentence)),
        mechanical=min(_MOST_MECHANICAL, len(_MECHANICAL.findall(sentence))) / _MOST_MECHANICAL,
        concrete=min(1.0, len(_words(sentence)) / _MOST_WORDS),
    )


def _words(text: str) -> set[str]:
    found: set[str] = set()
    for word in _WORD.findall(text.casefold()):
        if max(word) > _UNSPACED:
            found |= {word[start : start + 2] for start in range(max(1, len(word) - 1))}
        elif len(word) >= _SHORT:
            found.add(word.removesuffix("s"))
    return found
