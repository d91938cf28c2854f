"""The exclusions in force: those of the settings file and the seeded ones, and what the person added or lifted.

The settings file is the person's and is never written.  What is added by command, in the terminal interface or over the
API is kept in the store, as is a seeded rule that was lifted; a rule of the settings file is removed there.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from typing import Any

from gum.config import Exclude
from gum.errors import ConflictError, NotFoundError, nearest
from gum.perceive.exclusion.judging import Exclusion, rules_of
from gum.perceive.exclusion.rules import ExclusionKind, ExclusionRule, checked, host_of
from gum.records import Observation
from gum.store.settings import Settings

KEY = "exclusions"


class Exclusions:
    """The rules in force, changed from any thread; `judge` applies them and follows every change."""

    def __init__(self, settings: Settings, config: Exclude, own_pids: Iterable[int] = ()) -> None:
        self._settings = settings
        self._given = rules_of(config)
        self._changing = threading.Lock()
        self.judge = Exclusion(self.rules(), own_pids=own_pids)

    def rules(self) -> list[ExclusionRule]:
        """Return the rules in force: the person's own first, then those of the settings file, then the seeded ones."""
        added, lifted = self._kept("added"), set(self._kept("lifted"))
        own = [checked(kind, pattern) for kind, pattern in added]
        given = [rule for rule in self._given if rule.key not in lifted and rule.key not in added]
        return [*own, *given]

    def add(self, kind: ExclusionKind, pattern: str) -> ExclusionRule:
        """Hide what a pattern names, from now on; adding it twice changes nothing.  Raises ConfigError."""
        rule = checked(kind, pattern)
        with self._changing:
            self._keep(lifted=[key for key in self._kept("lifted") if key != rule.key])
            present = next((one for one in self.rules() if one.key == rule.key), None)
            if present is None:
                self._keep(added=[*self._kept("added"), rule.key])
            self.judge.use(self.rules())
        return present or rule

    def remove(self, kind: ExclusionKind, pattern: str) -> ExclusionRule:
        """Stop hiding what a rule names.

        Raises NotFoundError when there is no such rule, ConflictError for one that stands in the settings file.
        """
        with self._changing:
            rule = self._present(kind, pattern)
            if rule.source == "settings":
                raise ConflictError(
                    f"{rule.pattern!r} stands in the settings file, under exclude.{kind}s; remove it there and restart."
                )
            if rule.source == "seeded":
                self._keep(lifted=[*self._kept("lifted"), rule.key])
            else:
                self._keep(added=[key for key in self._kept("added") if key != rule.key])
            self.judge.use(self.rules())
        return rule

    def matching(self, app: str, title: str, url: str) -> ExclusionRule | None:
        """Return the first rule that hides a window of this class, title and address; None when it would be seen."""
        for rule in self.rules():
            judge = Exclusion([rule])
            if judge.of_name(app, title) not in ("", "own") or judge.of_url(url):
                return rule
        return None

    def _present(self, kind: ExclusionKind, pattern: str) -> ExclusionRule:
        rules = self.rules()
        wanted = {pattern, pattern.strip().casefold()} | ({host_of(pattern)} if kind == "site" else set())
        for rule in rules:
            if rule.kind == kind and rule.pattern in wanted:
                return rule
        hint = nearest(pattern, [rule.pattern for rule in rules if rule.kind == kind])
        raise NotFoundError(f"There is no rule that excludes the {kind} {pattern!r}.{hint}")

    def _kept(self, part: str) -> list[tuple[ExclusionKind, str]]:
        return [(kind, pattern) for kind, pattern in self._settings.get(KEY, {}).get(part, [])]

    def _keep(self, **parts: Any) -> None:
        self._settings.set(KEY, self._settings.get(KEY, {}) | parts)


def pattern_of(kind: ExclusionKind, observation: Observation) -> str:
    """Return the pattern that excludes the application, the very title or the site of an observation.

    Raises ConflictError when the observation names none.
    """
    value = {"app": observation.app, "title": observation.title, "site": host_of(observation.url)}[kind]
    if not value:
        raise ConflictError(f"Observation {observation.id} names no {kind}.")
    return f"^{re.escape(value)}$" if kind == "title" else value
