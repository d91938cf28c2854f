"""Finds plug-ins by entry point.  Listing imports nothing; loading one by name imports that one."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from gum.errors import PluginError, nearest

log = logging.getLogger(__name__)

GROUPS = (
    "gum.desktops",
    "gum.observers",
    "gum.readers",
    "gum.embedders",
    "gum.engines",
    "gum.setups",
    "gum.suggesters",
    "gum.actions",
    "gum.notifiers",
    "gum.notification_servers",
    "gum.frontends",
)

_extra: dict[str, dict[str, Any]] = {}


def names(group: str) -> list[str]:
    """Return the names offered in a group, sorted, without importing any of them."""
    return sorted({point.name for point in _points(group)} | set(_extra.get(group, {})))


def load(group: str, name: str) -> Any:
    """Return the object that a plug-in offers under this name.

    Raises PluginError when there is none of that name or when it cannot be imported.
    """
    if name in _extra.get(group, {}):
        return _extra[group][name]
    for point in _points(group):
        if point.name == name:
            try:
                return point.load()
            except Exception as error:
                raise PluginError(f"The plug-in {name!r} of {group} could not be loaded: {error}") from error
    raise PluginError(f"There is no plug-in {name!r} in {group}.{nearest(name, names(group))}")


def load_all(group: str, only: Iterable[str] | None = None) -> dict[str, Any]:
    """Return every plug-in of a group by name; a broken one is left out with a warning."""
    found = {}
    for name in names(group) if only is None else only:
        try:
            found[name] = load(group, name)
        except PluginError as error:
            if only is not None:
                raise
            log.warning("%s", error)
    return found


def register(group: str, name: str, offered: Any) -> None:
    """Offer a plug-in from inside the process, as an embedding program does."""
    _extra.setdefault(group, {})[name] = offered


def unregister(group: str, name: str) -> None:
    """Take back what `register` offered."""
    _extra.get(group, {}).pop(name, None)


def _points(group: str) -> Iterable[EntryPoint]:
    if group not in GROUPS:
        raise PluginError(f"There is no plug-in group {group!r}.{nearest(group, GROUPS)}")
    return entry_points(group=group)
