"""Quotes: only what really stands in an observation counts."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gum.infer.quotes import verified
from gum.records import Observation, Quote
from tests.infer.life import START

SEEN = {
    4: Observation(
        "test",
        "screen",
        START,
        START,
        "firefox",
        "Heron counts",
        "https://example.org/herons",
        "Twelve herons\n   near the café, 明天交报告",
    )
}


@pytest.mark.parametrize(
    "text", ["herons near the café", "Heron counts", "example.org/herons", unicodedata.normalize("NFD", "café"), "报告"]
)
def test_words_of_the_text_the_title_or_the_address_count(text: str) -> None:
    assert verified(Quote(4, text), SEEN)


@pytest.mark.parametrize("text", ["thirteen herons", "twelve Herons", "", "  ", "n", "- ,", "报"])
def test_other_words_other_case_and_scraps_do_not(text: str) -> None:
    assert not verified(Quote(4, text), SEEN)


def test_a_quote_of_an_observation_that_was_not_shown_does_not_count() -> None:
    assert not verified(Quote(5, "Heron counts"), SEEN)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.text(st.characters(codec="utf-8"), min_size=12), st.integers(0, 5), st.integers(6, 12))
def test_every_part_of_a_text_that_is_long_enough_is_found(text: str, begin: int, end: int) -> None:
    seen = {1: Observation("test", "text", START, START, text=f"a {text} b")}
    part = f"a {text} b"[begin:end]
    assume(unicodedata.is_normalized("NFC", text) and unicodedata.is_normalized("NFC", part))
    assume(sum(sign.isalnum() for sign in part) >= 3)
    assert verified(Quote(1, part), seen)
