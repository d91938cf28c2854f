"""Observations: what was seen, one durable commit each."""

from __future__ import annotations

import dataclasses
import hashlib
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from gum import clock
from gum.errors import NotFoundError
from gum.records import Observation, Trust
from gum.store.connection import Connection, marks
from gum.store.frames import Frames

_ORDER = "ORDER BY captured_at, id"


class Observations:
    """The observations of a store, oldest first."""

    def __init__(self, connection: Connection, frames: Frames, now: clock.Clock) -> None:
        self._sql = connection
        self._frames = frames
        self._now = now

    def add(self, observation: Observation, frame: bytes | None = None) -> Observation:
        """Keep an observation, and the encoded image behind it, in one commit; return it with its id.

        One that comes again (the same non-empty `source`) is not kept twice: the kept one is returned.
        """
        if observation.source and (kept := self.of_source(observation.source)):
            return kept
        if frame is not None:
            observation = dataclasses.replace(observation, frame=self._frames.put(frame))
        if not observation.content_hash:
            observation = dataclasses.replace(observation, content_hash=_content_hash(observation))
        with self._sql.transaction():
            if observation.source and (kept := self.of_source(observation.source)):
                return kept
            id = self._sql.insert("observations", self._fields(observation))
        return dataclasses.replace(observation, id=id)

    def get(self, id: int) -> Observation:
        """Return one observation.  Raises NotFoundError."""
        found = self._where("id=?", (id,))
        if not found:
            raise NotFoundError(f"There is no observation {id}.")
        return found[0]

    def many(self, ids: Sequence[int]) -> list[Observation]:
        """Return those of the ids that exist, oldest first."""
        found: list[Observation] = []
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            found += self._where(f"id IN ({marks(part)})", part)
        return sorted(found, key=lambda one: (one.captured_at, one.id))

    def of_episode(self, id: int) -> list[Observation]:
        """Return the observations of an episode."""
        return self._where("episode=?", (id,))

    def between(
        self,
        since: datetime | None,
        until: datetime | None,
        *,
        limit: int | None = None,
        app: str | None = None,
        offset: int = 0,
        newest_first: bool = False,
    ) -> list[Observation]:
        """Return the observations captured from `since` up to, not including, `until`; None leaves a side open."""
        conditions, values = _window(since, until)
        if app is not None:
            conditions.append("app=?")
            values.append(app)
        order = "ORDER BY captured_at DESC, id DESC" if newest_first else _ORDER
        values += [-1 if limit is None else limit, offset]
        return self._where(" AND ".join(conditions), values, f"{order} LIMIT ? OFFSET ?")

    def unassigned(self, limit: int | None = None) -> list[Observation]:
        """Return the observations that belong to no episode yet."""
        return self._where("episode IS NULL", [-1 if limit is None else limit], f"{_ORDER} LIMIT ?")

    def last(self) -> Observation | None:
        """Return the observation captured last."""
        found = self._where("1", (), "ORDER BY captured_at DESC, id DESC LIMIT 1")
        return found[0] if found else None

    def newest(self) -> int:
        """Return the id that was given last; 0 before the first."""
        return int(self._sql.value("SELECT coalesce(max(id), 0) FROM observations"))

    def saw_url(self, url: str) -> bool:
        """Return whether a page or document of exactly this address was ever seen."""
        return bool(self._sql.value("SELECT EXISTS(SELECT 1 FROM observations WHERE url=?)", (url,)))

    def titles_with(self, words: str) -> Sequence[tuple[str, str]]:
        """Return application and title, each pair once, of every window whose title holds these words."""
        rows = self._sql.rows("SELECT DISTINCT app, title FROM observations WHERE instr(title, ?) > 0", (words,))
        return [(str(app), str(title)) for app, title in rows]

    def count(self, since: datetime | None = None) -> int:
        """Return how many observations are kept, or were captured since an instant."""
        conditions, values = _window(since, None)
        return int(self._sql.value(f"SELECT count(*) FROM observations WHERE {' AND '.join(conditions)}", values))  # noqa: S608

    def extend(self, id: int, until: datetime, keys: int = 0, clicks: int = 0, scrolls: int = 0) -> Observation:
        """Lengthen an observation up to `until` (never shorten it) and add to its input counts.

        Raises NotFoundError.
        """
        changed = self._sql.write(
            "UPDATE observations SET until=max(until, ?), keys=keys+?, clicks=clicks+?, scrolls=scrolls+? WHERE id=?",
            (clock.to_text(until), keys, clicks, scrolls, id),
        )
        if not changed:
            raise NotFoundError(f"There is no observation {id}.")
        return self.get(id)

    def take_back(self, ids: Sequence[int]) -> None:
        """Remove observations that should not have been made, and what was inferred from them.

        One of an episode stays, without what it showed, and its episode without the name of what was open.
        """
        each = [(id,) for id in ids]
        with self._sql.transaction():
            self._sql.write_many(
                "UPDATE episodes SET document='', topic='' WHERE id=(SELECT episode FROM observations WHERE id=?)", each
            )
            self._sql.write_many("DELETE FROM evidence WHERE observation=?", each)
            self._sql.write_many("DELETE FROM observations WHERE id=? AND episode IS NULL", each)
            self._sql.write_many(
                "UPDATE observations SET app='', title='', url='', text='', frame='', content_hash='' WHERE id=?", each
            )

    def of_source(self, source: str) -> Observation | None:
        """Return the observation that was sent under this name, None where none was."""
        found = self._where("source=?", (source,))
        return found[0] if found else None

    def _where(self, condition: str, values: Sequence[Any], tail: str = _ORDER) -> list[Observation]:
        sql = f"SELECT * FROM observations WHERE {condition} {tail}"  # noqa: S608
        return self._sql.records(_observation, sql, values)

    def _fields(self, observation: Observation) -> dict[str, Any]:
        offset = observation.captured_at.utcoffset() or timedelta(0)
        fields = {field.name: getattr(observation, field.name) for field in dataclasses.fields(observation)}
        del fields["id"]
        return fields | {
            "captured_at": clock.to_text(observation.captured_at),
            "until": clock.to_text(observation.until),
            "utc_offset_s": int(offset.total_seconds()),
            "trust": str(observation.trust),
            "source": observation.source or None,
            "committed_at": clock.to_text(self._now()),
        }


def _observation(row: sqlite3.Row) -> Observation:
    zone = timezone(timedelta(seconds=row["utc_offset_s"])) if row["utc_offset_s"] else UTC
    fields = {field.name: row[field.name] for field in dataclasses.fields(Observation)}
    fields["captured_at"] = clock.from_text(row["captured_at"]).astimezone(zone)
    fields["until"] = clock.from_text(row["until"]).astimezone(zone)
    fields["trust"] = Trust(row["trust"])
    fields["source"] = row["source"] or ""
    return Observation(**fields)


def _content_hash(observation: Observation) -> str:
    parts = (observation.kind, observation.app, observation.title, observation.url, observation.text, observation.frame)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _window(since: datetime | None, until: datetime | None) -> tuple[list[str], list[Any]]:
    conditions, values = ["1"], []
    if since is not None:
        conditions.append("captured_at>=?")
        values.append(clock.to_text(since))
    if until is not None:
        conditions.append("captured_at<?")
        values.append(clock.to_text(until))
    return conditions, values
