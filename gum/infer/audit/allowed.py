"""Which sensitive categories may be inferred: the settings file says it at first, the person's own switch since.

A switch (`gumctl audit categories health --allow`) is kept in the store and outlasts the settings file's word.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from gum import clock
from gum.errors import NotFoundError, nearest
from gum.infer.audit.rules import CATEGORIES
from gum.store import Store

_KEY = "sensitive_categories"


class AllowedCategories:
    """The categories of one store; safe to use from several threads."""

    def __init__(self, store: Store, by_settings: Collection[str]) -> None:
        self._store = store
        self._by_settings = frozenset(by_settings)

    def all(self) -> frozenset[str]:
        """Return the categories that may be inferred now."""
        switched = self._switched()
        on = {name for name, switch in switched.items() if switch["on"]}
        return frozenset(on | (self._by_settings - set(switched)))

    def since(self, category: str) -> datetime | None:
        """Return when the person switched a category; None where the settings file rules."""
        switch = self._switched().get(category)
        return clock.from_text(switch["at"]) if switch else None

    def switch(self, category: str, on: bool, at: datetime) -> None:
        """Allow a category or hold it back from now on.  Raises NotFoundError for an unknown one."""
        if category not in CATEGORIES:
            raise NotFoundError(f"There is no sensitive category {category!r}.{nearest(category, CATEGORIES)}")
        with self._store.transaction():
            self._store.settings.set(_KEY, self._switched() | {category: {"on": on, "at": clock.to_text(at)}})

    def _switched(self) -> dict[str, dict[str, Any]]:
        return dict(self._store.settings.get(_KEY, {}))
