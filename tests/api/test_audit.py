"""What was held back can be seen, allowed and refused; categories can be switched."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from gum.errors import RefusedError
from tests.working import START, HandClock, Running, gumctl, running, settings, text

SENSITIVE = "the letter on my insulin"


def see(served: Running, clock: HandClock, words: str = SENSITIVE, app: str = "Notes") -> None:
    """Let the person see something and infer from it."""
    served.service.agent.receive(text(words, clock.now, app=app))
    clock.forward(hours=1)
    served.work()


@pytest.fixture
def holding(served: Running, clock: HandClock) -> Running:
    see(served, clock)
    return served


def test_what_is_held_back_is_listed_with_its_words_and_flow(holding: Running) -> None:
    (held,) = holding.client.audit()
    assert (held.category, held.decision, held.answerable) == ("health", "held", True)
    assert "insulin" in held.text
    assert held.quotes == [SENSITIVE]
    assert held.flow is not None
    assert (held.flow.whose, held.flow.app) == ("you", "notes")
    assert holding.client.propositions().total == 0
    assert holding.client.status().held_back == 1


def test_seeing_it_again_adds_to_the_same_decision(holding: Running, clock: HandClock) -> None:
    clock.forward(days=1)
    see(holding, clock)
    (held,) = holding.client.audit()
    assert held.quotes == [SENSITIVE, SENSITIVE]


def test_what_is_allowed_becomes_a_proposition_with_its_evidence(holding: Running, clock: HandClock) -> None:
    (held,) = holding.client.audit()
    made = holding.client.allow_held(held.id)
    assert (made.proposition.text, made.proposition.sensitivity) == (held.text, "health")
    assert [piece.quote for piece in made.evidence] == [SENSITIVE]
    (allowed,) = holding.client.audit("allowed")
    assert (allowed.proposition, allowed.text, allowed.quotes) == (made.proposition.id, "", [])
    assert holding.client.audit() == []
    clock.forward(days=1)
    see(holding, clock)
    assert len(holding.client.proposition(made.proposition.id).evidence) == 2
    assert holding.client.propositions().total == 1


def test_what_is_refused_is_gone_and_held_back_silently_from_then_on(holding: Running, clock: HandClock) -> None:
    (held,) = holding.client.audit()
    refused = holding.client.refuse_held(held.id)
    assert (refused.decision, refused.text, refused.quotes) == ("refused", "", [])
    clock.forward(days=1)
    holding.client.allow_category("health", True)
    see(holding, clock)
    assert holding.client.audit() == []
    assert holding.client.propositions().total == 0


def test_an_answer_is_given_once(holding: Running) -> None:
    (held,) = holding.client.audit()
    holding.client.refuse_held(held.id)
    for answer in (holding.client.allow_held, holding.client.refuse_held):
        with pytest.raises(RefusedError) as refusal:
            answer(held.id)
        assert refusal.value.status == 409


def test_a_secret_can_be_counted_and_not_allowed(served: Running, clock: HandClock) -> None:
    see(served, clock, "a note that their password is tulip")
    (held,) = served.client.audit()
    assert (held.category, held.text, held.quotes, held.answerable) == ("credentials", "", [], False)
    with pytest.raises(RefusedError, match="Nothing of it was kept"):
        served.client.allow_held(held.id)
    assert not any(b"tulip" in row for row in _dump(served, "audit_decisions"))


def test_a_category_is_switched_at_run_time_and_outlasts_a_restart(tmp_path: Path, clock: HandClock) -> None:
    with running(tmp_path / "home", clock=clock) as first:
        assert not any(one.allowed for one in first.client.audit_categories())
        switched = first.client.allow_category("health", True)
        assert (switched.category, switched.allowed, switched.switched_at) == ("health", True, clock.now)
        see(first, clock)
        (one,) = first.client.propositions().items
        assert one.sensitivity == "health"
    with running(tmp_path / "home", clock=clock) as second:
        assert [one.category for one in second.client.audit_categories() if one.allowed] == ["health"]
        assert second.client.allow_category("health", False).propositions == 1


def test_the_switch_outlasts_the_settings_file(tmp_path: Path, clock: HandClock) -> None:
    config = settings(infer={"engine": "echo", "allow_sensitive": ["health", "politics"]})
    with running(tmp_path / "home", config, clock) as served:
        served.client.allow_category("health", False)
        assert [one.category for one in served.client.audit_categories() if one.allowed] == ["politics"]
        see(served, clock)
        assert len(served.client.audit()) == 1


def test_an_unknown_category_hears_of_the_nearest(served: Running) -> None:
    with pytest.raises(RefusedError, match="Did you mean 'health'"):
        served.client.allow_category("helth", True)


def test_what_it_rested_on_may_be_gone(holding: Running) -> None:
    (held,) = holding.client.audit()
    holding.service.store._sql.write("DELETE FROM observations WHERE captured_at>=?", (str(START - timedelta(days=9)),))
    with pytest.raises(RefusedError) as refusal:
        holding.client.allow_held(held.id)
    assert refusal.value.status == 404


def test_the_command_lists_allows_refuses_and_switches(holding: Running) -> None:
    home = holding.home
    assert "insulin" in gumctl(home, "audit", "list").stdout
    assert "held back" in gumctl(home, "audit", "categories", "health", "--hold").stdout
    allowed = gumctl(home, "audit", "allow", "1")
    assert (allowed.returncode, "insulin" in allowed.stdout) == (0, True)
    assert gumctl(home, "audit", "refuse", "1").returncode == 5
    assert gumctl(home, "audit", "categories", "health").returncode == 2


def _dump(served: Running, table: str) -> list[bytes]:
    return [str(tuple(row)).encode() for row in served.service.store._sql.rows(f"SELECT * FROM {table}")]
