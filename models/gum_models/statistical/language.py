"""Words: normal forms that survive reading errors, content words, sentences."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from gum_models.statistical import wordlists

STOP_WORDS = wordlists.load("stop")

# Words of page titles and file names that name no topic.
GENERIC_WORDS = wordlists.load("generic")

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_WRAPPED = 0.6  # a line of at least this share of the longest may go on in the next
CURSOR = 2  # the last letters of a sentence that is being typed are misread beside the cursor
_SHORTEST = 4
_SPACES = re.compile(r"\s+")
_MISREAD_I = re.compile(r"(?<![^\s\"'(])[|l1](?=(?:'ll|'m| will| am| must| have| need| promise| shall)\b)")
_MISREAD_LL = re.compile(r"\bI'(?:[l1|I]{2}|I1)(?=\s)")
_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "−": "-", "…": "..."})
_LOOKALIKE = str.maketrans({"1": "l", "i": "l", "|": "l", "!": "l", "0": "o", "5": "s", "8": "b"})
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9ÄÖÜÉ])")
# A line number that the reader glued to the line; others were taken out when the text was read.
_LINE_NUMBER = re.compile(r"^\s*\d{1,4}(?=[\"“]?[A-Z][a-z]|- |#+ )")
_EMPTY_LINE = re.compile(r"^\s*\d{1,3}\s*$")  # nothing but its number
_FRAMED = re.compile(r"^[|©@<>»«]")  # a button or field, whose frame was read
# A list's mark, also with a line number or the cursor before it, and what opens a comment before 'TODO'.
_BULLET = re.compile(
    r"^\s*(?:(?:\d{1,3}|[°|]{1,3}\s*)?[-*•·>#]+|\[[ xX]?\]|\(?(?:\d{1,2}|[a-z])[.)]|"
    r"[^\s\w]*\w{0,2}[^\s\w]*(?=\s+TO-?DO\b))\s+"
)


def plain(text: str) -> str:
    """Return the text with one space between words and ASCII quotes and dashes, case kept."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text).translate(_PLAIN)).strip()


def normal(text: str) -> str:
    """Return the form in which two texts are compared: plain, lower case, no punctuation at the ends."""
    return plain(text).casefold().strip(" .,;:!?\"'()[]{}<>*_-")


@lru_cache(maxsize=8192)
def skeleton(text: str) -> str:
    """Return the normal form without what readers confuse: l/1/I, O/0, punctuation, spaces."""
    letters = re.sub(r"[\W_]+", "", normal(text)).translate(_LOOKALIKE)
    return letters.replace("rn", "m").replace("vv", "w")


def similar(first: str, second: str, bar: float = 0.88) -> bool:
    """Say whether two texts are the same but for a few reading errors.

    Digits must agree once look-alikes are folded: two dates or versions are never near-equal.
    """
    one, two = skeleton(first), skeleton(second)
    if one == two:
        return bool(one)
    together = len(one) + len(two)
    if min(len(one), len(two)) < 5 or 2.0 * min(len(one), len(two)) / together < bar:
        return False
    (counts, digits), (others, other_digits) = _letters(one), _letters(two)
    shared = sum(min(count, others.get(letter, 0)) for letter, count in counts.items())  # no more letters can agree
    if digits != other_digits or 2.0 * shared / together < bar:
        return False
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= bar


@lru_cache(maxsize=4096)
def _letters(bones: str) -> tuple[Counter[str], str]:
    """Return how often each letter stands in a skeleton, and its digits."""
    return Counter(bones), re.sub(r"\D", "", bones)


def spoken(text: str) -> str:
    """Return the plain text with a misread 'I' before its verb put right: '| will' and 'l'll'."""
    return _MISREAD_LL.sub("I'll", _MISREAD_I.sub("I", plain(text)))


def words(text: str) -> list[str]:
    """Return the words in lower case, in order."""
    return [word.replace("’", "'") for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold())]


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Return the word without plural ending, so that 'speeches' and 'speech' are one."""
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def content(text: str) -> dict[str, str]:
    """Return the words that carry meaning: stem -> the word as it stands, in order of appearance."""
    found: dict[str, str] = {}
    for word in words(text):
        root = stem(word)
        if len(root) > 2 and not root.isdigit() and not {word, root} & (STOP_WORDS | GENERIC_WORDS):
            found.setdefault(root, word)
    return found


def overlap(first: str, second: str) -> float:
    """Return the share of content words that two texts have in common, 0 to 1 (Dice)."""
    one, two = set(content(first)), set(content(second))
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


def begins(part: str, whole: str) -> bool:
    """Say whether one sentence is the other, not yet typed to its end.

    The last letters, or the last word of several, may be misread beside the cursor; what ends like a sentence is one.
    """
    one, two = skeleton(part), skeleton(whole)
    if len(one) >= len(two) or len(one) < _SHORTEST:
        return False
    if two.startswith(one[:-CURSOR] if len(one) > 2 * CURSOR else one):
        return True
    head = words(part)[:-1]
    return not part.rstrip().endswith((".", "!", "?")) and len(head) >= 3 and words(whole)[: len(head)] == head


def lines(text: str) -> list[str]:
    """Return the lines without editors' line numbers, empty ones left out."""
    return [line for raw in text.splitlines() if (line := _LINE_NUMBER.sub("", raw).strip())]


def sentences(text: str) -> Iterator[str]:
    """Yield sentences as they stand in the text.

    A line goes on in the next when it is nearly as long as the longest and ends like no sentence; then they are
    joined with one space, so that each yielded text is a verbatim piece of the original but for its spaces.
    """
    for paragraph in _paragraphs(text.splitlines()):
        yield from (piece.strip() for piece in _SENTENCE_END.split(paragraph) if piece.strip())


def typed_sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a typed text, whose lines end where the person ended them."""
    for line in text.splitlines():
        yield from sentences(line)


def _paragraphs(raw: Sequence[str]) -> Iterator[str]:
    full = _WRAPPED * max((len(line) for line in raw), default=0)
    held: list[str] = []
    goes_on = False
    for line in raw:
        body = _LINE_NUMBER.sub("", _EMPTY_LINE.sub("", line)).strip()
        if held and (not goes_on or body != line.strip() or _BULLET.match(body) or _FRAMED.match(body)):
            yield " ".join(held)
            held = []
        if body:
            held.append(_BULLET.sub("", body))
        goes_on = len(line) >= full and not body.endswith((".", "!", "?", ":"))
    if held:
        yield " ".join(held)
