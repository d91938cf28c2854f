"""History tells what changed, in signs as well as colours."""

from __future__ import annotations

from gum_tui import difference
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.lists(st.sampled_from(["the", "user", "prefers", "tea", "coffee", "after", "ten"]), max_size=8)


def test_removed_and_added_words_are_marked() -> None:
    line = difference.wording("The user prefers tea.", "The user prefers coffee after ten.")
    assert line.plain == "The user prefers [-tea.-] [+coffee after ten.+]"


@given(WORDS, WORDS)
def test_both_wordings_can_be_read_from_the_difference(old: list[str], new: list[str]) -> None:
    line = difference.wording(" ".join(old), " ".join(new)).plain
    added, removed = line, line
    for mark in ("[-", "-]"):
        removed = removed.replace(mark, "")
    removed = _without(removed, "[+", "+]")
    for mark in ("[+", "+]"):
        added = added.replace(mark, "")
    added = _without(added, "[-", "-]")
    assert removed.split() == old
    assert added.split() == new


def _without(line: str, opening: str, closing: str) -> str:
    while opening in line:
        first, rest = line.split(opening, 1)
        line = first + rest.split(closing, 1)[1]
    return line


def test_fields_are_told_in_words_and_numbers_that_move_by_themselves_are_not() -> None:
    old = {"text": "a", "status": "active", "probability": 0.5, "raw_probability": 0.4, "pinned": False}
    new = {"text": "a", "status": "confirmed", "probability": 0.99, "raw_probability": 0.9, "pinned": True}
    lines = [line.plain for line in difference.fields(old, new)]
    assert lines == ["pinned: no → yes", "probability: 50 % → 99 %", "status: active → confirmed"]


def test_hostile_values_are_inert() -> None:
    (line,) = difference.fields({"sensitivity": ""}, {"sensitivity": "\x1b[2J"})
    assert line.plain == "sensitivity: none → ␛[2J"
