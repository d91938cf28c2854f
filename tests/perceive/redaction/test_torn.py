"""What a reader tore apart is put together before it is judged, and its pieces go together."""

from __future__ import annotations

import random
import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gum.perceive.redaction import redact
from gum.perceive.redaction.torn import joined

LETTERS = string.ascii_letters + string.digits


def made(length: int, seed: int) -> str:
    chosen = random.Random(seed)
    return "".join(chosen.choice(LETTERS) for _ in range(length))


@pytest.mark.parametrize(
    "text",
    [
        "https: //nora :trawler77@db.example/kelp",
        "token xoxb-781236542736 - 2364535789652 -GkwFDQoHqzXDVsC6GzqYUypD",
        "hf_hZEmnoOEYISj raJtbySaKCNnSuYAvukaTt",
    ],
)
def test_a_token_with_spaces_read_into_it_is_known(text: str) -> None:
    assert redact(text).kinds


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.sets(st.sampled_from(range(24, 150, 14)), min_size=1, max_size=4))
def test_what_is_torn_off_a_long_token_goes_with_it(seed: int, cuts: set[int]) -> None:
    body = made(160, seed)
    torn = "".join(" " * (at in cuts) + character for at, character in enumerate(body))
    left = re.sub(r"\[redacted: [^\]]*\]", "", redact(f"$ cat key\neyJhbGciOiJIUzI1NiJ9.{torn}\n$ ls").text)
    assert left.startswith("$ cat key")
    assert left.endswith("$ ls")
    assert not any(body[at : at + 8] in left.replace(" ", "") for at in range(len(body) - 7))


def test_a_token_that_the_window_broke_is_hidden_in_both_lines() -> None:
    body = made(150, 3)
    line = "key ghp_" + body[:72]
    left = redact(f"{line}\n{body[72:144]}\n{body[144:]} and more").text
    assert body[72:80] not in left
    assert "and more" in left


@given(st.text(st.sampled_from("abcdefgh ijklmnop.,\n-")))
def test_words_are_never_joined(text: str) -> None:
    whole = joined(text)
    assert whole is None or whole.text == text


@given(st.text(max_size=200))
def test_each_character_of_a_joined_text_knows_its_place(text: str) -> None:
    whole = joined(text)
    if whole is not None:
        assert [text[place] for place in whole.places] == list(whole.text)
