"""Where in a sorted list a page begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Behind the item that has this value in the column that sorts, and this id."""

    value: str | float
    id: int

    def condition(self, column: str, *, falling: bool, ids_falling: bool = False) -> tuple[str, list[Any]]:
        """Return the rows behind it as SQL, with its values; equal ones are sorted by id."""
        beyond, next_id = ("<" if falling else ">"), ("<" if ids_falling else ">")
        table = column.rpartition(".")[0]
        id = f"{table}.id" if table else "id"
        return f"({column}{beyond}? OR ({column}=? AND {id}{next_id}?))", [self.value, self.value, self.id]
