"""One agent takes a capture all the way to a belief, whoever holds the clock."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gum import plugins
from gum.daemon.agent import Agent
from gum.errors import PluginError, StoreLockedError
from gum.paths import Home
from gum.records import Suggestion
from gum.store import SearchQuery
from tests.working import START, HandClock, settings, text, window


class LetterEmbedder:
    """Counts letters: texts with the same letters are near."""

    name = "letters"
    dimensions = 26

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        return [self._one(words.casefold()) for words in texts]

    def _one(self, words: str) -> list[float]:
        counts = [words.count(chr(ord("a") + place)) + 0.01 for place in range(26)]
        length = sum(count * count for count in counts) ** 0.5
        return [count / length for count in counts]


@pytest.fixture
def agent(tmp_path: Path, clock: HandClock) -> Agent:
    return Agent.open(Home(tmp_path / "home"), settings(), clock)


def test_a_capture_becomes_a_belief_with_its_evidence(agent: Agent, clock: HandClock) -> None:
    with agent:
        (seen,) = agent.receive(text("the harbour survey", clock.now))
        assert agent.advance(clock.forward(seconds=10)).propositions == ()
        progress = agent.advance(clock.forward(minutes=10))
        (belief,) = (agent.store.propositions.get(id) for id in progress.propositions)
        assert belief.text == "The user works on the harbour survey"
        assert [piece.observation for piece in agent.store.propositions.evidence(belief.id)] == [seen.id]
        assert agent.store.episodes.get(progress.episodes[0]).state == "inferred"


def test_the_end_of_the_stream_ends_the_running_episode(agent: Agent, clock: HandClock) -> None:
    with agent:
        agent.receive(text("the harbour survey", clock.now))
        assert len(agent.advance(clock.now, final=True).episodes) == 1


def test_the_same_stream_brings_the_same_beliefs_in_any_batching(tmp_path: Path) -> None:
    found = []
    for batch in (1, 3, 100):
        clock = HandClock()
        with Agent.open(Home(tmp_path / str(batch)), settings(), clock) as agent:
            for number in range(12):
                clock.now = START + timedelta(minutes=4 * number)
                agent.receive(text(f"subject {number % 3}", clock.now, app=f"App{number % 2}"))
                if number % batch == 0:
                    agent.advance(clock.now)
            agent.advance(clock.forward(hours=1), final=True)
            kept = agent.store.propositions.list()
            found.append(sorted((one.text, round(one.raw_probability, 9), one.first_seen) for one in kept))
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 3


def test_what_a_dead_process_left_undone_is_done_at_the_next_start(tmp_path: Path, clock: HandClock) -> None:
    home = Home(tmp_path / "home")
    with Agent.open(home, settings(), clock) as agent:
        agent.receive(text("the harbour survey", clock.now))
        # the episode is closed and the process dies before it is queued
        agent._segmenter.advance(clock.forward(hours=1), final=True)
    with Agent.open(home, settings(), clock) as agent:
        assert len(agent.advance(clock.now).propositions) == 1


def test_evidence_fades_though_nothing_is_seen(agent: Agent, clock: HandClock) -> None:
    with agent:
        agent.receive(text("the harbour survey", clock.now))
        (id,) = agent.advance(clock.now, final=True).propositions
        before = agent.store.propositions.get(id).probability
        agent.advance(clock.forward(days=90))
        assert agent.store.propositions.get(id).probability < before


def test_a_suggestion_on_what_was_rejected_is_gone_though_nothing_is_seen(agent: Agent, clock: HandClock) -> None:
    known = agent.review.add("The report is due on Friday.").id
    fields = {"status": "shown", "decision": {}, "key": "one", "created_at": clock.now}
    agent.store.suggestions.add(Suggestion("deadline", "Enter it", "It is due.", "note", {}, (known,), **fields))
    agent.review.reject(known)
    agent.advance(clock.now)
    assert agent.store.suggestions.get(1).status == "expired"


def test_a_home_has_one_owner(agent: Agent, clock: HandClock) -> None:
    with agent, pytest.raises(StoreLockedError, match="gumctl stop"):
        Agent.open(agent.home, settings(), clock)


def test_a_part_that_does_not_exist_is_an_error_that_names_the_nearest(tmp_path: Path, clock: HandClock) -> None:
    with pytest.raises(PluginError, match="Did you mean 'statistical'"):
        Agent.open(Home(tmp_path / "home"), settings(infer={"engine": "statistic"}), clock)


def test_an_engine_without_its_model_gives_way_to_the_built_in_one(tmp_path: Path, clock: HandClock) -> None:
    with Agent.open(Home(tmp_path / "home"), settings(infer={"engine": "llama"}), clock) as agent:
        assert agent.parts.engine.name == "statistical"
        assert "gumctl models pull" in agent.problems.sentences()[0]


def test_a_missing_reader_is_said_and_the_rest_works(tmp_path: Path, clock: HandClock) -> None:
    with Agent.open(Home(tmp_path / "home"), settings(infer={"language": "klingon"}), clock) as agent:
        assert "klingon" in agent.problems.sentences()[0]
        assert [one.kind for one in agent.receive(window("draft.txt"))] == ["window"]


def test_without_an_embedder_search_runs_on_words_and_says_so(agent: Agent, clock: HandClock) -> None:
    with agent:
        agent.receive(text("the harbour survey", clock.now))
        agent.advance(clock.now, final=True)
        (hit,) = agent.store.search(SearchQuery("harbour"))
        assert hit.arms == ("words",)
        assert "words alone" in agent.parts.notes["embedder"]


@pytest.fixture
def letters() -> str:
    plugins.register("gum.embedders", "letters", LetterEmbedder)
    return "letters"


def test_an_index_that_was_lost_is_filled_again_at_the_next_start(
    tmp_path: Path, clock: HandClock, letters: str
) -> None:
    home, config = Home(tmp_path / "home"), settings(infer={"embedder": letters})
    with Agent.open(home, config, clock) as agent:
        for number, words in enumerate(("harbour survey", "rye bread", "tide tables")):
            agent.receive(text(words, START + timedelta(minutes=20 * number), app=f"App{number}"))
        agent.advance(clock.forward(hours=2), final=True)
        assert (agent.store.index.state, agent.store.index.check().any) == ("ready", False)
    shutil.rmtree(home.index)
    with Agent.open(home, config, clock) as agent:
        agent.advance(clock.forward(minutes=1))
        drift = agent.store.index.check()
        assert (drift.any, drift.waiting) == (False, 0)
        assert "meaning" in agent.store.search(SearchQuery("bread rye"))[0].arms


def test_a_clock_that_jumps_back_loses_nothing(agent: Agent, clock: HandClock) -> None:
    with agent:
        agent.receive(text("the harbour survey", clock.now))
        agent.advance(clock.forward(minutes=20))
        clock.forward(hours=-3)
        agent.receive(text("the tide tables", clock.now))
        agent.advance(clock.forward(minutes=20))
        agent.advance(clock.forward(hours=4), final=True)
        assert [one.text for one in agent.store.observations.between(None, None)] == [
            "the tide tables",
            "the harbour survey",
        ]
        assert len(agent.store.propositions.list()) == 2
        assert {one.state for one in agent.store.episodes.between(None, None)} == {"inferred"}


def test_a_summer_time_change_does_not_break_an_episode(tmp_path: Path) -> None:
    """Times are kept in UTC: the hour that comes twice in Berlin is two hours here."""
    clock = HandClock(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    with Agent.open(Home(tmp_path / "home"), settings(), clock) as agent:
        for _ in range(30):
            agent.receive(text("the harbour survey", clock.forward(minutes=4)))
        agent.advance(clock.forward(hours=1), final=True)
        (episode,) = agent.store.episodes.between(None, None)
        assert episode.ended_at - episode.started_at == timedelta(minutes=4 * 29)
