"""A text as one entry, or each of its lines or paragraphs as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gum.feeds.entry import Defaults, capture, dated
from gum.wire import CaptureIn

EACH = ("file", "line", "paragraph")
_BLANK = re.compile(r"\n[ \t]*\n")


def entries(text: str, each: str, defaults: Defaults) -> Iterator[tuple[str, CaptureIn]]:
    """Yield the entries of a text; one that begins with a date is from then.  Raises RecordingError."""
    parts: Iterable[str] = [text]
    if each == "line":
        parts = text.splitlines()
    elif each == "paragraph":
        parts = _BLANK.split(text.replace("\r\n", "\n"))
    for number, part in enumerate((part for part in parts if part.strip()), start=1):
        yield part, _entry(part.strip(), defaults, number)


def _entry(text: str, defaults: Defaults, number: int) -> CaptureIn:
    fields: dict[str, object] = {
        "observer": defaults.observer,
        "captured_at": dated(text) or defaults.at,
        "app": defaults.app,
        "title": defaults.title or defaults.file,
        "text": text,
        "source": f"{defaults.source}:{number}" if defaults.source and number > 1 else defaults.source,
        "trust": defaults.trust,
    }
    return capture(fields, f"Entry {number}")
