"""What the gate has learned, over HTTP and on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gum.cli.exit_codes import ExitCode
from gum.records import Suggestion
from tests.working import START, HandClock, Running, gumctl, running, settings

FEATURES = {"stated": 0.4, "all": 1.0, "kind rest": 1.0, "time morning": 1.0}


@pytest.fixture
def decided(tmp_path: Path) -> Iterator[Running]:
    """A daemon that has shown a suggestion and held one back."""
    with running(tmp_path / "home", settings(), HandClock()) as now:
        for key, status, reason in (("one", "shown", "it is worth the interruption"), ("two", "silent", "quiet hours")):
            decision = {"speak": status == "shown", "reason": reason, "p": 0.6, "bar": 0.3, "features": FEATURES}
            now.service.agent.store.suggestions.add(
                Suggestion("rest", f"Rest {key}", "Long.", "note", {}, (), status, decision, key, START)
            )
        yield now


def test_an_answer_moves_the_weights_that_told_of_it(decided: Running) -> None:
    before = decided.client.gate()
    assert (before.answers, before.weights, before.refused) == (0, {}, [])
    assert before.need["trouble"] > 0
    decided.client.dismiss(1, "not this kind")
    after = decided.client.gate()
    assert after.answers == 1
    assert set(after.weights) == set(FEATURES)
    assert after.weights["kind rest"] < 0
    assert after.refused == ["rest"]


def test_a_refused_kind_can_be_allowed_again(decided: Running) -> None:
    decided.client.dismiss(1, "not this kind")
    assert decided.client.allow_kind("rest").taken_back == 1
    assert decided.client.allow_kind("rest").taken_back == 0
    assert decided.client.gate().refused == []


def test_every_decision_is_shown_with_its_numbers(decided: Running) -> None:
    home = decided.service.agent.home
    told = gumctl(home, "suggestions", "why", "1").stdout
    assert "shown: it is worth the interruption" in told
    assert "told by kind rest" in told
    assert "quiet hours" in gumctl(home, "suggestions", "why", "--silent").stdout
    assert json.loads(gumctl(home, "suggestions", "why", "2", "--json").stdout)["decision"]["bar"] == 0.3
    assert gumctl(home, "suggestions", "why").returncode == ExitCode.USAGE


def test_the_model_is_shown_and_kinds_are_allowed_from_the_command_line(decided: Running) -> None:
    home = decided.service.agent.home
    decided.client.dismiss(1, "never suggest this again")
    told = gumctl(home, "suggestions", "model").stdout
    assert "kind rest" in told
    assert "You want no more of: rest" in told
    assert "may be offered again" in gumctl(home, "suggestions", "allow", "rest").stdout
    assert "was not refused" in gumctl(home, "suggestions", "allow", "rest").stdout
