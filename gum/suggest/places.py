"""Where a document lies, as far as the title of its window says so."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gum.infer.titles import document_of
from gum.perceive.applications import is_editor
from gum.store import Store

_WHOLE = re.compile(r"^(?:~|/)[^\0]*/?[^/\0]+\.\w+$")
_IN_FOLDER = re.compile(r"^(?P<name>[^/\0]+\.\w+) \((?P<folder>(?:~|/)[^()\0]*)\)$")


def address_of(document: str) -> str:
    """Return the file:// address of a document from its name in a title; empty where the title does not tell it."""
    hit = _IN_FOLDER.match(document)
    told = f"{hit['folder'].rstrip('/')}/{hit['name']}" if hit else document if _WHOLE.match(document) else ""
    path = Path(told).expanduser()
    return path.as_uri() if told and path.is_absolute() else ""


def was_observed(store: Store, address: str) -> bool:
    """Return whether exactly this page, or this document in an editor, was ever seen.  Raises StoreError."""
    if store.observations.saw_url(address):
        return True
    parts = urlsplit(address)
    if parts.scheme != "file" or parts.netloc:
        return False
    titles = store.observations.titles_with(os.path.basename(unquote(parts.path)))  # noqa: PTH119 - it need not be there
    return any(is_editor(app) and address_of(document_of(title, app)) == address for app, title in titles)
