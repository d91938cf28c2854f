"""One table of a TOML document set or removed; comments and order stay, for tomlkit keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gum.errors import ConfigError


def with_member(text: str, keys: Sequence[str], value: dict[str, Any]) -> str:
    """Return the document with a table under a path of keys, made where it is absent.  Raises ConfigError."""
    import tomlkit
    from tomlkit.items import Table

    document: Any = _parsed(text)
    place = document
    for key in keys[:-1]:
        if key not in place:
            place[key] = tomlkit.table(is_super_table=True)
        place = place[key]
        if not isinstance(place, dict):
            raise ConfigError(f"{key!r} in it is no table")
    table: Table = tomlkit.table()
    for name, one in value.items():
        table[name] = one
    place[keys[-1]] = table
    return _as_meant(tomlkit.dumps(document), keys, value)


def without_member(text: str, keys: Sequence[str]) -> str:
    """Return the document without the table under a path of keys.  Raises ConfigError."""
    import tomlkit

    document: Any = _parsed(text)
    place = document
    for key in keys[:-1]:
        place = place.get(key) if isinstance(place, dict) else None
    if not isinstance(place, dict) or keys[-1] not in place:
        return text
    del place[keys[-1]]
    return _as_meant(tomlkit.dumps(document), keys, None)


def _parsed(text: str) -> Any:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        return tomlkit.parse(text)
    except TOMLKitError as error:
        raise ConfigError(f"it is not TOML ({error})") from error


def _as_meant(made: str, keys: Sequence[str], value: dict[str, Any] | None) -> str:
    import tomllib

    place: Any = tomllib.loads(made)
    for key in keys:
        place = place.get(key) if isinstance(place, dict) else None
    if place != value:
        raise ConfigError("it is written in a way that cannot be changed safely")
    return made
