"""Applies every rule to a text, and takes with each secret what readers and narrow windows have torn off it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gum.perceive.redaction import issued, library, named, personal, phrases
from gum.perceive.redaction.looks import Rule, random_looking
from gum.perceive.redaction.torn import end_of_run, joined

RULES = (*issued.RULES, *named.RULES, *personal.RULES)
TORN = issued.TORN
_MASK = re.compile(r"\[redacted: [^\]]{1,40}\]")
_TAIL = re.compile(r"[ \t]*\n[ \t]*([A-Za-z0-9+/_=\-]{6,})(?![^\s\"',;])")
_PUBLIC = re.compile(
    r"(?s)-----BEGIN (?:PGP PUBLIC KEY BLOCK|[A-Z ]*PUBLIC KEY|CERTIFICATE)-----.*?(?:-----END [A-Z ]+-----|\Z)"
)
_EXACT = frozenset({rule.kind for rule in personal.RULES}) | {"recovery phrase", "recovery code", "password"}
_ROUNDS = 4

Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without its secrets, and the kinds of those that were taken out."""

    text: str
    kinds: tuple[str, ...] = ()


def redact(text: str) -> Redacted:
    """Replace every secret by '[redacted: kind]'; doing it twice changes nothing."""
    kinds: list[str] = []
    for _ in range(_ROUNDS):
        spans = _merged(_spans(text))
        if not spans:
            break
        kinds += [kind for _, _, kind in spans]
        text = _masked(text, spans)
    return Redacted(text, tuple(dict.fromkeys(kinds)))


def _spans(text: str) -> list[Span]:
    kept = [match.span() for pattern in (_MASK, _PUBLIC) for match in pattern.finditer(text)]
    found = _found(text)
    whole = joined(text)
    if whole is not None:
        found += [(*whole.span(start, end), kind) for start, end, kind in _found(whole.text, TORN)]
    free = (span for span in found if not any(span[0] < stop and start < span[1] for start, stop in kept))
    return [
        (start, _end(text, end_of_run(text, start, end)) if kind not in _EXACT else end, kind)
        for start, end, kind in free
    ]


def _found(text: str, more: tuple[Rule, ...] = ()) -> list[Span]:
    lower = text.casefold()
    found: list[Span] = []
    for rule in (*RULES, *more):
        if rule.needs and not any(word in lower for word in rule.needs):
            continue
        for match in rule.pattern.finditer(text):
            start, end = match.span(rule.group)
            if start < end and rule.accept(match[rule.group]):
                found.append((start, end, rule.kind))
    return [*found, *phrases.spans(text), *library.spans(text)]


def _end(text: str, end: int) -> int:
    """Return where the secret ends when a narrow terminal has wrapped it into the next line."""
    while (tail := _TAIL.match(text, end)) and random_looking(tail[1]):
        end = tail.end(1)
    return end


def _merged(spans: list[Span]) -> list[Span]:
    """Return the spans without overlaps; the one that starts first, or is longer, names the kind."""
    merged: list[Span] = []
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if merged and start < merged[-1][1]:
            begin, last, first = merged[-1]
            merged[-1] = (begin, max(last, end), first)
        else:
            merged.append((start, end, kind))
    return merged


def _masked(text: str, spans: list[Span]) -> str:
    parts, at = [], 0
    for start, end, kind in spans:
        parts += [text[at:start], f"[redacted: {kind}]"]
        at = end
    return "".join(parts) + text[at:]
