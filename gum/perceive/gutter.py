"""Line numbers that an editor shows beside a text are no part of it."""

from __future__ import annotations

import re

_NUMBERED = re.compile(r"(\d{1,5})(?:[\s|\\/]+|$|(?=[^\W\d_]))")
LEAST = 2
LARGEST_STEP = 3  # a number may be misread, or hidden by a fold


def without_gutter(text: str) -> str:
    """Return an editor's text without its line numbers; unchanged when no rising row of numbers leads its lines."""
    lines = text.splitlines()
    numbered = _rising(lines)
    first = min(numbered, default=0)
    if len(numbered) < LEAST or len(numbered) < (len(lines) - first) / 3:
        return text
    stripped = [_NUMBERED.sub("", line, count=1) if row in numbered else line for row, line in enumerate(lines)]
    return "\n".join(line for line in stripped if line)


def _rising(lines: list[str]) -> set[int]:
    """Return the rows whose leading number continues the longest row of rising numbers."""
    best: list[int] = []
    run: list[int] = []
    last = 0
    for row, line in enumerate(lines):
        match = _NUMBERED.match(line)
        if match is None:
            continue
        number = int(match[1])
        if run and 0 < number - last <= LARGEST_STEP:
            run.append(row)
        else:
            run = [row]
        last = number
        best = max(best, run, key=len)
    return set(best)
