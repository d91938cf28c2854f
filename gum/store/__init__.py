"""The store: SQLite holds the truth, Chroma a rebuildable index of it."""

from gum.store.proposition_query import PropositionQuery
from gum.store.search.query import SearchQuery
from gum.store.store import Store

__all__ = ["PropositionQuery", "SearchQuery", "Store"]
