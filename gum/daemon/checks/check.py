"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor: 'ok', 'note' (works, but could do more) or 'fail', with the exact fix."""

    name: str
    state: Literal["ok", "note", "fail"]
    sentence: str
    fix: str = ""


def ok(name: str, sentence: str) -> Check:
    return Check(name, "ok", sentence)


def note(name: str, sentence: str, fix: str) -> Check:
    return Check(name, "note", sentence, fix)


def fail(name: str, sentence: str, fix: str) -> Check:
    return Check(name, "fail", sentence, fix)
