"""What is never seen: applications, titles and sites of the person's choice, and our own windows."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from gum.config import Exclude
from gum.errors import ConfigError
from gum.perceive.applications import is_browser, names
from gum.records import Capture, Window

OWN_TITLES = ("gum-desktop",)
ADDRESS_LINES = 6  # a browser shows its address within the first lines of its window


class Exclusion:
    """Says of a window, an address or a page whether it may be seen.

    Called with a window it is the rule that observers mask by.  Raises ConfigError for a title rule that is no
    regular expression.
    """

    def __init__(self, rules: Exclude, own_titles: Iterable[str] = OWN_TITLES, own_pids: Iterable[int] = ()) -> None:
        self._apps = frozenset(app.casefold() for app in rules.apps)
        self._titles = tuple(_compiled(rule) for rule in rules.titles)
        self._sites = tuple(_host(site) for site in rules.sites if site.strip())
        self._own_titles = tuple(title.casefold() for title in own_titles)
        self._own_pids = frozenset(own_pids) | {os.getpid()}

    def __call__(self, window: Window) -> bool:
        """Return whether the window must not be seen."""
        return bool(self.of_window(window))

    def of_window(self, window: Window) -> str:
        """Return the reason why the window is not seen: 'own', 'app' or 'title'; empty when it may be seen."""
        if window.pid in self._own_pids:
            return "own"
        return self.of_name(window.app, window.title)

    def of_name(self, app: str, title: str) -> str:
        """Return the reason why a window of this class and title is not seen; empty when it may be."""
        plain = _plain(title)
        if any(own in plain.casefold() for own in self._own_titles):
            return "own"
        if not self._apps.isdisjoint(names(app)):
            return "app"
        if any(rule.search(plain) for rule in self._titles):
            return "title"
        return "site" if is_browser(app) and any(_names_host(plain, site) for site in self._sites) else ""

    def of_url(self, url: str) -> str:
        """Return 'site' when the address belongs to an excluded site or a part of it; empty when it does not."""
        host = _host(url)
        return "site" if any(host == site or host.endswith(f".{site}") for site in self._sites) else ""

    def of_page(self, app: str, text: str) -> str:
        """Return 'site' when a browser's address bar, read as text, shows an excluded site."""
        if not self._sites or not is_browser(app):
            return ""
        lines = text.splitlines()[:ADDRESS_LINES]
        return "site" if any(_names_host(line, site) for line in lines for site in self._sites) else ""

    def of_capture(self, capture: Capture) -> str:
        """Return the reason why nothing of a capture is kept; empty when it may be kept."""
        if capture.excluded:
            return "masked"
        window = self.of_window(capture.window) if capture.window else ""
        return window or self.of_name(capture.app, capture.title) or self.of_url(capture.url)


def _compiled(rule: str) -> re.Pattern[str]:
    try:
        return re.compile(rule, re.IGNORECASE)
    except re.error as error:
        raise ConfigError(f"The rule {rule!r} of exclude.titles is not a regular expression: {error}.") from error


def _plain(title: str) -> str:
    """Return the title as it looks: composed, and without marks of no width that could split a word."""
    composed = unicodedata.normalize("NFKC", title)
    return "".join(character for character in composed if unicodedata.category(character) != "Cf")


def _host(url: str) -> str:
    """Return the host name of an address or of a bare site name, without port and leading 'www.'."""
    address = url.strip().casefold()
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:  # a broken IPv6 address
        return ""
    return host.removeprefix("www.").rstrip(".")


def _names_host(text: str, site: str) -> bool:
    return re.search(rf"(?<![a-z0-9\-]){re.escape(site)}(?![a-z0-9\-]|\.[a-z])", text.casefold()) is not None
