"""Which sensitive categories a sentence touches, by the words in `rules.toml`.

The words are compared in a plain form: no case, no accents, no invisible characters, look-alike letters as Latin ones.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from gum.infer.audit.plain import folded
from gum.records import SensitiveCategory

JUDGEMENT = "judgement"
CREDENTIALS: Final = "credentials"
THIRD_PERSONS: Final = "third_persons"
#: In the order in which a text is asked about them.
CATEGORIES: tuple[SensitiveCategory, ...] = (
    CREDENTIALS,
    "health",
    "sexuality",
    "religion",
    "politics",
    "ethnicity",
    "gender",
    "finances",
    THIRD_PERSONS,
    "ability",
)
#: Nothing of these is written down anywhere.
NEVER_WRITTEN = frozenset({CREDENTIALS, JUDGEMENT})
#: What a name must not be taken to tell.
ORIGIN = frozenset({"ethnicity", "religion", "gender"})
# What is private of somebody else beside their private life.
_PRIVATE = ("health", "sexuality", "religion", "politics", "finances")

_USER = r"(?:user|nutzer|nutzerin|benutzer|utilisateur|utilisatrice|usuario|usuaria)"
_IS = (
    r"(?:is|was|are|be|being|seems|ist|est|es|era|war|sei)"
    r"(?: (?:not|very|quite|rather|probably|perhaps|likely|highly|really|also|an?|sehr|nicht|tres|muy))* "
)
# "Mara's divorce": the matter belongs to the one who is named before it, unless that is the person.
_POSSESSIVE = re.compile(r"\b(?!(?:user|today|it|that|what|let|there|here)['’])[^\W\d_]+['’]s\b", re.IGNORECASE)
# "Tom has", "Lena earns": a name with what it does.
_NAMED = re.compile(
    r"\b(?!The\b|A\b|An\b|It\b|They\b|This\b|That\b|Die\b|Der\b|Das\b|El\b|La\b|Le\b|He\b|She\b)"
    r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{1,20} "
    r"(?:has|had|was|is|told|earns|owes|drinks|lost|left|got|hat|ist|wurde|est|a été|tiene|fue)\b"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    words: re.Pattern[str]
    topics: re.Pattern[str] | None
    meant_otherwise: re.Pattern[str] | None

    def touches(self, text: str, at_work: bool) -> bool:
        left = self.meant_otherwise.sub(" ", text) if self.meant_otherwise else text
        if self.words.search(left):
            return True
        return not at_work and self.topics is not None and self.topics.search(left) is not None


def touched(text: str) -> list[str]:
    """Return the categories that a sentence touches, those that are never written down first."""
    plain = folded(text)
    at_work = _work().search(plain) is not None
    rules = _rules()
    found: list[str] = [name for name in CATEGORIES if name != THIRD_PERSONS and rules[name].touches(plain, at_work)]
    if _of_somebody_else(text, plain, found):
        found.insert(0, THIRD_PERSONS)
    if rules[JUDGEMENT].touches(plain, at_work=False):
        found.insert(0, JUDGEMENT)
    return sorted(found, key=lambda name: name not in NEVER_WRITTEN)


def says(category: str, text: str) -> bool:
    """Return whether a text speaks of a category in words."""
    return _rules()[category].touches(folded(text), at_work=False)


def _of_somebody_else(text: str, plain: str, found: list[str]) -> bool:
    private = _rules()[THIRD_PERSONS].touches(plain, at_work=False) or any(name in _PRIVATE for name in found)
    if not private:
        return False
    return bool(_others().search(plain) or _POSSESSIVE.search(text) or _NAMED.search(text))


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("rules.toml").read_text(encoding="utf-8"))


@cache
def _rules() -> Mapping[str, _Rule]:
    people = _choice(_table()["people"])
    return {name: _rule(section, people) for name, section in _table().items() if isinstance(section, dict)}


@cache
def _work() -> re.Pattern[str]:
    return _words(_table()["work"])


@cache
def _others() -> re.Pattern[str]:
    return _words(_table()[THIRD_PERSONS]["others"])


def _rule(section: Mapping[str, Any], people: str) -> _Rule:
    filled = [
        one.replace("{user}", _USER).replace("{is}", _IS).replace("{people}", people)
        for one in section.get("patterns", ())
    ]
    return _Rule(
        words=re.compile("|".join((_bounded(section["words"]), *(rf"\b(?:{one})" for one in filled)))),
        topics=_words(section["topics"]) if "topics" in section else None,
        meant_otherwise=_words(section["except"]) if "except" in section else None,
    )


def _words(listed: str) -> re.Pattern[str]:
    return re.compile(_bounded(listed))


def _bounded(listed: str) -> str:
    return rf"(?<!\w){_choice(listed)}(?!\w)"


def _choice(listed: str) -> str:
    """Return words parted by commas as one expression; '*' stands for any letters."""
    found = [re.escape(" ".join(word.split())).replace(r"\*", r"\w*") for word in listed.split(",")]
    return f"(?:{'|'.join(found)})"
