"""The store: SQLite holds the truth, Chroma a rebuildable index of it.

The names are loaded when they are first asked for: who wants a small module of it must not wait for the database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gum.store.proposition_query import PropositionQuery
    from gum.store.search.query import SearchQuery
    from gum.store.store import Store

__all__ = ["PropositionQuery", "SearchQuery", "Store"]

_MODULES = {
    "PropositionQuery": "gum.store.proposition_query",
    "SearchQuery": "gum.store.search.query",
    "Store": "gum.store.store",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)
