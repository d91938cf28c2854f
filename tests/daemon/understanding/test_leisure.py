"""A model waits while the person types hard, and for mains power."""

from __future__ import annotations

from datetime import timedelta

from gum.config import Model
from gum.daemon.understanding.leisure import Leisure
from tests.working import START


def leisure(*, battery: bool = False, **settings: object) -> Leisure:
    return Leisure(Model.model_validate(settings), battery=lambda: battery)


def test_nothing_stands_against_work_on_mains_when_nobody_types() -> None:
    assert leisure().why_wait(START) == ""


def test_it_waits_while_the_person_types_hard_and_no_longer() -> None:
    watch = leisure(keys_per_minute=100)
    for second in range(10):
        watch.typed(12, START + timedelta(seconds=second))
    assert watch.why_wait(START + timedelta(seconds=10)) == "while you are typing"
    assert watch.why_wait(START + timedelta(seconds=75)) == ""


def test_a_few_keys_are_not_typing_hard() -> None:
    watch = leisure(keys_per_minute=100)
    watch.typed(100, START)
    assert watch.why_wait(START) == ""


def test_it_never_waits_for_the_keyboard_when_told_so() -> None:
    watch = leisure(keys_per_minute=0)
    watch.typed(10_000, START)
    assert watch.why_wait(START) == ""


def test_it_waits_for_mains_power_unless_told_otherwise() -> None:
    assert leisure(battery=True).why_wait(START) == "for mains power"
    assert leisure(battery=True, on_battery=True).why_wait(START) == ""
