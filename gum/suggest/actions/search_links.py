"""Writes prepared searches as links; following one is the person's."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from gum.records import Outcome, Preview
from gum.suggest.actions.files import safe_name, write_new
from gum.suggest.actions.payload import line, text_of, texts_of
from gum.suggest.plain import link, literal

_ENGINE = "https://duckduckgo.com/?q="


class SearchLinksAction:
    """Writes `payload["queries"]` as links to a search engine, under `payload["title"]`; nothing is searched."""

    name = "search_links"
    touches = frozenset({"files"})

    def preview(self, payload: dict[str, Any]) -> Preview:
        """Say what would be written.  Raises ActionError when the payload lacks something."""
        title, text = _content(payload)
        return Preview(f"Write the links {safe_name(title)}.md", text)

    def perform(self, payload: dict[str, Any], folder: Path) -> Outcome:
        """Write the links.  Raises ActionError."""
        title, text = _content(payload)
        return Outcome(f"Wrote {write_new(folder, title, '.md', text.encode('utf-8'))}")


def _content(payload: dict[str, Any]) -> tuple[str, str]:
    title = text_of(payload, "title", "A list of links")
    queries = [line(one) for one in texts_of(payload, "queries", "A list of links", 50)]
    links = [f"- {link(one, _ENGINE + quote_plus(one))}" for one in queries]
    return title, "\n".join([f"# {literal(title)}", "", *links, ""])
