"""Reads what a model said: fenced, partial or malformed text is repaired item by item; what cannot be is counted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gum.errors import EngineError
from gum.records import Draft, Durability, Kind, Quote, Stance, Theme

_FENCE = re.compile(r"```[a-zA-Z]*\s*\n?(.*?)(?:```|\Z)", re.DOTALL)
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_SUBJECT = re.compile(r"(?:the )?user\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")
_SHORTEST_REPEATED = 12
_DECODER = json.JSONDecoder(strict=False)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Items:
    """The whole items of a list that a model gave, and how many were broken."""

    items: tuple[dict[str, Any], ...]
    broken: int


def items(text: str, key: str) -> Items:
    """Return the items of the list under `key`, or of a bare list.

    Raises EngineError when the text holds no list at all: then nothing can be saved.
    """
    body = _body(text)
    whole = _whole(body)
    if isinstance(whole, dict):
        whole = whole.get(key)
    if isinstance(whole, list):
        kept = tuple(item for item in whole if isinstance(item, dict))
        return Items(kept, len(whole) - len(kept))
    start = _start_of_list(body, key)
    if start is None:
        raise EngineError("The model's answer does not have the form that was asked for.")
    return _salvaged(body, start)


def string(text: str, key: str) -> str:
    """Return the string under `key`, also of an answer that broke off.  Raises EngineError when there is none."""
    whole = _whole(_body(text))
    if isinstance(whole, dict) and isinstance(whole.get(key), str):
        return str(whole[key]).strip()
    found = "".join(string_pieces([_body(text)])).strip() if f'"{key}"' in text else ""
    if not found:
        raise EngineError("The model's answer does not have the form that was asked for.")
    return found


def string_pieces(pieces: Iterator[str] | Sequence[str]) -> Iterator[str]:
    """Yield the text of the first string value of a JSON object while the object still comes in."""
    held, position, inside = "", 0, False
    for piece in pieces:
        held += piece
        if not inside:
            begun = re.search(r':\s*"', held)
            if begun is None:
                continue
            position, inside = begun.end(), True
        told, position, ended = _unescaped(held, position)
        if told:
            yield told
        if ended:
            return


def unrepeated(pieces: Iterable[str]) -> Iterator[str]:
    """Yield a text as it comes, up to where it says a sentence again: from there small models go round for ever."""
    said: set[str] = set()
    current, told = "", 0
    for piece in pieces:
        current += piece
        while (end := _SENTENCE_END.search(current)) is not None:
            sentence = current[: end.end()].strip()
            if sentence in said:
                return
            if len(sentence) >= _SHORTEST_REPEATED:
                said.add(sentence)
            yield current[told : end.end()]
            current, told = current[end.end() :], 0
        begun = current.strip()
        if not any(one.startswith(begun) for one in said):  # else it may be one again, and is held back
            yield current[told:]
            told = len(current)
    if current.strip() not in said:
        yield current[told:]


def draft(item: dict[str, Any], quotes: Mapping[str, int]) -> Draft | None:
    """Return the draft that one item states, or None when its form is broken beyond repair or its quote is made up."""
    try:
        quoted = _words(item["quote"])
        observation = quotes.get(quoted) or next((id for piece, id in quotes.items() if quoted and quoted in piece), 0)
        if not observation:
            return None
        return Draft(
            text=_of_the_user(_words(item["text"])),
            reasoning=_words(item.get("reasoning", "")),
            kind=Kind(str(item["kind"]).lower()),
            durability=Durability(str(item["durability"]).lower()),
            theme=Theme(str(item["theme"]).lower()),
            quotes=(Quote(observation, quoted),),
            strength=bounded(item["strength"]),
            stance=Stance(str(item.get("stance", "for")).lower()),
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _of_the_user(text: str) -> str:
    """Return a proposition with the subject that each of them has.  Raises ValueError for one of something else."""
    begins = _SUBJECT.match(text)
    if begins is None:
        raise ValueError("not of the user")
    return f"The user{text[begins.end() :]}"


def bounded(number: Any) -> int:
    """Return a number as one of 1 to 10.  Raises TypeError or ValueError when it is none."""
    return min(10, max(1, round(float(number))))


def _words(text: Any) -> str:
    if not isinstance(text, str):
        raise TypeError("not a text")
    return text.replace("\u200b", "").strip()  # the mark that takes the force from control tokens


def _body(text: str) -> str:
    text = _THOUGHT.sub("", text)
    fenced = _FENCE.search(text)
    return (fenced.group(1) if fenced else text).strip()


def _whole(body: str) -> Any:
    for start, character in enumerate(body):
        if character in "{[":
            try:
                return _DECODER.raw_decode(body, start)[0]
            except (ValueError, RecursionError):
                return None
    return None


def _start_of_list(body: str, key: str) -> int | None:
    named = re.search(rf'"{re.escape(key)}"\s*:\s*\[', body)
    if named is not None:
        return named.end()
    return 1 if body.startswith("[") else None


def _salvaged(body: str, position: int) -> Items:
    """Return each whole object from a position on; what lies between two of them was a broken one."""
    kept: list[dict[str, Any]] = []
    broken = 0
    while (start := body.find("{", position)) >= 0:
        try:
            item, position = _DECODER.raw_decode(body, start)
        except (ValueError, RecursionError):
            broken += 1
            following = re.compile(r"\}?\s*,\s*(?=\{)").search(body, start + 1)
            if following is None:
                break
            position = following.end()
            continue
        kept.append(item)
    return Items(tuple(kept), broken)


def _unescaped(held: str, position: int) -> tuple[str, int, bool]:
    """Return what is told from a position on, up to where it goes on later, and whether the string has ended."""
    told: list[str] = []
    while position < len(held):
        character = held[position]
        if character == '"':
            return "".join(told), position + 1, True
        if character != "\\":
            told.append(character)
            position += 1
            continue
        length = 6 if held[position + 1 : position + 2] == "u" else 2
        if position + length > len(held):
            break
        told.append(_character(held[position + 1 : position + length]))
        position += length
    return "".join(told), position, False


def _character(escape: str) -> str:
    if escape.startswith("u"):
        try:
            found = chr(int(escape[1:], 16))
        except ValueError:
            return ""
        return "" if 0xD800 <= ord(found) < 0xE000 else found
    return _ESCAPES.get(escape, escape)
