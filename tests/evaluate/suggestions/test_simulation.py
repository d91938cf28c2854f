"""Scripted people of hidden tastes: they repeat by their seed, are left alone when busy, and are learned from."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from gum.cli import gumctl
from gum.cli.exit_codes import ExitCode
from gum.evaluate.suggestions.figures import after, simulate, utility
from gum.evaluate.suggestions.living import BENEFIT, COST_FALSE_ALARM, COST_SILENCE, START, Shown, live
from gum.evaluate.suggestions.person import Instant, Occasion, Person

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OCCASION = Occasion("rest:0/0", "rest", NOON, NOON + timedelta(hours=1), 0.5, useful=True)


def shown(answer: str) -> Shown:
    return Shown(OCCASION, Instant(NOON, "reading"), answer)


def test_a_person_follows_from_the_seed() -> None:
    assert Person(3, START).day(0) == Person(3, START).day(0)
    assert Person(3, START).day(0) != Person(4, START).day(0)


def test_who_is_busy_accepts_nothing_however_useful() -> None:
    person = Person(1, START)
    answers = {person.answer(OCCASION, Instant(NOON, doing))[0] for doing in ("typing", "call") for _ in range(30)}
    assert answers == {"dismiss", "ignore"}
    assert "accept" in {person.answer(OCCASION, Instant(NOON, "reading"))[0] for _ in range(30)}


def test_speaking_and_silence_are_worth_what_the_gate_reckons_with() -> None:
    useless = dataclasses.replace(OCCASION, useful=False)
    assert (utility(OCCASION, True), utility(OCCASION, False)) == (BENEFIT, -COST_SILENCE)
    assert (utility(useless, True), utility(useless, False)) == (-COST_FALSE_ALARM, 0)


def test_what_is_shown_after_so_many_answers_is_counted_apart() -> None:
    told = [shown("accept"), shown("ignore"), shown("dismiss"), shown("ignore"), shown("accept")]
    assert after(told, 2) == told[3:]
    assert after(told, 9) == []


@pytest.fixture(scope="module")
def figures() -> dict[str, dict[str, float]]:
    return simulate([0, 1], 15, lambda done, all: None)


def test_nobody_is_interrupted_while_typing_in_a_call_or_at_night(figures: dict[str, dict[str, float]]) -> None:
    timing = figures["timing"]
    assert timing["share_of_such_moments"] > 0.3
    assert timing["interruptions"] > 20
    assert timing["in_typing"] == timing["in_call"] == timing["in_presentation"] == timing["in_quiet_time"] == 0


def test_after_fifty_answers_most_of_what_is_shown_is_useful(figures: dict[str, dict[str, float]]) -> None:
    simulation = figures["simulation"]
    assert simulation["shown_after"] > 5
    assert simulation["precision_after_50_answers"] >= 0.7
    assert simulation["precision_after_50_answers"] > simulation["precision_of_always"]
    assert simulation["most_in_a_day"] <= 6


def test_a_life_is_lived_in_order_and_shows_nothing_twice() -> None:
    life = live(2, 2)
    moments = [one.look.now for one in life.shown]
    assert moments == sorted(moments)
    assert len({one.occasion.key for one in life.shown}) == len(life.shown)


def test_the_command_needs_no_file_but_something_to_measure() -> None:
    done = CliRunner().invoke(gumctl, ["eval", "suggestions", "--people", "1", "--days", "1", "--json"])
    report = json.loads(done.stdout)
    assert {"simulation", "timing"} <= set(report)
    assert "gate" not in report
    told = CliRunner().invoke(gumctl, ["eval", "suggestions", "--people", "1", "--days", "1"]).stdout
    assert "1 scripted people" in told
    assert CliRunner().invoke(gumctl, ["eval", "suggestions", "--people", "0"]).exit_code == ExitCode.USAGE
