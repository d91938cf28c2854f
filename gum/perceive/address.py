"""The address of a page, as a browser's address bar shows it."""

from __future__ import annotations

import re

LINES = 5
_ADDRESS = re.compile(
    r"(?<![\w@./\-])(https?://)?((?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+[a-z]{2,18}|localhost)(:\d{2,5})?(/[^\s|]*)?(?![\w@])",
    re.IGNORECASE,
)
MOST_OTHER_WORDS = 6


def address_of(text: str) -> str:
    """Return the address within the first lines of a browser window's text; empty when none is certain.

    The bar shows little beside the address, so a line of many other words is a title or the page itself.
    """
    for line in text.splitlines()[:LINES]:
        match = _ADDRESS.search(line)
        if match is None:
            continue
        others = re.findall(r"[^\W\d_]{3,}", line[: match.start()] + " " + line[match.end() :])
        if len(others) <= MOST_OTHER_WORDS:
            scheme, host, port, path = match.groups()
            assumed = "http://" if "not secure" in line.casefold() else "https://"
            return f"{scheme or assumed}{host.lower()}{port or ''}{path or '/'}"
    return ""
