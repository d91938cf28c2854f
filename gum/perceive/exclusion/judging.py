"""Applies exclusion rules to windows, addresses and pages; our own windows are never seen."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass

from gum.config import Exclude
from gum.perceive.applications import is_browser, names
from gum.perceive.exclusion.rules import ExclusionRule, checked, compiled, host_of, plain_text
from gum.perceive.exclusion.seeded import PRIVATE_TITLES, seeded
from gum.records import Capture, Window

OWN_TITLES = ("gum-desktop",)
ADDRESS_LINES = 6  # a browser shows its address within the first lines of its window
_PRIVATE = compiled("|".join(PRIVATE_TITLES))


@dataclass(frozen=True, slots=True)
class _Compiled:
    """Rules in the form in which they are applied."""

    apps: frozenset[str]
    titles: tuple[re.Pattern[str], ...]
    sites: tuple[str, ...]

    @staticmethod
    def of(rules: Iterable[ExclusionRule]) -> _Compiled:
        by_kind: dict[str, list[str]] = {"app": [], "title": [], "site": []}
        for rule in rules:
            by_kind[rule.kind].append(rule.pattern)
        titles = tuple(compiled(pattern) for pattern in by_kind["title"])
        return _Compiled(frozenset(by_kind["app"]), titles, tuple(by_kind["site"]))


def rules_of(settings: Exclude) -> tuple[ExclusionRule, ...]:
    """Return the rules of the settings file, and the seeded ones unless it says not to use them.

    Raises ConfigError for a rule that cannot be one.
    """
    own = (
        *(checked("app", app, "settings") for app in settings.apps),
        *(checked("title", title, "settings") for title in settings.titles),
        *(checked("site", site, "settings") for site in settings.sites),
    )
    return (*own, *(seeded() if settings.seeded else ()))


class Exclusion:
    """Says of a window, an address or a page whether it may be seen.

    Called with a window it is the rule that observers mask by.  `use` puts other rules in force, for all that hold
    this object, at once.  Raises ConfigError for settings that hold a rule that cannot be one.
    """

    def __init__(
        self,
        rules: Exclude | Iterable[ExclusionRule],
        own_titles: Iterable[str] = OWN_TITLES,
        own_pids: Iterable[int] = (),
    ) -> None:
        self._rules = _Compiled.of(rules_of(rules) if isinstance(rules, Exclude) else rules)
        self._own_titles = tuple(title.casefold() for title in own_titles)
        self._own_pids = frozenset(own_pids) | {os.getpid()}

    def use(self, rules: Iterable[ExclusionRule]) -> None:
        """Apply these rules from now on."""
        self._rules = _Compiled.of(rules)

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
        plain, rules = plain_text(title), self._rules
        if any(own in plain.casefold() for own in self._own_titles):
            return "own"
        if not rules.apps.isdisjoint(names(app)):
            return "app"
        if any(rule.search(plain) for rule in rules.titles):
            return "title"
        return "site" if is_browser(app) and any(_names_host(plain, site) for site in rules.sites) else ""

    def of_url(self, url: str) -> str:
        """Return 'site' when the address belongs to an excluded site or a part of it; empty when it does not."""
        host = host_of(url)
        return "site" if any(host == site or host.endswith(f".{site}") for site in self._rules.sites) else ""

    def of_page(self, app: str, text: str) -> str:
        """Return why a browser's window, read as text, may not be seen; empty when it may be.

        'site' when its address bar shows an excluded site; 'private' when its first lines say that it is a private
        window, which browsers show beside the address and not always in the title.
        """
        rules = self._rules
        if not is_browser(app) or not (rules.sites or rules.titles):
            return ""
        lines = [plain_text(line) for line in text.splitlines()[:ADDRESS_LINES]]
        if any(_names_host(line, site) for line in lines for site in rules.sites):
            return "site"
        return "private" if rules.titles and any(_PRIVATE.search(line) for line in lines) else ""

    def of_address_unknown(self, app: str) -> str:
        """Return why a page whose address nobody knows may not be seen: a site that is excluded could be there."""
        return "address unknown" if self._rules.sites and is_browser(app) else ""

    def of_capture(self, capture: Capture) -> str:
        """Return the reason why nothing of a capture is kept; empty when it may be kept."""
        if capture.excluded:
            return "masked"
        window = self.of_window(capture.window) if capture.window else ""
        return window or self.of_name(capture.app, capture.title) or self.of_url(capture.url)


def _names_host(text: str, site: str) -> bool:
    folded = text.casefold()
    return site in folded and re.search(rf"(?<![a-z0-9\-]){re.escape(site)}(?![a-z0-9\-]|\.[a-z])", folded) is not None
