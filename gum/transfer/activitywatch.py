"""ActivityWatch exports: which window was in front, with the page's address from the browser's watcher.

`buckets` is an object by id or a list; a bucket holds its events itself, or they stand beside the buckets by id.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from gum.errors import RecordingError
from gum.perceive.applications import is_browser
from gum.wire import ImportIn, ObservationIn

LARGEST = 1 << 30
_TYPES = {"aw-watcher-window": "currentwindow", "aw-watcher-afk": "afkstatus", "aw-watcher-web": "web.tab.current"}
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class _Event:
    start: datetime
    end: datetime
    data: dict[str, Any]
    bucket: str

    def word(self, key: str) -> str:
        value = self.data.get(key, "")
        return value if isinstance(value, str) else ""


def read(path: Path) -> ImportIn:
    """Return what an export holds: windows while the person was there.  Raises RecordingError for a malformed file."""
    events: dict[str, list[_Event]] = {"currentwindow": [], "afkstatus": [], "web.tab.current": []}
    for kind, event in _events(_document(path), path):
        if kind in events:
            events[kind].append(event)
    there = _there(events["afkstatus"])
    windows, pages = events["currentwindow"], sorted(events["web.tab.current"], key=lambda one: one.start)
    found = [_observation(one, span, _page(one, pages)) for one in windows for span in _while(one, there)]
    alone = [one for one in pages if not any(window.start < one.end and one.start < window.end for window in windows)]
    found += [_observation(one, span, one) for one in alone for span in _while(one, there)]
    unique = {one.source: one for one in sorted(found, key=lambda one: one.captured_at)}
    return ImportIn.model_construct(by="activitywatch", observations=list(unique.values()), propositions=[])


def _document(path: Path) -> dict[str, Any]:
    try:
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            with gzip.open(path) as packed:
                data = packed.read(LARGEST)
        found = json.loads(data)
    except (OSError, EOFError, ValueError, RecursionError) as error:
        raise RecordingError(f"{path} cannot be read as an ActivityWatch export ({type(error).__name__}).") from error
    if not isinstance(found, dict) or not isinstance(found.get("buckets"), dict | list):
        raise RecordingError(f"{path} is no ActivityWatch export: it has no buckets.")
    return found


def _events(document: dict[str, Any], path: Path) -> Iterator[tuple[str, _Event]]:
    buckets, beside = document["buckets"], document.get("events", {})
    named = buckets.items() if isinstance(buckets, dict) else ((_id(one), one) for one in buckets)
    for id, bucket in named:
        if not isinstance(bucket, dict):
            raise RecordingError(f"{path}: the bucket {id!r} is no object.")
        given = bucket.get("events")
        listed = given if given is not None else (beside.get(id, []) if isinstance(beside, dict) else [])
        if not isinstance(listed, list):
            raise RecordingError(f"{path}: the events of {id!r} are no list.")
        kind = bucket.get("type") or next((kind for start, kind in _TYPES.items() if str(id).startswith(start)), "")
        for number, one in enumerate(listed, start=1):
            yield str(kind), _event(one, str(id), f"{path}: event {number} of {id!r}")


def _id(bucket: Any) -> str:
    return str(bucket.get("id", "")) if isinstance(bucket, dict) else ""


def _event(value: Any, bucket: str, where: str) -> _Event:
    try:
        start = datetime.fromisoformat(str(value["timestamp"]))
        length = timedelta(seconds=float(value.get("duration", 0)))
        data = value.get("data") or {}
        start = start.replace(tzinfo=UTC) if start.tzinfo is None else start.astimezone(UTC)
        if length < timedelta(0) or not isinstance(data, dict):
            raise ValueError
        return _Event(start, start + length, data, bucket)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise RecordingError(f"{where} has no time, length and data as events have.") from error


def _there(events: Sequence[_Event]) -> list[Span] | None:
    """Return when the person was at the computer, joined; None where nobody watched that."""
    if not events:
        return None
    spans: list[Span] = []
    for start, end in sorted((one.start, one.end) for one in events if one.word("status") == "not-afk"):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _while(event: _Event, there: list[Span] | None) -> list[Span]:
    if there is None:
        return [(event.start, event.end)]
    cut = [(max(start, event.start), min(end, event.end)) for start, end in there]
    return [(start, end) for start, end in cut if start < end]


def _page(window: _Event, pages: Sequence[_Event]) -> _Event | None:
    """Return the page that a browser showed for the longest of a window's time."""
    if not is_browser(window.word("app")):
        return None
    shared = [(min(one.end, window.end) - max(one.start, window.start), one) for one in pages]
    best = max(shared, key=lambda one: one[0], default=None)
    return best[1] if best is not None and best[0] > timedelta(0) else None


def _observation(event: _Event, span: Span, page: _Event | None) -> ObservationIn:
    start, end = span
    watcher = event.bucket.removeprefix("aw-watcher-web-").partition("_")[0]
    app = event.word("app") or watcher
    content = json.dumps([event.bucket, start.isoformat(), end.isoformat(), event.data], sort_keys=True)
    return ObservationIn(
        observer="activitywatch",
        kind="window",
        captured_at=start,
        until=end,
        app=app[:1000],
        title=event.word("title")[:10000],
        url=page.word("url")[:10000] if page else "",
        source=f"activitywatch:{hashlib.sha256(content.encode()).hexdigest()[:24]}",
    )
