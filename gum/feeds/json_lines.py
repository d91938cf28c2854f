"""One JSON object a line, with the fields of a capture."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from gum.errors import RecordingError
from gum.feeds.entry import Defaults, capture
from gum.wire import CaptureIn


def entries(lines: Iterable[str], defaults: Defaults) -> Iterator[tuple[str, CaptureIn]]:
    """Yield an entry for each line as it comes, so that a stream may go on.  Raises RecordingError naming the line."""
    known = {
        "observer": defaults.observer,
        "app": defaults.app,
        "title": defaults.title,
        "captured_at": defaults.at,
        "trust": defaults.trust,
    }
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"Line {number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise RecordingError(f"{where} is not JSON.") from error
        if not isinstance(value, dict):
            raise RecordingError(f'{where} is no JSON object, such as {{"text": "ran 5 km"}}.')
        yield line, capture({**known, **value}, where)
