"""Questions: what the program asks the person, each text once."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gum import clock
from gum.errors import NotFoundError
from gum.store.connection import Connection

OPEN, ANSWERED, DROPPED = "open", "answered", "dropped"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that is offered, and which propositions it makes true, false, or true until now."""

    text: str
    true: tuple[int, ...] = ()
    false: tuple[int, ...] = ()
    over: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Something the program asks the person; `status` is 'open', 'answered' or 'dropped'."""

    id: int
    text: str
    propositions: tuple[int, ...]
    choices: tuple[Choice, ...]
    status: str
    answer: str
    asked_at: datetime
    answered_at: datetime | None


class Questions:
    """The questions of a store, oldest first; the same text is asked once."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def ask(self, text: str, propositions: Sequence[int], at: datetime, choices: Sequence[Choice] = ()) -> Question:
        """Keep a question, or return the one of the same text."""
        offered = json.dumps([dataclasses.asdict(one) for one in choices], ensure_ascii=False)
        self._sql.write(
            "INSERT INTO questions(text, propositions, choices, status, asked_at) VALUES(?, ?, ?, 'open', ?) "
            "ON CONFLICT(text) DO NOTHING",
            (text, json.dumps(list(propositions)), offered, clock.to_text(at)),
        )
        return next(question for question in self.list() if question.text == text)

    def get(self, id: int) -> Question:
        """Return one question.  Raises NotFoundError."""
        found = self._sql.record(_question, "SELECT * FROM questions WHERE id=?", (id,))
        if found is None:
            raise NotFoundError(f"There is no question {id}.")
        return found

    def answer(self, id: int, answer: str, at: datetime, status: str = ANSWERED) -> Question:
        """Keep the person's answer, or that the question was dropped.  Raises NotFoundError."""
        fields = {"answer": answer, "status": status, "answered_at": clock.to_text(at)}
        if not self._sql.update("questions", id, fields):
            raise NotFoundError(f"There is no question {id}.")
        return self.get(id)

    def list(self, status: str | None = None) -> list[Question]:
        """Return the questions, of one status or of all."""
        sql = "SELECT * FROM questions WHERE ?1 IS NULL OR status=?1 ORDER BY id"
        return self._sql.records(_question, sql, (status,))


def _question(row: sqlite3.Row) -> Question:
    return Question(
        id=row["id"],
        text=row["text"],
        propositions=tuple(json.loads(row["propositions"])),
        choices=tuple(_choice(one) for one in json.loads(row["choices"])),
        status=row["status"],
        answer=row["answer"],
        asked_at=clock.from_text(row["asked_at"]),
        answered_at=None if row["answered_at"] is None else clock.from_text(row["answered_at"]),
    )


def _choice(fields: dict[str, Any]) -> Choice:
    return Choice(fields["text"], tuple(fields["true"]), tuple(fields["false"]), tuple(fields["over"]))
