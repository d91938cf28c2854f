"""Pages that the person visited, as the suggesters list them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from gum.infer.titles import document_of
from gum.perceive.applications import is_browser
from gum.protocols import Situation
from gum.records import Observation
from gum.suggest.plain import link, literal

GLANCE = timedelta(seconds=3)
#: Stands below what pages say: a link that their words name is no link in a note.
OF_OTHERS = "Titles and quotes are the pages' own words. Links lead where your browser was; others are only words."
_NOT_READ = re.compile(r"\b(inbox|e?-?mail|webmail|new tab|sign in|log ?in)\b", re.I)
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its title without the browser's name, its address where known, when it was first seen."""

    title: str
    url: str
    at: datetime

    def line(self) -> str:
        """Return the page as a line of a Markdown list."""
        when = f"{self.at:%Y-%m-%d %H:%M}"
        if not self.url:
            return f"- {literal(self.title)}, {when}"
        return f"- {link(self.title, self.url)}, {when} ({urlsplit(self.url).hostname or 'no host'})"


def visited(
    situation: Situation, since: datetime | None = None, until: datetime | None = None
) -> list[tuple[Page, set[str]]]:
    """Return the pages seen for more than a glance with the words of their titles, oldest first, each once."""
    found: dict[str, tuple[Page, set[str]]] = {}
    for episode in situation.episodes:
        if (
            not is_browser(episode.app)
            or (since and episode.ended_at < since)
            or (until and episode.started_at > until)
        ):
            continue
        for seen in situation.observations(episode.id):
            title = document_of(seen.title, seen.app)
            known = found.get(title)
            if known is not None and not known[0].url and seen.url:  # the title comes to the front before its address
                found[title] = (replace(known[0], url=seen.url), known[1])
            elif title and known is None and _read(seen, episode.dwell_s):
                at = seen.captured_at.astimezone(situation.now.tzinfo)
                found[title] = (Page(title, seen.url, at), words(title))
    return list(found.values())


def words(text: str) -> set[str]:
    """Return the words of four letters and more, in lower case and without plural ending."""
    return {word.removesuffix("s") for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) >= _SHORT}


def about(pages: Iterable[tuple[Page, set[str]]], subject: str) -> list[Page]:
    """Return the pages whose titles share two words with the subject, or its only one."""
    wanted = words(subject)
    need = min(2, len(wanted))
    return [page for page, said in pages if need and len(said & wanted) >= need]


def _read(seen: Observation, dwell_s: float) -> bool:
    return not _NOT_READ.search(seen.title) and (seen.kind != "window" or dwell_s >= GLANCE.total_seconds())
