"""What a model said is repaired item by item, and dropped and counted where it cannot be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gum_models.reasoning import ModelReasoner, Prompt, prompts, replies
from hypothesis import given
from hypothesis import strategies as st

from gum import plugins
from gum.daemon.agent import Agent
from gum.errors import EngineError
from gum.paths import Home
from tests.working import HandClock, settings, text, window

RECORDED: list[dict[str, Any]] = json.loads((Path(__file__).parent / "recorded" / "replies.json").read_text("utf-8"))
LETTER = "Dear Birgit, the lamp is mended. Bring bread."


class Replaying(ModelReasoner):
    """Gives recorded replies in place of a model."""

    name = "replaying"
    author = "replaying/recorded"
    reply = ""

    def complete(self, prompt: Prompt) -> str:
        return '{"pairs": []}' if "pairs" in prompt.schema["properties"] else self.reply


@pytest.fixture
def _replaying() -> Iterator[None]:
    plugins.register("gum.engines", "replaying", Replaying)
    yield
    plugins.unregister("gum.engines", "replaying")


@pytest.mark.usefixtures("_replaying")
@pytest.mark.parametrize("recorded", RECORDED, ids=lambda one: one["about"])
def test_a_recorded_reply_replays_through_the_pipeline(recorded: dict[str, Any], tmp_path: Path) -> None:
    assert recorded["prompt_version"] == prompts.VERSION, "the prompts changed: record the replies anew"
    clock = HandClock()
    config = settings(infer={"engine": "replaying", "allow_sensitive": ["ability"]}, model={"calls_per_hour": 600})
    with Agent.open(Home(tmp_path / "home"), config, clock) as agent:
        model = agent.parts.model
        assert isinstance(model, Replaying)
        model.reply = recorded["reply"]
        agent.receive(window("letter.txt", clock.now, app="Notes"))
        agent.receive(text(LETTER, clock.forward(seconds=2), app="Notes"))
        agent.receive(window("Desktop", clock.forward(minutes=3), app="Desktop", id=9))
        agent.advance(clock.forward(minutes=6))
        agent.understand(clock.forward(minutes=6))
        assert agent.problems.sentences() == []
        stated = [one for one in agent.store.propositions.list() if one.engine == model.author]
        assert len(stated) == recorded["kept"]
        assert model.usage.dropped == recorded["dropped"]


@given(st.text(max_size=200))
def test_nothing_that_a_model_says_is_more_than_an_engine_error(said: str) -> None:
    try:
        found = replies.items(said, "propositions")
    except EngineError:
        return
    for item in found.items:
        replies.draft(item, {"a quote": 1})


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5), st.integers(0, 400))
def test_of_an_answer_that_breaks_off_each_whole_item_is_kept(texts: list[str], cut: int) -> None:
    items = [{"text": one} for one in texts]
    whole = json.dumps({"propositions": items})
    broken = whole[: max(len('{"propositions": ['), len(whole) - cut)]
    found = replies.items(broken, "propositions")
    assert list(found.items) == items[: len(found.items)]
    assert len(found.items) >= sum(
        whole.index(json.dumps(one)) + len(json.dumps(one)) <= len(broken) for one in items[:1]
    )


@given(st.text(max_size=60), st.integers(1, 7))
def test_a_string_comes_in_pieces_as_it_was_meant(words: str, step: int) -> None:
    encoded = json.dumps({"answer": words}, ensure_ascii=False)
    pieces = [encoded[start : start + step] for start in range(0, len(encoded), step)]
    assert "".join(replies.string_pieces(pieces)) == words


def test_what_is_no_list_at_all_is_an_error() -> None:
    with pytest.raises(EngineError, match="form"):
        replies.items("I would rather not.", "propositions")
    with pytest.raises(EngineError, match="form"):
        replies.string("{}", "answer")
    assert replies.string('{"answer": "It broke o', "answer") == "It broke o"
