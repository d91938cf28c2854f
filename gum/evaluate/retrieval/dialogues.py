"""Dialogues with the facts observed in them and questions on them, in the form of LoCoMo (Maharana et al., 2024).

[{"sample_id": "...", "conversation": {"session_1_date_time": "1:56 pm on 8 May, 2023", ...},
  "observation": {"session_1_observation": {"Ann": [["Ann has a dog.", "D1:3"], ...], ...}, ...},
  "qa": [{"question": "...", "evidence": ["D1:3"], "category": 4}, ...]}, ...]
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from gum.errors import RecordingError

_TURN = re.compile(r"D\d+:\d+")
_SESSION = re.compile(r"session_(\d+)_observation")
_START = datetime(2023, 1, 1, tzinfo=UTC)  # where a session has no time that can be read
_TIME = "%I:%M %p on %d %B, %Y"


@dataclass(frozen=True, slots=True)
class Fact:
    """What was observed of a speaker, the turns it was seen in, and when that was."""

    text: str
    turns: frozenset[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the turns that answer it; `category` is the file's own number."""

    text: str
    turns: frozenset[str]
    category: int


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One dialogue; turns are named uniquely within it."""

    name: str
    facts: tuple[Fact, ...]
    questions: tuple[Question, ...]


def read(file: Path) -> list[Dialogue]:
    """Read a file, plain or compressed by gzip; questions without evidence are left out.

    Raises RecordingError with a sentence on what is in the way.
    """
    try:
        data = file.read_bytes()
        samples = json.loads(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
        dialogues = [_dialogue(sample) for sample in samples]
    except OSError as error:
        raise RecordingError(f"{file} cannot be read: {error.strerror or error}.") from error
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, zlib.error) as error:
        raise RecordingError(
            f"{file} does not hold dialogues with facts and questions ({type(error).__name__}); "
            "see docs/evaluation.md for the form."
        ) from error
    if not any(dialogue.questions for dialogue in dialogues):
        raise RecordingError(f"{file} holds no question with evidence.")
    return dialogues


def _dialogue(sample: dict[str, Any]) -> Dialogue:
    facts = [
        Fact(str(text), _turns(evidence), _time(sample["conversation"], _SESSION.fullmatch(session)))
        for session, speakers in sample["observation"].items()
        for said in speakers.values()
        for text, evidence in said
    ]
    asked = (Question(str(qa["question"]), _turns(qa.get("evidence")), int(qa["category"])) for qa in sample["qa"])
    return Dialogue(str(sample["sample_id"]), tuple(facts), tuple(one for one in asked if one.turns))


def _turns(evidence: object) -> frozenset[str]:
    return frozenset(_TURN.findall(str(evidence)))


def _time(conversation: dict[str, Any], session: re.Match[str] | None) -> datetime:
    number = int(session[1]) if session else 0
    try:
        told = str(conversation[f"session_{number}_date_time"]).replace("am on", "AM on").replace("pm on", "PM on")
        return datetime.strptime(told, _TIME).replace(tzinfo=UTC)
    except (KeyError, ValueError):
        return _START + timedelta(days=number)
