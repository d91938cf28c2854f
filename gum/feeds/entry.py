"""One entry of a feed, on its way to being a capture."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from gum.errors import RecordingError
from gum.wire import CaptureIn

#: '2026-03-01', '2026-03-01 18:30' or the same with T, seconds and offset, at the start of an entry.
_DATED = re.compile(
    r"\s*\[?(\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)\]?(?=[\s:,;|\]-]|$)"
)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What every entry of a feed has that does not say otherwise.  `file` is its name, '' for a stream."""

    observer: str
    title: str = ""
    app: str = ""
    at: datetime | None = None
    source: str = ""
    trust: str | None = None
    file: str = ""


def capture(fields: dict[str, object], where: str) -> CaptureIn:
    """Return a checked capture.  Raises RecordingError that names where it stands and what is wrong."""
    given = {key: value for key, value in fields.items() if value not in (None, "")}
    try:
        return CaptureIn.model_validate(given)
    except ValidationError as error:
        item = error.errors()[0]
        key = ".".join(map(str, item["loc"]))
        raise RecordingError(f"{where}: {f'{key}: ' if key else ''}{item['msg'].lower()}.") from error


def dated(text: str) -> datetime | None:
    """Return the date or time that a text begins with, local where it names no offset."""
    found = _DATED.match(text)
    if found is None:
        return None
    try:
        return datetime.fromisoformat(found[1]).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def with_sources(entries: Iterable[tuple[str, CaptureIn]], defaults: Defaults) -> Iterator[CaptureIn]:
    """Give each entry that has none a source from its content, so that reading the same file again adds nothing.

    The same words twice in a file are two entries.
    """
    seen: dict[str, int] = {}
    for content, one in entries:
        if one.source or not defaults.file:
            yield one
            continue
        digest = hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:24]
        seen[digest] = seen.get(digest, 0) + 1
        yield one.model_copy(update={"source": f"{defaults.observer}:{digest}:{seen[digest]}"})
