"""Every episode is tried, then given up with a reason; none holds up the others."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from gum.daemon.agent import Agent
from gum.daemon.queue import TRIES
from gum.errors import StoreFullError
from gum.paths import Home
from gum.protocols import EpisodeContext
from gum.records import InferenceState
from tests.working import START, HandClock, settings, text


@pytest.fixture
def agent(tmp_path: Path, clock: HandClock) -> Agent:
    agent = Agent.open(Home(tmp_path / "home"), settings(), clock)
    for number, words in enumerate(("the harbour survey", "a cup of poison", "the tide tables")):
        agent.receive(text(words, START + timedelta(minutes=20 * number), app=f"App{number}"))
    clock.forward(hours=2)
    return agent


def states(agent: Agent) -> list[InferenceState]:
    return [one.state for one in agent.store.episodes.between(None, None)]


def test_a_poison_episode_does_not_hold_up_the_others(agent: Agent, clock: HandClock) -> None:
    with agent:
        assert len(agent.advance(clock.now, final=True).propositions) == 2
        assert states(agent) == ["inferred", "pending", "inferred"]
        assert agent.problems.sentences() == ["The engine will not swallow this."]


def test_it_waits_longer_after_each_failure_and_is_given_up_with_its_reason(agent: Agent, clock: HandClock) -> None:
    with agent:
        agent.advance(clock.now, final=True)
        waits = []
        while job := next((one for one in agent.store.jobs.due(clock.now + timedelta(days=9))), None):
            waits.append(job.next_at - clock.now)
            clock.now = job.next_at
            agent.advance(clock.now)
        assert len(waits) == TRIES - 1
        assert waits == sorted(waits)
        assert waits[0] > timedelta(0)
        assert states(agent) == ["inferred", "failed", "inferred"]
        assert [job.reason for job in agent.store.jobs.failed()] == ["The engine will not swallow this."]
        assert agent.store.failures.list()[0].count == TRIES


def test_a_store_that_cannot_be_written_costs_an_episode_no_try(
    agent: Agent, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(context: EpisodeContext) -> NoReturn:
        raise StoreFullError("There is no space left.")

    with agent:
        with monkeypatch.context() as patched:
            patched.setattr(agent.parts.engine, "propose", full)
            for _ in range(3 * TRIES):
                with pytest.raises(StoreFullError):
                    agent.advance(clock.forward(seconds=5), final=True)
        agent.advance(clock.forward(seconds=5))
        assert states(agent) == ["inferred", "pending", "inferred"]


def test_it_is_not_tried_before_its_time(agent: Agent, clock: HandClock) -> None:
    with agent:
        agent.advance(clock.now, final=True)
        agent.advance(clock.forward(seconds=1))
        assert agent.store.failures.list()[0].count == 1


def test_tries_are_kept_over_a_restart(agent: Agent, clock: HandClock) -> None:
    with agent:
        agent.advance(clock.now, final=True)
        home = agent.home
    with Agent.open(home, settings(), clock) as again:
        again.advance(clock.forward(minutes=5))
        assert again.store.failures.list()[0].count == 2
