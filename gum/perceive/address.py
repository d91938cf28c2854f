"""A browser window's text: the address that its bar shows, and the page below."""

from __future__ import annotations

import re

LINES = 5
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9@./\-])(https?://)?((?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+[a-z]{2,18}|localhost)(:\d{2,5})?(/[^\s|]*)?(?![\w@])",
    re.IGNORECASE,
)
MOST_OTHER_WORDS = 6


def split_page(text: str, title: str = "") -> tuple[str, str]:
    """Return the address within the first lines of a browser window's text, and the text below the address bar.

    The bar shows little beside the address, so a line of many other words is a title or the page itself.  Without a
    certain address the first is empty, and of the text only the tab with the window's title is taken away.
    """
    lines = text.splitlines()
    for row, line in enumerate(lines[:LINES]):
        match = _ADDRESS.search(line)
        if match is None:
            continue
        others = re.findall(r"[^\W\d_]{3,}", line[: match.start()] + " " + line[match.end() :])
        if len(others) <= MOST_OTHER_WORDS:
            scheme, host, port, path = match.groups()
            assumed = "http://" if re.search(r"not\s?secure", line, re.IGNORECASE) else "https://"
            return f"{scheme or assumed}{host.lower()}{port or ''}{path or '/'}", "\n".join(lines[row + 1 :])
    return "", "\n".join(lines[1:] if lines and _is_tab(lines[0], title) else lines)


def _is_tab(line: str, title: str) -> bool:
    """A tab shows the beginning of the title, between icons that are read as single letters."""
    words = re.findall(r"[^\W\d_]{2,}", title)[:2]
    singles = sum(len(word) == 1 for word in line.split())
    return bool(words) and singles >= 3 and all(word in line for word in words)
