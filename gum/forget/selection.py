"""What the person wants forgotten: any of time, application, site, title, text, person, one proposition, everything."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from gum.errors import ConflictError
from gum.records import Capture, Observation

_WORDS = ("app", "site", "title", "text", "person")


@dataclass(frozen=True, slots=True)
class Selection:
    """Everything that is named must hold; `app` is a whole name, `site` covers its subdomains, the rest occur anywhere.

    Upper and lower case are the same.  `person` is looked for as whole words in titles, texts and addresses.
    """

    since: datetime | None = None
    until: datetime | None = None
    app: str = ""
    site: str = ""
    title: str = ""
    text: str = ""
    person: str = ""
    proposition: int | None = None
    everything: bool = False

    def __post_init__(self) -> None:
        timed = self.since is not None or self.until is not None
        worded = any(getattr(self, name).strip() for name in _WORDS)
        if sum((timed or worded, self.proposition is not None, self.everything)) != 1:
            raise ConflictError(
                "Say what to forget: a time, an application, a site, a title, a text, a person (several of these "
                "narrow it down), or one proposition, or everything."
            )
        if self.since and self.until and self.since >= self.until:
            raise ConflictError("The time to forget would end before it begins.")

    @property
    def needles(self) -> tuple[re.Pattern[str], ...]:
        """Return what finds, in folded texts, the very words that nothing may hold any more.

        An application or a title may be called by a common word: what was seen there goes, not all that has the word.
        """
        found = [re.compile(re.escape(folded(one))) for one in (self.text, self.site) if one.strip()]
        return (*found, as_words(self.person)) if self.person.strip() else tuple(found)

    @property
    def timed(self) -> bool:
        return self.since is not None or self.until is not None

    def covers(self, one: Observation) -> bool:
        """Tell whether an observation is to go; its time is looked at too."""
        if self.everything:
            return True
        if self.proposition is not None:
            return False
        return self._in_time(one) and self._in_place(one)

    def covers_capture(self, one: Capture) -> bool:
        """Tell whether a capture that was not perceived yet is to go; its pixels have not been read."""
        seen = Observation(
            one.observer, one.kind, one.captured_at, one.captured_at, app=one.app, title=one.title, url=one.url,
            text=one.text,
        )  # fmt: skip
        return self.covers(seen)

    def _in_time(self, one: Observation) -> bool:
        late = self.until is not None and one.captured_at >= self.until
        early = self.since is not None and max(one.until, one.captured_at) < self.since
        return not late and not early

    def _in_place(self, one: Observation) -> bool:
        everything = f"{one.title}\n{one.url}\n{one.text}"
        return (
            (not self.app.strip() or folded(one.app) == folded(self.app))
            and (not self.site.strip() or _on_site(one.url, self.site))
            and (not self.title.strip() or folded(self.title) in folded(one.title))
            and (not self.text.strip() or folded(self.text) in folded(everything))
            and (not self.person.strip() or as_words(self.person).search(folded(everything)) is not None)
        )

    def as_json(self) -> dict[str, Any]:
        """Return what is named, as JSON-able values."""
        named = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return {
            name: value.isoformat() if isinstance(value, datetime) else value for name, value in named.items() if value
        }


def folded(text: str) -> str:
    """Return a text as it is compared: composed, without case, spaces as one."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def as_words(phrase: str) -> re.Pattern[str]:
    """Return the pattern that finds a phrase as whole words in a folded text."""
    return re.compile(rf"(?<!\w){re.escape(folded(phrase))}(?!\w)")


def _on_site(url: str, site: str) -> bool:
    host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    wanted = folded(site).removeprefix("www.").rstrip(".")
    return host == wanted or host.endswith(f".{wanted}")
