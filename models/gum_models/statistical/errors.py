"""Error lines as tools print them."""

from __future__ import annotations

import re

_ERROR = re.compile(
    r"\b\w*(?:Error|Exception|Failure|Panic)\b\s*[:(]|^\W*(?:error|fatal|panic|failed|failure|FAIL|FAILED|ERROR|E)\b\s*[:\[(]|"
    r"\berror\s*[:\[(]|\b(?i:command not found|no such file or directory|permission denied|segmentation fault|"
    r"undefined reference|cannot find|could not|can't open|connection refused|traceback)\b|: not found\b|"
    r"\b(?i:failed|corrupt(?:ed)?|damaged)\s*[:!]|\b(?:FAIL|FAILED|FAILURE|ERROR)\b[:\s]+\S|^\W*not ok\b\s*\d|"
    r"\b(?i:want(?:ed)?|expected)\b.{1,60}?,\s*(?:but )?(?i:got|was|found|received)\b"
)
_GENERAL = re.compile(
    r"^\W*(?:traceback\b.*|FAILED \(.*\)|.*\b(?:failures?|errors?)=\d+.*|"
    r".*\b\d+ (?:passed|failed|failures?|errors?)\b.*|=+ .* =+|make: .*)$",
    re.I,
)


def is_error(line: str) -> bool:
    """Say whether the line names a particular error."""
    return bool(_ERROR.search(line)) and not _GENERAL.match(line) and len(line) >= 8
