"""Small values that the program keeps for itself, as JSON."""

from __future__ import annotations

import json
from typing import Any

from gum.store.connection import Connection


class Settings:
    """Values by key."""

    def __init__(self, connection: Connection) -> None:
        self._sql = connection

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a key, or the default."""
        found = self._sql.records(
            lambda row: json.loads(row["value"]), "SELECT value FROM settings WHERE key=?", (key,)
        )
        return found[0] if found else default

    def set(self, key: str, value: Any) -> None:
        """Keep a JSON-able value under a key."""
        self._sql.write(
            "INSERT INTO settings(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value=excluded.value",
            (key, json.dumps(value)),
        )
