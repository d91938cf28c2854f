"""Secrets are taken out of a text before anything of it is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gum.perceive.secret_rules import RULES, random_looking

_MASK = re.compile(r"\[redacted: [^\]]{1,40}\]")
_TAIL = re.compile(r"[ \t]*\n[ \t]*([A-Za-z0-9+/_=\-]{6,})(?![^\s\"',;])")
_ROUNDS = 4


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


def _spans(text: str) -> list[tuple[int, int, str]]:
    masks = [match.span() for match in _MASK.finditer(text)]
    found = []
    for rule in RULES:
        for match in rule.pattern.finditer(text):
            start, end = match.span(rule.group)
            if rule.accept(match[rule.group]) and not any(start < stop and begin < end for begin, stop in masks):
                found.append((start, _end(text, end), rule.kind))
    return found


def _end(text: str, end: int) -> int:
    """Return where the secret ends when a narrow terminal has wrapped it into the next line."""
    while (tail := _TAIL.match(text, end)) and random_looking(tail[1]):
        end = tail.end(1)
    return end


def _merged(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return the spans without overlaps; the one that starts first, or is longer, names the kind."""
    merged: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if merged and start < merged[-1][1]:
            begin, last, first = merged[-1]
            merged[-1] = (begin, max(last, end), first)
        else:
            merged.append((start, end, kind))
    return merged


def _masked(text: str, spans: list[tuple[int, int, str]]) -> str:
    parts, at = [], 0
    for start, end, kind in spans:
        parts += [text[at:start], f"[redacted: {kind}]"]
        at = end
    return "".join(parts) + text[at:]
