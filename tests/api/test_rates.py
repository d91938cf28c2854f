"""How much one caller may ask (see gum.api.rates)."""

from __future__ import annotations

import pytest

from gum.api.access import Caller
from gum.api.rates import Rate, Rates

CALLER = Caller("editor", frozenset())


@pytest.fixture
def moment() -> list[float]:
    return [0.0]


@pytest.fixture
def rates(moment: list[float]) -> Rates:
    return Rates(person=Rate(4, 1, 4), client=Rate(3, 0.5, 2), unknown=Rate(1, 1, 1), now=lambda: moment[0])


def waits(rates: Rates, caller: Caller | None) -> int | None:
    refusal = rates.refusal(caller)
    return int(refusal.headers["retry-after"]) if refusal else None


def test_a_burst_passes_and_then_one_waits_as_long_as_it_says(rates: Rates, moment: list[float]) -> None:
    assert [waits(rates, CALLER) for _ in range(4)] == [None, None, None, 2]
    moment[0] += 2
    assert waits(rates, CALLER) is None
    assert waits(rates, CALLER) == 2


def test_the_bucket_holds_no_more_than_a_burst(rates: Rates, moment: list[float]) -> None:
    moment[0] += 1000
    assert [waits(rates, CALLER) for _ in range(4)] == [None, None, None, 2]


def test_callers_do_not_share(rates: Rates) -> None:
    for _ in range(4):
        waits(rates, CALLER)
        waits(rates, None)
    assert waits(rates, Caller("other", frozenset())) is None
    assert waits(rates, Caller.person()) is None


def test_so_many_at_one_time_and_no_more(rates: Rates) -> None:
    with rates.running(CALLER):
        assert waits(rates, CALLER) is None
        with rates.running(CALLER):
            assert waits(rates, CALLER) == 1
    assert waits(rates, CALLER) is None


def test_a_request_that_fails_is_counted_out(rates: Rates) -> None:
    for _ in range(5):
        with pytest.raises(ValueError), rates.running(CALLER):
            raise ValueError
    assert waits(rates, CALLER) is None
