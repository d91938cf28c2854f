"""A model beside the built-in engine: asked in sittings, within its budget, bounded in its failures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gum import plugins
from gum.config import Config
from gum.daemon.agent import Agent
from gum.daemon.understanding.budget import Budget
from gum.daemon.understanding.sittings import MOST_EPISODES, SPARE_CALLS, TRIES, UNDERSTAND
from gum.errors import EngineError, EngineInterruptedError, EngineUnavailableError, StoreFullError
from gum.paths import Home
from gum.protocols import EpisodeContext
from gum.records import Candidate, Claim, Draft, Durability, InferenceState, Kind, Proposition, Quote, Relation, Theme
from tests.working import EchoEngine, HandClock, settings, text, window


@dataclass
class Counts:
    """What an engine tells of its use."""

    calls: int = 0
    images: int = 0


@dataclass
class Script:
    """What the scripted model does, and what it was asked."""

    error: Exception | None = None
    poison: str = ""
    sittings: list[list[int]] = field(default_factory=list)
    contexts: list[EpisodeContext] = field(default_factory=list)
    related: int = 0
    suggested: int = 0
    at: list[datetime] = field(default_factory=list)


SCRIPT = Script()


class ScriptedModel(EchoEngine):
    """A model that says what it sees, or fails as the script has it."""

    name = "scripted"
    author = "scripted/1"
    is_model = True

    def __init__(self) -> None:
        self.usage = Counts()

    def propose(self, context: EpisodeContext) -> Sequence[Draft]:
        self.usage.calls += 1
        SCRIPT.sittings.append([one.id for one in context.episodes or (context.episode,)])
        SCRIPT.contexts.append(context)
        if SCRIPT.error is not None:
            raise SCRIPT.error
        if SCRIPT.poison and any(SCRIPT.poison in one.text for one in context.observations):
            raise EngineError("The model choked.")
        return [_seen(one.id, one.text) for one in context.observations if one.text]

    def relate_all(
        self, drafts: Sequence[Draft], neighbours: Sequence[Sequence[Proposition]]
    ) -> Sequence[Sequence[Relation]]:
        self.usage.calls += 1
        SCRIPT.related += 1
        return [[Relation.SAME if draft.text[-8:] == one.text[-8:] else Relation.UNRELATED for one in several]
                for draft, several in zip(drafts, neighbours, strict=True)]  # fmt: skip

    def suggest(self, context: EpisodeContext, propositions: Sequence[Proposition]) -> Sequence[Candidate]:
        del context, propositions
        self.usage.calls += 1
        SCRIPT.suggested += 1
        return []


def _seen(id: int, words: str) -> Draft:
    return Draft(
        f"The user reads {words}", "It was read.", Kind.INTEREST, Durability.PHASE, Theme.LIFE, (Quote(id, words),), 6
    )


class Counting(EchoEngine):
    """Stands where the built-in engine does: states what each text is about."""

    def __init__(self) -> None:
        self.name, self.author = "statistical", "statistical/1"

    def propose(self, context: EpisodeContext) -> Sequence[Draft]:
        return [
            Draft(
                f"The user works on {one.text}", "2 episodes.", Kind.ACTIVITY, Durability.PROJECT, Theme.WORK,
                (Quote(one.id, one.text),), 8, Claim("works_on", one.text.casefold()),
            )
            for one in context.observations if one.text
        ]  # fmt: skip


@pytest.fixture(autouse=True)
def _engines() -> Iterator[None]:
    SCRIPT.__init__()  # type: ignore[misc]
    plugins.register("gum.engines", "scripted", ScriptedModel)
    plugins.register("gum.engines", "statistical", Counting)
    yield
    plugins.unregister("gum.engines", "scripted")
    plugins.unregister("gum.engines", "statistical")


def with_model(**model: object) -> Config:
    generous = {"calls_per_hour": 600, "images_per_hour": 600, "gather_s": 0.0}
    return settings(infer={"engine": "scripted"}, model=generous | model)


def see(agent: Agent, clock: HandClock, *words: str, minutes: float = 4, away: float = 6) -> None:
    """Let the person look at one thing after another, each in a window of its own, then be away for some minutes."""
    for number, one in enumerate(words):
        app = f"App {number} {one}"
        agent.receive(window(one, clock.now, app=app, id=number + 1))
        agent.receive(text(one, clock.forward(seconds=1), app=app))
        clock.forward(minutes=minutes)
    agent.receive(window("Desktop", clock.now, app="Desktop", id=999))
    agent.advance(clock.forward(minutes=away))


def texts(agent: Agent) -> list[str]:
    return [one.text for one in agent.store.propositions.list()]


def open_agent(tmp_path: Path, clock: HandClock, **model: object) -> Agent:
    return Agent.open(Home(tmp_path / "home"), with_model(**model), clock)


def test_counting_goes_first_and_the_model_adds_to_it(tmp_path: Path, clock: HandClock) -> None:
    with open_agent(tmp_path, clock) as agent:
        see(agent, clock, "the harbour survey")
        counted = ["The user works on the harbour survey"]
        assert texts(agent) == counted
        agent.understand(clock.forward(minutes=10))
        (context,) = SCRIPT.contexts
        assert context.statements == ("The user works on the harbour survey 2 episodes.",)
        assert [one.text for one in context.neighbours] == counted


def test_what_both_state_is_one_proposition_with_two_authors(tmp_path: Path, clock: HandClock) -> None:
    with open_agent(tmp_path, clock) as agent:
        see(agent, clock, "the harbour survey")
        agent.understand(clock.forward(minutes=10))
        (stated,) = agent.store.propositions.list()
        engines = {name for one in agent.store.propositions.evidence(stated.id) for name in one.engine.split(", ")}
        assert engines == {"statistical/1", "scripted/1"}
        assert len(agent.store.propositions.evidence(stated.id)) == 1
        assert SCRIPT.related == 1


def test_episodes_gather_and_are_one_question(tmp_path: Path, clock: HandClock) -> None:
    with open_agent(tmp_path, clock, gather_s=1200) as agent:
        see(agent, clock, "the harbour survey", "the tide tables", away=0)
        agent.understand(clock.now)
        assert SCRIPT.sittings == []
        see(agent, clock, "a letter")
        agent.understand(clock.now)
        assert [len(one) for one in SCRIPT.sittings] == [3]


def test_a_sitting_is_bounded_and_none_is_forgotten(tmp_path: Path, clock: HandClock) -> None:
    with open_agent(tmp_path, clock, gather_s=1e6) as agent:
        see(agent, clock, *(f"page {number} of the guide" for number in range(MOST_EPISODES + 4)), minutes=2)
        agent.understand(clock.forward(hours=1))
        assert [len(one) for one in SCRIPT.sittings] == [MOST_EPISODES, 4]
        assert agent.store.jobs.counts(UNDERSTAND)["waiting"] == 0


def test_calls_are_what_activity_has_earned(tmp_path: Path, clock: HandClock) -> None:
    with open_agent(tmp_path, clock, calls_per_hour=12) as agent:
        for hour in range(3):
            see(agent, clock, *(f"page {hour} {number}" for number in range(20)), minutes=3)
            for _ in range(20):
                agent.understand(clock.now)
        active_h = sum(max(one.dwell_s, 60) for one in agent.store.episodes.between(None, None)) / 3600
        model = agent.parts.model
        assert isinstance(model, ScriptedModel)
        assert 0 < model.usage.calls <= 12 * active_h + 1
        assert agent.backlog(clock.now).waiting > 0  # type: ignore[union-attr]
        assert "earned" in agent.backlog(clock.now).why  # type: ignore[union-attr]


def test_what_is_asked_beside_sittings_is_counted_and_leaves_the_next_one_its_questions(
    tmp_path: Path, clock: HandClock
) -> None:
    with open_agent(tmp_path, clock) as agent:
        see(agent, clock, "the harbour survey")
        budget = Budget(agent.store, agent.config.model)
        before = budget.calls
        agent.understand(clock.forward(minutes=10))
        assert SCRIPT.suggested == 1
        model = agent.parts.model
        assert isinstance(model, ScriptedModel)
        assert before - budget.calls == model.usage.calls
        see(agent, clock, "the tide tables")
        budget.spend(int(budget.calls - SPARE_CALLS), 0)
        agent.understand(clock.forward(minutes=10))
        assert (len(SCRIPT.sittings), SCRIPT.suggested) == (2, 1)


def test_nothing_is_asked_beside_while_the_person_types(tmp_path: Path, clock: HandClock) -> None:
    with open_agent(tmp_path, clock) as agent:
        see(agent, clock, "the harbour survey")
        reasons = iter(["", "", "while you are typing"])
        agent.understand(clock.forward(minutes=10), lambda: next(reasons, "while you are typing"))
        assert len(SCRIPT.sittings) == 1
        assert SCRIPT.suggested == 0


def test_it_waits_with_a_reason_and_then_catches_up(tmp_path: Path, clock: HandClock) -> None:
    with open_agent(tmp_path, clock) as agent:
        see(agent, clock, "the harbour survey", "the tide tables")
        agent.understand(clock.forward(minutes=10), lambda: "while you are typing")
        waiting = agent.backlog(clock.now)
        assert waiting is not None
        assert (waiting.waiting, waiting.why) == (2, "while you are typing")
        assert waiting.since is not None
        assert waiting.since <= clock.now - timedelta(minutes=10)
        agent.understand(clock.now)
        assert agent.backlog(clock.now).waiting == 0  # type: ignore[union-attr]


def hour_of(agent: Agent, clock: HandClock, error: Exception | None) -> int:
    """Let an hour pass with a look every few seconds and an episode every six minutes; return the calls."""
    SCRIPT.error = error
    before = len(SCRIPT.sittings)
    end = clock.now + timedelta(hours=1)
    number = 0
    while clock.now < end:
        if number % 24 == 0:
            agent.receive(text(f"page {before} {number}", clock.now, app=f"App {number}"))
        agent.advance(clock.forward(seconds=15))
        agent.understand(clock.now)
        number += 1
    return len(SCRIPT.sittings) - before


@pytest.mark.parametrize(
    "error", [EngineUnavailableError("The model is not there."), EngineError("It broke off."), ValueError("strange")]
)
def test_an_hour_of_a_dead_model_costs_a_handful_of_calls_then_it_catches_up(
    tmp_path: Path, clock: HandClock, error: Exception
) -> None:
    with open_agent(tmp_path, clock) as agent:
        assert 1 <= hour_of(agent, clock, error) <= 7
        assert not any("reads" in one for one in texts(agent))
        assert {one.engine for one in agent.store.propositions.list()} == {"statistical/1"}
        assert any("Counting goes on" in one for one in agent.problems.sentences())
        SCRIPT.error = None
        agent.understand(clock.forward(hours=1))
        assert agent.problems.sentences() == []
        done = agent.store.jobs.counts(UNDERSTAND)
        assert done["waiting"] == 0
        assert done["failed"] <= 1
        if isinstance(error, EngineUnavailableError):
            assert done["failed"] == 0


def test_one_bad_episode_ends_alone_with_its_reason(tmp_path: Path, clock: HandClock) -> None:
    SCRIPT.poison = "poison"
    with open_agent(tmp_path, clock) as agent:
        see(agent, clock, "the harbour survey", "a cup of poison", "the tide tables", "a letter", "bread")
        for _ in range(4 * TRIES):
            agent.understand(clock.forward(hours=1))
        states = {one.document: one for one in agent.store.episodes.between(None, None)}
        failed = [one for one in states.values() if one.state is InferenceState.FAILED]
        assert [one.reason for one in failed] == ["scripted: The model choked."]
        assert "poison" in failed[0].app
        assert agent.store.jobs.counts(UNDERSTAND) == {"waiting": 0, "running": 0, "done": 4, "failed": 1}
        assert len(SCRIPT.sittings) <= 4 * TRIES


def test_a_question_of_the_person_costs_the_interrupted_episode_nothing(tmp_path: Path, clock: HandClock) -> None:
    with open_agent(tmp_path, clock) as agent:
        see(agent, clock, "the harbour survey")
        SCRIPT.error = EngineInterruptedError("It gave way.")
        for _ in range(2 * TRIES):
            agent.understand(clock.forward(minutes=5))
        assert agent.problems.sentences() == []
        SCRIPT.error = None
        agent.understand(clock.forward(minutes=5))
        assert agent.store.jobs.counts(UNDERSTAND)["done"] == 1


def test_what_waits_outlives_the_daemon(tmp_path: Path, clock: HandClock) -> None:
    with open_agent(tmp_path, clock) as agent:
        see(agent, clock, "the harbour survey")
    with open_agent(tmp_path, clock) as again:
        again.understand(clock.forward(minutes=10))
        assert SCRIPT.sittings == [[1]]


def test_a_store_that_cannot_be_written_costs_no_try(tmp_path: Path, clock: HandClock) -> None:
    with open_agent(tmp_path, clock) as agent:
        see(agent, clock, "the harbour survey")
        SCRIPT.error = StoreFullError("There is no space left.")
        for _ in range(2 * TRIES):
            with pytest.raises(StoreFullError):
                agent.understand(clock.forward(minutes=10))
        SCRIPT.error = None
        agent.understand(clock.forward(minutes=10))
        assert agent.store.jobs.counts(UNDERSTAND)["done"] == 1


def test_an_engine_that_is_no_model_stands_in_the_place_of_the_built_in_one(tmp_path: Path, clock: HandClock) -> None:
    with Agent.open(Home(tmp_path / "home"), settings(), clock) as agent:
        assert agent.parts.model is None
        assert agent.parts.engine.name == "echo"
        assert agent.understand(clock.now) == []
        assert agent.backlog(clock.now) is None
