"""One member of a JSON document set or removed, and everything else left as it stands: comments, order, indentation.

Comments and trailing commas are blanked out, so that what is left is JSON of the same length; the change is then made
at the places found, and must be the one that was meant when the result is read again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gum.errors import ConfigError

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING = re.compile(r'"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])')
_SPACE = re.compile(r"\s*")
INDENT = "  "


def parse(text: str) -> dict[str, Any]:
    """Return the object of a JSON document with comments and trailing commas; an empty text is an empty object.

    Raises ConfigError.
    """
    if not text.strip():
        return {}
    try:
        found = json.loads(_plain(text))
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"it is not JSON ({error})") from error
    if not isinstance(found, dict):
        raise ConfigError("it holds no JSON object")
    return found


def with_member(text: str, keys: Sequence[str], value: Any) -> str:
    """Return the document with `value` under a path of keys, made where it is absent.  Raises ConfigError."""
    wanted = parse(text)
    place = wanted
    for key in keys[:-1]:
        place = place.setdefault(key, {})
        if not isinstance(place, dict):
            raise ConfigError(f"{key!r} in it is no object")
    place[keys[-1]] = value
    made = _set(text, keys, value) if text.strip() else json.dumps(wanted, indent=2, ensure_ascii=False) + "\n"
    return _as_meant(made, wanted)


def without_member(text: str, keys: Sequence[str]) -> str:
    """Return the document without what stands under a path of keys.  Raises ConfigError."""
    wanted = parse(text)
    place: Any = wanted
    for key in keys[:-1]:
        place = place.get(key) if isinstance(place, dict) else None
    if not isinstance(place, dict) or keys[-1] not in place:
        return text
    del place[keys[-1]]
    return _as_meant(_removed(text, keys), wanted)


def _as_meant(made: str, wanted: dict[str, Any]) -> str:
    if parse(made) != wanted:
        raise ConfigError("it is written in a way that cannot be changed safely")
    return made


@dataclass(frozen=True, slots=True)
class _Member:
    """Where a member stands: its key, and its value from `start` to `end`."""

    key: str
    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Object:
    """Where an object stands, from its brace to its closing one, with its members in order."""

    start: int
    end: int
    members: tuple[_Member, ...]

    def member(self, key: str) -> _Member | None:
        return next((one for one in reversed(self.members) if one.key == key), None)


def _plain(text: str) -> str:
    """Return the text with spaces in place of comments and trailing commas."""

    def blank(found: re.Match[str]) -> str:
        return found[0] if found[0].startswith('"') else re.sub(r"[^\n]", " ", found[0])

    return _TRAILING.sub(blank, _TOKEN.sub(blank, text.replace("\ufeff", " ")))


def _object(plain: str, start: int) -> _Object:
    decoder, members, place = json.JSONDecoder(), [], _skip(plain, start + 1)
    while plain[place] != "}":
        key, end = decoder.raw_decode(plain, place)
        value = _skip(plain, _skip(plain, end) + 1)
        _, after = decoder.raw_decode(plain, value)
        members.append(_Member(key, place, value, after))
        place = _skip(plain, after)
        if plain[place] == ",":
            place = _skip(plain, place + 1)
    return _Object(start, place, tuple(members))


def _skip(plain: str, place: int) -> int:
    found = _SPACE.match(plain, place)
    return found.end() if found else place


def _set(text: str, keys: Sequence[str], value: Any) -> str:
    plain = _plain(text)
    place = _object(plain, _skip(plain, 0))
    for depth, key in enumerate(keys):
        member = place.member(key)
        rest = keys[depth + 1 :]
        if member is None:
            for one in reversed(rest):
                value = {one: value}
            return _added(text, place, depth + 1, key, value)
        if not rest:
            return text[: member.start] + _written(value, depth + 1) + text[member.end :]
        place = _object(plain, member.start)
    return text


def _added(text: str, place: _Object, depth: int, key: str, value: Any) -> str:
    """Put a member last, after whatever comment stands behind the one before it."""
    line = f"\n{INDENT * depth}{json.dumps(key, ensure_ascii=False)}: {_written(value, depth)}"
    if not place.members:
        inside = text[place.start + 1 : place.end].rstrip()
        return f"{text[: place.start + 1]}{inside}{line}\n{INDENT * (depth - 1)}{text[place.end :]}"
    last = place.members[-1].end
    between = text[last : place.end]
    comment = between.rstrip()
    tail = between[len(comment) :]
    if "\n" not in tail:
        tail = f"\n{INDENT * (depth - 1)}"
    comma = "" if "," in _TOKEN.sub("", between) else ","
    return f"{text[:last]}{comma}{comment}{line}{tail}{text[place.end :]}"


def _removed(text: str, keys: Sequence[str]) -> str:
    plain = _plain(text)
    place = _object(plain, _skip(plain, 0))
    for key in keys[:-1]:
        if (member := place.member(key)) is None:
            return text
        place = _object(plain, member.start)
    gone = place.member(keys[-1])
    if gone is None:
        return text
    at, end, comma = gone.at, gone.end, None
    following = re.match(r"\s*,", plain[end:])
    if following:
        end += following.end()
    elif before := [one for one in place.members if one.end <= at]:
        comma = plain.index(",", before[-1].end)
    line, next_line = text.rfind("\n", 0, at) + 1, text.find("\n", end)
    if next_line >= 0 and not text[line:at].strip() and not text[end:next_line].strip():
        at, end = line, next_line + 1
    kept = text[:at] if comma is None else text[:comma] + text[comma + 1 : at]
    return kept + text[end:]


def _written(value: Any, depth: int) -> str:
    return json.dumps(value, indent=len(INDENT), ensure_ascii=False).replace("\n", f"\n{INDENT * depth}")
