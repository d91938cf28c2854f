"""Episodes: consecutive observations of one activity."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from gum import clock
from gum.errors import NotFoundError
from gum.records import Episode, InferenceState
from gum.store.connection import Connection, marks
from gum.store.places import Place

_ORDER = "ORDER BY started_at, id"
_COLUMNS = ("app", "document", "topic", "dwell_s", "keys", "clicks", "tries", "reason")


class Episodes:
    """The episodes of a store, oldest first.  An open episode (not closed) may still grow."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def add(self, episode: Episode) -> Episode:
        """Keep a new, open episode and make its observations part of it; return it with its id."""
        with self._sql.transaction():
            id = self._sql.insert("episodes", columns_of(episode))
            self._assign(id, episode.observations)
        return self.get(id)

    def replace(self, id: int, episode: Episode) -> Episode:
        """Put another content in the place of an episode: fields and observations.  Raises NotFoundError."""
        with self._sql.transaction():
            if not self._sql.update("episodes", id, columns_of(episode)):
                raise NotFoundError(f"There is no episode {id}.")
            self._sql.write("UPDATE observations SET episode=NULL WHERE episode=?", (id,))
            self._assign(id, episode.observations)
        return self.get(id)

    def get(self, id: int) -> Episode:
        """Return one episode.  Raises NotFoundError."""
        found = self._where("id=?", (id,))
        if not found:
            raise NotFoundError(f"There is no episode {id}.")
        return found[0]

    def between(
        self, since: datetime | None, until: datetime | None, limit: int | None = None, after: Place | None = None
    ) -> list[Episode]:
        """Return the episodes that overlap the time from `since` up to `until`; None leaves a side open."""
        conditions, values = ["1"], []
        if since is not None:
            conditions.append("ended_at>=?")
            values.append(clock.to_text(since))
        if until is not None:
            conditions.append("started_at<?")
            values.append(clock.to_text(until))
        if after is not None:
            sql, place = after.condition("started_at", falling=False)
            conditions.append(sql)
            values += place
        return self._where(" AND ".join(conditions), [*values, -1 if limit is None else limit], f"{_ORDER} LIMIT ?")

    def before(self, moment: datetime, days: float) -> list[Episode]:
        """Return the episodes that started before `moment`, at most `days` days before it."""
        values = (clock.to_text(moment - timedelta(days=days)), clock.to_text(moment))
        return self._where("started_at>=? AND started_at<?", values)

    def last(self) -> Episode | None:
        """Return the episode that started last."""
        found = self._where("1", (), "ORDER BY started_at DESC, id DESC LIMIT 1")
        return found[0] if found else None

    def open(self) -> list[Episode]:
        """Return the episodes that are not closed."""
        return self._where("closed=0", ())

    def close(self, id: int) -> None:
        """Close an episode: it is complete and may be inferred from.  Raises NotFoundError."""
        if not self._sql.update("episodes", id, {"closed": 1}):
            raise NotFoundError(f"There is no episode {id}.")

    def reopen(self, id: int) -> None:
        """Let a closed episode grow again.  Raises NotFoundError."""
        if not self._sql.update("episodes", id, {"closed": 0}):
            raise NotFoundError(f"There is no episode {id}.")

    def pending(self) -> list[Episode]:
        """Return the closed episodes that wait to be inferred from."""
        return self._where("closed=1 AND state='pending'", ())

    def set_state(self, id: int, state: InferenceState, reason: str = "") -> None:
        """Say how far inference has come; a failure counts as a try.  Raises NotFoundError."""
        failed = int(state is InferenceState.FAILED)
        with self._sql.transaction():
            changed = self._sql.write(
                "UPDATE episodes SET state=?, reason=?, tries=tries+? WHERE id=?", (str(state), reason, failed, id)
            )
            if not changed:
                raise NotFoundError(f"There is no episode {id}.")
            self._sql.write("UPDATE observations SET state=?, reason=? WHERE episode=?", (str(state), reason, id))

    def delete(self, id: int) -> None:
        """Remove an episode and the evidence drawn from it; its observations stay and belong to none."""
        self._sql.write("DELETE FROM episodes WHERE id=?", (id,))

    def count(self, since: datetime | None = None) -> int:
        """Return how many episodes there are, or started since an instant."""
        start = "" if since is None else clock.to_text(since)
        return int(self._sql.value("SELECT count(*) FROM episodes WHERE started_at>=?", (start,)))

    def _assign(self, id: int, observations: Sequence[int]) -> None:
        members = [(id, one) for one in observations]
        self._sql.write_many("UPDATE observations SET episode=? WHERE id=?", members)
        # evidence belongs to the episode that its observation belongs to
        self._sql.write_many("UPDATE evidence SET episode=? WHERE observation=?", members)

    def _where(self, condition: str, values: Sequence[Any], tail: str = _ORDER) -> list[Episode]:
        found = self._sql.records(_episode, f"SELECT * FROM episodes WHERE {condition} {tail}", values)  # noqa: S608
        members = self._members([episode.id for episode in found])
        return [dataclasses.replace(one, observations=members.get(one.id, ())) for one in found]

    def _members(self, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
        found: dict[int, list[int]] = {}
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            sql = f"SELECT id, episode FROM observations WHERE episode IN ({marks(part)}) ORDER BY captured_at, id"  # noqa: S608
            for row in self._sql.rows(sql, part):
                found.setdefault(row["episode"], []).append(row["id"])
        return {episode: tuple(members) for episode, members in found.items()}


def columns_of(episode: Episode) -> dict[str, Any]:
    """Return an episode as columns, without its id and observations."""
    fields: dict[str, Any] = {name: getattr(episode, name) for name in _COLUMNS}
    return fields | {
        "started_at": clock.to_text(episode.started_at),
        "ended_at": clock.to_text(episode.ended_at),
        "state": str(episode.state),
    }


def _episode(row: sqlite3.Row) -> Episode:
    fields = {field.name: row[field.name] for field in dataclasses.fields(Episode) if field.name != "observations"}
    fields["started_at"] = clock.from_text(row["started_at"])
    fields["ended_at"] = clock.from_text(row["ended_at"])
    fields["state"] = InferenceState(row["state"])
    return Episode(observations=(), **fields)
