"""What an exclusion rule is, and how one is checked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import urlsplit

from gum.errors import ConfigError

ExclusionKind = Literal["app", "title", "site"]
Source = Literal["seeded", "settings", "you"]
KINDS: tuple[ExclusionKind, ...] = get_args(ExclusionKind)
LONGEST = 300


@dataclass(frozen=True, slots=True)
class ExclusionRule:
    """An application by window class, a title by regular expression, or a site by host name, and who wants it hidden.

    `source` is 'seeded' for the list that comes with the program, 'settings' for the settings file, 'you' for a rule
    that the person added; `why` says in a few words what a seeded rule is for.
    """

    kind: ExclusionKind
    pattern: str
    source: Source = "you"
    why: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes two rules the same."""
        return self.kind, self.pattern


def checked(kind: ExclusionKind, pattern: str, source: Source = "you", why: str = "") -> ExclusionRule:
    """Return a rule with its pattern in the one form in which rules are compared.

    Raises ConfigError, with what is wrong, for a pattern that cannot be one.
    """
    plain = plain_text(pattern).strip()
    if not plain or len(plain) > LONGEST:
        raise ConfigError(f"A rule for {_called(kind)} has 1 to {LONGEST} characters.")
    if kind == "app":
        return ExclusionRule(kind, plain.casefold(), source, why)
    if kind == "title":
        if compiled(plain).search(""):
            raise ConfigError(f"The title rule {plain!r} fits every title; nothing would be seen any more.")
        return ExclusionRule(kind, plain, source, why)
    host = host_of(plain)
    if not re.fullmatch(r"[^\W_](?:[\w\-]*\.)*[\w\-]*[^\W_]", host) or ("." not in host and host != "localhost"):
        raise ConfigError(f"{plain!r} is no site; a site is a host name such as 'bank.example'.")
    return ExclusionRule(kind, host, source, why)


def compiled(rule: str) -> re.Pattern[str]:
    """Return a title rule as a regular expression.  Raises ConfigError naming it when it is none."""
    try:
        return re.compile(rule, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise ConfigError(f"The title rule {rule!r} is not a regular expression: {error}.") from error


def host_of(url: str) -> str:
    """Return the host name of an address or of a bare site name, without port and leading 'www.'; empty for none."""
    address = url.strip().casefold()
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:  # a broken IPv6 address
        return ""
    return host.removeprefix("www.").rstrip(".")


def plain_text(title: str) -> str:
    """Return a title as it looks: composed, and without marks of no width that could split a word."""
    composed = unicodedata.normalize("NFKC", title)
    return "".join(character for character in composed if unicodedata.category(character) not in ("Cf", "Cc"))


def _called(kind: ExclusionKind) -> str:
    return {"app": "an application", "title": "titles", "site": "a site"}[kind]
