"""What tells a secret from a word, a number, a placeholder; and the form of a rule.

A rule finds spans; its `accept` says whether a span is really a secret.  Readers of pixels misread single characters
and put spaces into long runs, so no rule hangs on one character where it can be helped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import log2

Accept = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of secret; `group` is the part of the pattern to hide.

    `needs` are words of which one must be in the text, in lower case, before the pattern is tried; none needs none.
    """

    kind: str
    pattern: re.Pattern[str]
    accept: Accept = bool
    group: int = 0
    needs: tuple[str, ...] = ()


def rule(kind: str, pattern: str, accept: Accept = bool, group: int = 0, needs: str = "") -> Rule:
    """Return a rule; `needs` are words apart by spaces."""
    return Rule(kind, re.compile(pattern), accept, group, tuple(needs.split()))


def entropy(text: str) -> float:
    """Return the Shannon entropy in bits a character."""
    counts = [text.count(character) for character in set(text)]
    return -sum(count / len(text) * log2(count / len(text)) for count in counts) if text else 0.0


_FILLER = re.compile(
    r"""(?ix) (x)\1{5,} | ([*\#._\-])\2{5,} | example | placeholder | change_?me | redacted | (?<![a-z])your[_\-]
    | insert[_\-]? | (?<![a-z]) (?:dummy|fake|sample|random_?string) (?![a-z]) | \.{2}$ | …$"""
)


def filler(value: str) -> bool:
    """Return whether a value only stands for a secret, as in 'ghp_xxxxxxxx', 'your_key' or 'AKIA...'."""
    return bool(_FILLER.search(value))


def sequential(value: str) -> bool:
    """Return whether a value is mostly typed along the alphabet or the digits, as in 'abc123-456def'."""
    steps = [ord(right) - ord(left) for left, right in pairwise(value.casefold()) if left.isalnum() and right.isalnum()]
    return len(steps) >= 6 and sum(step == 1 for step in steps) >= 0.55 * len(steps)


def real(value: str) -> bool:
    """Return whether a value is more than a row of one character, as in 'ghp_xxxxxxxx', and no placeholder."""
    return len(set(value)) >= 3 and not re.search(r"(?i)(.)\1{7,}$", value) and not filler(value)


def random_looking(value: str) -> bool:
    """Return whether a value has the mix of characters that no word and no number has."""
    letters = sum(character.isalpha() for character in value)
    digits = sum(character.isdigit() for character in value)
    mixed = digits == 1 and len(value) >= 12 and value.lower() != value != value.upper()
    return len(value) >= 8 and letters > 0 and (digits > 1 or mixed) and entropy(value) >= 2.5


def opaque(value: str) -> bool:
    """Return whether a long run is random by itself: all classes of characters, often changing, high entropy."""
    value = max(re.split(r"[_\-]", value), key=len)
    return len(value) >= 16 and _classes(value) == {"d", "u", "l"} and restless(value) and entropy(value) >= 3.7


def restless(value: str) -> bool:
    """Return whether the classes of characters change as often as in a random run."""
    kinds = [_class(character) for character in value]
    return sum(left != right for left, right in pairwise(kinds)) >= 0.4 * len(kinds)


def fragment(value: str) -> bool:
    """Return whether a run can only be a piece of something longer: no word is written like it.

    Digits among letters, or a capital after a small letter.
    """
    kinds = [_class(character) for character in value if character.isalnum()]
    changes = [(left, right) for left, right in pairwise(kinds) if left != right]
    return ("l", "u") in changes or len(changes) >= 2 or (bool(changes) and "d" in kinds and len(value) >= 5)


def _class(character: str) -> str:
    return "d" if character.isdigit() else "u" if character.isupper() else "l"


def _classes(value: str) -> set[str]:
    return {_class(character) for character in value}


_TEMPLATE = re.compile(
    r"""(?ix) \[redacted | \[redigiert | \$(?:[{(]|[a-z_]+\W*$) | %(?:[sdv(]|\w+%)
    | <[^<>]*>?$ | [{`(] | \*{3} | \.{3} | • | @?\w*\($  # a variable, a mask, a template
    | (?:none|null|nil|true|false|undefined|required|optional|string|str|int|bool|password|passwort|secret|token|value
        |todo|empty|hidden|forgot|forgotten|reset|incorrect|wrong|invalid|changed|expired|strength|protected|manager
        |the|a|an|not|too|your|my|our|in|on|to|now|at|and|or|for|with|that|this|it|is|was|be|sent|set|same|saved|stored
        |correct|required|needed|missing|safe|weak|strong|case|der|die|das|ein|eine|nicht|ist|zu|falsch|vergessen
        |show|new|old|current|confirm|repeat|again|here|below|above|field|prompt|list|store|policy|generator|hash)
      [\s.,;:!?)"'\]]* $
    | (?:get|process\.env|os\.environ|env\.|config\.|self\.|request\.|args\.|settings\.)"""
)


def template(value: str) -> bool:
    """Return whether a value is a variable, a mask or a word of a form, not a secret."""
    return bool(_TEMPLATE.match(value))


def password(value: str) -> bool:
    """Return whether what follows 'password:' can be one."""
    return len(value) >= 3 and not template(value) and len(set(value)) > 1 and not _FILLER.search(value)


def keyed(value: str) -> bool:
    """Return whether what follows 'token:' or 'api_key=' can be one."""
    return not template(value) and real(value) and any(map(random_looking, re.split(r"[./:]", value)))
