"""What was taken away and can still be brought back: whole rows, kept apart until the undo window ends.

Rows leave their tables at once, so that nothing that reads the store can see them; they come back with their ids.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gum import clock
from gum.errors import ConflictError, NotFoundError
from gum.store.connection import Connection, marks

_PART = 400


@dataclass(frozen=True, slots=True)
class Forgetting:
    """One thing the person asked to be forgotten.

    `state` is 'hidden' (it can be undone until `erase_at`), 'erasing', 'erased' or 'undone'.  `selection` is empty once
    it is erased: it may hold the very words.  `files` are the paths of outputs that were moved away, and to where.
    """

    id: int
    at: datetime
    erase_at: datetime
    state: str
    selection: dict[str, Any]
    counts: dict[str, int]
    files: tuple[tuple[str, str], ...] = ()


class Forgotten:
    """The forgettings of a store, newest first, and the rows that each took away.

    `generation` grows with each: what was computed from the store before may rest on what is gone.
    """

    def __init__(self, connection: Connection) -> None:
        self._sql = connection
        self.generation = 0

    def begin(self, selection: Mapping[str, Any], at: datetime, erase_at: datetime) -> int:
        """Open a forgetting and return its id; rows are then taken into it."""
        self.generation += 1
        fields = {"at": clock.to_text(at), "erase_at": clock.to_text(erase_at), "state": "hidden", "counts": "{}"}
        return self._sql.insert("forgettings", fields | {"selection": json.dumps(dict(selection), ensure_ascii=False)})

    def set_counts(self, id: int, counts: Mapping[str, int], files: Sequence[tuple[str, str]] = ()) -> None:
        """Keep how much was taken away, and which files were moved."""
        self._sql.update("forgettings", id, {"counts": json.dumps(dict(counts)), "files": json.dumps(list(files))})

    def get(self, id: int) -> Forgetting:
        """Return one forgetting.  Raises NotFoundError."""
        found = self._sql.record(_forgetting, "SELECT * FROM forgettings WHERE id=?", (id,))
        if found is None:
            raise NotFoundError(f"Nothing was forgotten under the number {id}; see: gumctl forget list")
        return found

    def list(self, limit: int | None = None) -> Sequence[Forgetting]:
        """Return every forgetting."""
        sql = "SELECT * FROM forgettings ORDER BY id DESC LIMIT ?"
        return self._sql.records(_forgetting, sql, (-1 if limit is None else limit,))

    def due(self, now: datetime) -> Sequence[Forgetting]:
        """Return those whose undo window has ended, and those whose erasing was interrupted."""
        sql = "SELECT * FROM forgettings WHERE state='erasing' OR (state='hidden' AND erase_at<=?) ORDER BY id"
        return self._sql.records(_forgetting, sql, (clock.to_text(now),))

    # ------------------------------------------------------------------ taking away

    def take(self, id: int, table: str, column: str, values: Iterable[Any]) -> int:
        """Take away the rows whose column has one of the values, and the rows that hang on them; return how many."""
        wanted = sorted(set(values))
        taken = 0
        with self._sql.transaction():
            for start in range(0, len(wanted), _PART):
                taken += self._take(id, table, column, wanted[start : start + _PART])
        return taken

    def change(self, id: int, table: str, row: int, fields: Mapping[str, Any]) -> None:
        """Change fields of a row by its id; undoing puts them back where nobody has changed them since."""
        names = ", ".join(fields)
        with self._sql.transaction():
            before = self._sql.rows(f"SELECT {names} FROM {table} WHERE id=?", (row,))  # noqa: S608
            if before and any(before[0][name] != value for name, value in fields.items()):
                kept = {"id": row, "old": _plain(dict(before[0])), "new": _plain(dict(fields))}
                self._keep(id, "changed", table, [kept])
                self._sql.update(table, row, dict(fields))

    def hide_frames(self, id: int, frames: Iterable[str]) -> None:
        """Let frames wait with a forgetting."""
        self._sql.write_many("INSERT OR IGNORE INTO forgotten_frames VALUES(?, ?)", [(id, sha) for sha in frames])

    def _take(self, id: int, table: str, column: str, values: Sequence[Any]) -> int:
        condition = f"{column} IN ({marks(values)})"
        rows = self._sql.rows(f"SELECT * FROM {table} WHERE {condition}", values)  # noqa: S608
        if not rows:
            return 0
        for child, on, parent, action in self._children(table):
            parents = [row[parent] for row in rows]
            if action == "CASCADE":
                self.take(id, child, on, parents)
            elif action == "SET NULL":
                held = f"SELECT id FROM {child} WHERE {on} IN ({marks(parents)})"  # noqa: S608
                for row in self._sql.rows(held, parents):
                    self.change(id, child, row["id"], {on: None})
        self._keep(id, "removed", table, [_plain(dict(row)) for row in rows])
        self._sql.write(f"DELETE FROM {table} WHERE {condition}", values)  # noqa: S608
        return len(rows)

    def _children(self, table: str) -> Sequence[tuple[str, str, str, str]]:
        """Return the tables that refer to one: their name and column, the column meant, and what a removal does."""
        sql = (
            'SELECT m.name, f."from", coalesce(f."to", \'id\'), f.on_delete FROM sqlite_master m, '
            "pragma_foreign_key_list(m.name) f WHERE m.type='table' AND f.\"table\"=? ORDER BY m.name"
        )
        return [(row[0], row[1], row[2], row[3]) for row in self._sql.rows(sql, (table,))]

    def _keep(self, id: int, operation: str, table: str, kept: Sequence[Mapping[str, Any]]) -> None:
        self._sql.write_many(
            "INSERT INTO forgotten_rows(forgetting, operation, from_table, kept) VALUES(?, ?, ?, ?)",
            [(id, operation, table, json.dumps(one, ensure_ascii=False)) for one in kept],
        )

    # ------------------------------------------------------------------ bringing back, or erasing

    def restore(self, id: int) -> int:
        """Bring everything back, the last taken first; return how many rows could not be.

        A row stays away when one of the same kind has taken its place meanwhile.  Raises ConflictError when the
        forgetting cannot be undone any more.
        """
        with self._sql.transaction():
            if (state := self.get(id).state) != "hidden":
                raise ConflictError(f"The forgetting {id} is {state}; it cannot be undone any more.")
            self.generation += 1
            lost = 0
            for row in self._sql.rows("SELECT * FROM forgotten_rows WHERE forgetting=? ORDER BY seq DESC", (id,)):
                kept = json.loads(row["kept"])
                if row["operation"] == "changed":
                    self._put_back(row["from_table"], kept)
                else:
                    lost += not self._insert(row["from_table"], _whole(kept))
            self._sql.write("DELETE FROM forgotten_rows WHERE forgetting=?", (id,))
            self._sql.write("DELETE FROM forgotten_frames WHERE forgetting=?", (id,))
            self._sql.update("forgettings", id, {"state": "undone", "selection": "{}", "files": "[]"})
        return lost

    def set_erasing(self, id: int) -> None:
        """Say that a forgetting is being erased: from now on it cannot be undone."""
        self._sql.write("UPDATE forgettings SET state='erasing' WHERE id=? AND state='hidden'", (id,))

    def frames_to_erase(self, id: int) -> Sequence[str]:
        """Return the frames of a forgetting that no observation shows and no other forgetting waits with."""
        sql = (
            "SELECT frame FROM forgotten_frames WHERE forgetting=? EXCEPT SELECT frame FROM observations "
            "EXCEPT SELECT frame FROM forgotten_frames WHERE forgetting!=? ORDER BY frame"
        )
        return [row["frame"] for row in self._sql.rows(sql, (id, id))]

    def erase_rows(self, id: int) -> None:
        """Remove what a forgetting has kept; its counts stay."""
        with self._sql.transaction():
            self._sql.write("DELETE FROM forgotten_rows WHERE forgetting=?", (id,))
            self._sql.write("DELETE FROM forgotten_frames WHERE forgetting=?", (id,))
            self._sql.update("forgettings", id, {"selection": "{}"})

    def set_erased(self, id: int) -> None:
        """Say that nothing of a forgetting is left."""
        self._sql.update("forgettings", id, {"state": "erased", "files": "[]"})

    def _insert(self, table: str, fields: dict[str, Any]) -> bool:
        try:
            with self._sql.transaction():
                names = ", ".join(fields)
                sql = f"INSERT INTO {table}({names}) VALUES({marks(list(fields))})"
                return self._sql.write(sql, list(fields.values())) == 1
        except ConflictError:
            return False

    def _put_back(self, table: str, kept: Mapping[str, Any]) -> None:
        old, new = _whole(kept["old"]), _whole(kept["new"])
        present = self._sql.rows(f"SELECT {', '.join(new)} FROM {table} WHERE id=?", (kept["id"],))  # noqa: S608
        if present and all(present[0][name] == value for name, value in new.items()):
            self._sql.update(table, kept["id"], old)


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: {"bytes": value.hex()} if isinstance(value, bytes) else value for name, value in fields.items()}


def _whole(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: bytes.fromhex(value["bytes"]) if isinstance(value, dict) else value for name, value in fields.items()}


def _forgetting(row: sqlite3.Row) -> Forgetting:
    return Forgetting(
        row["id"],
        clock.from_text(row["at"]),
        clock.from_text(row["erase_at"]),
        row["state"],
        json.loads(row["selection"]),
        json.loads(row["counts"]),
        tuple((one[0], one[1]) for one in json.loads(row["files"])),
    )
