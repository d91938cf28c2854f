"""What a window title says: the document it shows and the topic that document belongs to."""

from __future__ import annotations

import functools
import re
from urllib.parse import urlsplit

_SEPARATOR = re.compile(r"\s+[-–—|·]\s+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_COUNTER = re.compile(r"^\s*[(\[]\d+\+?[)\]]\s*|^\s*\d{1,3}\s?%\s+")
_MAILBOX_COUNTER = re.compile(
    r"\b(inbox|unread|messages?|chats?|notifications?|mail|posteingang)\s*[(\[]\d+\+?[)\]]", re.I
)
# Signs of unsaved changes and of work in progress (braille spinners), before or after the name.
_MARK_BEFORE = re.compile(r"^\s*(?:[*●•◌✎⠀-⣿✳]\s*|\[\+\]\s*)+")
_MARK_AFTER = re.compile(r"\s*(?:[*●•]|\[\+\]|[(\[](?:modified|edited|geändert|modifié)[)\]])\s*$", re.I)
_GENERIC = frozenset({"org", "com", "net", "io", "gnome", "kde", "xfce", "app", "bin", "esr", "desktop", "client"})


@functools.lru_cache(maxsize=4096)
def document_of(title: str, app: str) -> str:
    """Return the title without the application's name, marks of change and unread counters."""
    return " - ".join(_parts(title, app))


def topic_of(title: str, app: str, url: str = "") -> str:
    """Return what the document belongs to: the site of a page, else the last part of a title of several parts."""
    if url:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
        if host:
            return host.removeprefix("www.")
    parts = _parts(title, app)
    return parts[-1] if len(parts) > 1 else ""


def _parts(title: str, app: str) -> list[str]:
    text = " ".join(_INVISIBLE.sub("", title).split())
    parts = [part for part in (_unmarked(part) for part in _SEPARATOR.split(text)) if part]
    if len(parts) > 1 and _names_app(parts[-1], app):
        parts.pop()
    elif len(parts) > 1 and _compact(parts[0]) == _compact(app):
        parts.pop(0)
    return parts


def _unmarked(part: str) -> str:
    text = _MAILBOX_COUNTER.sub(r"\1", part)
    while (shorter := _MARK_AFTER.sub("", _MARK_BEFORE.sub("", _COUNTER.sub("", text)))) != text:
        text = shorter
    return text.strip()


def _names_app(part: str, app: str) -> bool:
    """Return whether a title's last part is the application's name: 'Mozilla Firefox' for 'firefox-esr'."""
    return bool(_words(part) & _words(app)) or (len(_compact(part)) > 3 and _compact(part) in _compact(app))


def _words(text: str) -> set[str]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return {word for word in re.findall(r"[^\W\d_]{3,}", spaced.casefold()) if word not in _GENERIC}


def _compact(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
