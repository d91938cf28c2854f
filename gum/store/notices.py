"""Notices: the notifications that our own notification server answers for, each with what became of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from gum import clock
from gum.store.connection import Connection, marks

NoticeState = Literal["held", "shown", "closed"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A notification by its id on the bus; without an observation its words are not kept."""

    id: int
    observation: int | None
    rank: str
    state: NoticeState
    at: datetime


class Notices:
    """The notifications of a store by their ids on the bus, oldest first."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def put(self, observation: int | None, rank: str, state: NoticeState, at: datetime, id: int = 0) -> Kept:
        """Keep one under a new id, or in the place of the one that has this id."""
        fields = {"observation": observation, "rank": rank, "state": state, "at": clock.to_text(at)}
        with self._sql.transaction():
            if not (id and self._sql.update("notices", id, fields)):
                id = self._sql.insert("notices", fields)
        return Kept(id, observation, rank, state, at)

    def get(self, id: int) -> Kept | None:
        return self._sql.record(_kept, "SELECT * FROM notices WHERE id=?", (id,))

    def in_state(self, *states: NoticeState) -> list[Kept]:
        """Return those in one of these states."""
        return self._sql.records(_kept, f"SELECT * FROM notices WHERE state IN ({marks(states)}) ORDER BY id", states)  # noqa: S608

    def set_state(self, ids: Collection[int], state: NoticeState) -> None:
        """Say what became of some; of one whose words are not kept nothing stays once it is closed."""
        with self._sql.transaction():
            self._sql.write_many("UPDATE notices SET state=? WHERE id=?", [(state, id) for id in ids])
            self._sql.write("DELETE FROM notices WHERE observation IS NULL AND state='closed'")

    def of_observations(self, observations: Collection[int]) -> dict[int, NoticeState]:
        """Return the states by observation, of those that our own server took."""
        sql = f"SELECT * FROM notices WHERE observation IN ({marks(list(observations))}) ORDER BY id"  # noqa: S608
        found = self._sql.records(_kept, sql, list(observations))
        return {one.observation: one.state for one in found if one.observation is not None}


def _kept(row: sqlite3.Row) -> Kept:
    return Kept(row["id"], row["observation"], row["rank"], row["state"], clock.from_text(row["at"]))
