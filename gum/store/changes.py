"""What has changed since it was last asked, whoever changed it.

Temporary triggers write kind, id and change to a table in memory, inside the transaction of the change itself: what is
rolled back is never told, what is committed always is.  Nothing of it reaches the disk, and it holds no content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gum.store.connection import Connection

_TABLE = "changes_to_tell"
#: Table, what happens to it, when that is told, and then kind, id and change.
_TOLD = (
    ("observations", "INSERT", "", "'observation', new.id, 'added'"),
    ("observations", "DELETE", "", "'observation', old.id, 'removed'"),
    ("episodes", "INSERT", "", "'episode', new.id, 'added'"),
    ("episodes", "UPDATE OF closed", "new.closed AND NOT old.closed", "'episode', new.id, 'closed'"),
    ("episodes", "UPDATE OF state", "new.state != old.state", "'episode', new.id, new.state"),
    ("episodes", "DELETE", "", "'episode', old.id, 'removed'"),
    ("revisions", "INSERT", "", "'proposition', new.proposition, iif(new.seq = 1, 'added', 'changed')"),
    (
        "propositions",
        "UPDATE OF status, probability",
        "new.status != old.status OR abs(new.probability - old.probability) >= 0.05",
        "'proposition', new.id, 'rescored'",
    ),
    ("propositions", "DELETE", "", "'proposition', old.id, 'removed'"),
    ("suggestions", "INSERT", "", "'suggestion', new.id, new.status"),
    ("suggestions", "UPDATE OF status", "new.status != old.status", "'suggestion', new.id, new.status"),
    ("suggestions", "DELETE", "", "'suggestion', old.id, 'removed'"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one record."""

    kind: str
    id: int
    change: str


class Changes:
    """Tells the changes of a store, each once.  Watching begins with the first call of `watch`."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def watch(self) -> bool:
        """See to it that changes are noted; return whether they were not, so that some may have been missed."""
        if self._sql.value("SELECT 1 FROM temp.sqlite_master WHERE name=?", (_TABLE,)):
            return False
        with self._sql.transaction():
            self._sql.write(f"CREATE TEMP TABLE {_TABLE}(seq INTEGER PRIMARY KEY, kind TEXT, id INTEGER, change TEXT)")
            for number, (table, event, when, told) in enumerate(_TOLD):
                condition = f"WHEN {when}" if when else ""
                self._sql.write(
                    f"CREATE TEMP TRIGGER {_TABLE}_{number} AFTER {event} ON main.{table} {condition} "
                    f"BEGIN INSERT INTO {_TABLE}(kind, id, change) VALUES({told}); END"
                )
        return True

    def take(self) -> Sequence[Change]:
        """Return what has changed since the last call, each change of a record once, in the order of its last time."""
        if not self._sql.value(f"SELECT 1 FROM {_TABLE} LIMIT 1"):  # noqa: S608
            return []
        with self._sql.transaction():
            sql = f"SELECT kind, id, change FROM {_TABLE} GROUP BY kind, id, change ORDER BY max(seq)"  # noqa: S608
            found = self._sql.records(lambda row: Change(row["kind"], row["id"], row["change"]), sql)
            self._sql.write(f"DELETE FROM {_TABLE}")  # noqa: S608
        return found
