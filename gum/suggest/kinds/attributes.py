"""What pages say of things in lines such as 'Price: 120 EUR', side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gum.infer.titles import document_of
from gum.protocols import Situation
from gum.suggest.kinds.pages import Page

_LINE = re.compile(r"^\W*([^\W\d_][\w ()/%.\-]{1,28}?)\s*:\s+(\S.{0,78})$")
_MOST_WORDS = 4
_ENOUGH = 2  # of pages that name an attribute, and of attributes that make a table
_MOST = 8
_SAID_OF_PAGES = frozenset({"by", "author", "date", "published", "posted", "updated", "tags", "category", "comments"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """Attributes that two pages or more name, and what each page says of each."""

    attributes: tuple[str, ...]
    pages: tuple[tuple[Page, tuple[str, ...]], ...]


def compared(situation: Situation, pages: Sequence[Page]) -> Comparison | None:
    """Return the attributes that pages share and do not all give alike; None when they share fewer than two."""
    said = _said(situation, {page.title for page in pages})
    told = {page.title: _attributes(said.get(page.title, ())) for page in pages}
    named = Counter(name for found in told.values() for name in found)
    shared = [name for name, count in named.items() if count >= _ENOUGH and _differs(name, told)][:_MOST]
    rows = [(page, tuple(told[page.title].get(name, "") for name in shared)) for page in pages]
    kept = tuple((page, cells) for page, cells in rows if any(cells))
    return Comparison(tuple(shared), kept) if len(shared) >= _ENOUGH and len(kept) >= _ENOUGH else None


def _said(situation: Situation, titles: set[str]) -> dict[str, list[str]]:
    """Return the texts that were read on each of these pages."""
    found: dict[str, list[str]] = {}
    for episode in situation.episodes:
        for seen in situation.observations(episode.id):
            title = document_of(seen.title, seen.app)
            if seen.text and seen.kind != "typed" and title in titles:
                found.setdefault(title, []).append(seen.text)
    return found


def _attributes(texts: Sequence[str]) -> dict[str, str]:
    """Return what these texts say of each attribute; the first reading holds."""
    found: dict[str, str] = {}
    for line in (line for text in texts for line in text.splitlines()):
        hit = _LINE.match(line.strip())
        if hit is None or len(hit[1].split()) > _MOST_WORDS:
            continue
        name = " ".join(hit[1].split()).capitalize()
        if name.casefold() not in _SAID_OF_PAGES:
            found.setdefault(name, hit[2].strip())
    return found


def _differs(name: str, told: Mapping[str, Mapping[str, str]]) -> bool:
    return len({found[name] for found in told.values() if name in found}) > 1
