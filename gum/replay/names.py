"""When two names, qualifiers or quotes mean the same, for scoring."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

_STOP = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by for from her his i in is it its my of on or our that the their them they this to "
        "user was will with",
    )
)
_WORKS = (
    frozenset({"writing", "write", "text", "texts", "note", "notes", "prose", "drafting", "editing"}),
    frozenset({"coding", "code", "programming", "development", "editing", "scripts", "python"}),
    frozenset({"mail", "email", "e-mail", "correspondence"}),
    frozenset({"reading", "browsing", "web", "research", "researching", "searching", "pages", "internet"}),
    frozenset({"documents", "reading", "pdf", "papers"}),
    frozenset({"commands", "terminal", "shell", "testing", "tests", "git", "coding", "programming", "running"}),
)
_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d{2})\b")
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_NEAR = 0.84
_LOOKALIKE = str.maketrans({"1": "l", "|": "l", "i": "l", "0": "o"})


def tokens(text: str) -> frozenset[str]:
    """Return the words and numbers that carry meaning, in lower case, without plural ending."""
    found = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    return frozenset(_stem(word) for word in found if word not in _STOP)


def fits(said: str, accepted: str) -> bool:
    """Say whether what was said names the accepted name.

    It does when it holds all its words, when it is near-equal, or when it consists of half of its words or more.
    """
    mine, theirs = tokens(said), tokens(accepted)
    if not mine or not theirs:
        return False
    shared = sum(any(_near(word, other) for other in mine) for word in theirs)
    if shared == len(theirs) or _near(" ".join(sorted(mine)), " ".join(sorted(theirs))):
        return True
    within = all(any(_near(word, other) for other in theirs) for word in mine)
    return within and 2 * len(mine) >= len(theirs)


def agree(said: str, wanted: str) -> bool:
    """Say whether two qualifiers mean the same: the same day, a time within an hour, the same kind of work."""
    if day := _DAY.search(wanted):
        return day[0] in said
    mine, theirs = _CLOCK.search(said), _CLOCK.search(wanted)
    if theirs:
        return mine is not None and _minutes_apart(mine, theirs) <= 60
    if fits(said, wanted):
        return True
    words, others = set(re.findall(r"[\w-]+", said.casefold())), set(re.findall(r"[\w-]+", wanted.casefold()))
    return any(words & work and others & work for work in _WORKS)


def stands_in(quote: str, text: str) -> bool:
    """Say whether a quote stands in a text but for spaces, case, punctuation and single misread letters."""
    wanted, there = _words(quote), _words(text)
    if not wanted:
        return False
    if " ".join(wanted) in " ".join(there):
        return True
    rest = list(there)
    hits = 0
    for word in wanted:
        if other := next((other for other in rest if _near(word, other)), ""):
            hits += 1
            rest.remove(other)
    return len(wanted) >= 3 and hits >= 0.85 * len(wanted)


def _words(text: str) -> list[str]:
    """Return the words with characters that readers confuse made one."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold().translate(_LOOKALIKE))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _near(first: str, second: str) -> bool:
    if first == second:
        return True
    if min(len(first), len(second)) < 5 or any(map(str.isdigit, first + second)):
        return False
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR


def _minutes_apart(first: re.Match[str], second: re.Match[str]) -> int:
    apart = abs(int(first[1]) * 60 + int(first[2]) - int(second[1]) * 60 - int(second[2]))
    return min(apart, 1440 - apart)
