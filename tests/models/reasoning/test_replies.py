"""What a model said is repaired item by item, and dropped and counted where it cannot be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from gum_models.reasoning import ModelReasoner, Prompt, prompts, replies
from hypothesis import given
from hypothesis import strategies as st

from gum import plugins
from gum.daemon.agent import Agent
from gum.errors import EngineError
from gum.infer.audit import CATEGORIES
from gum.paths import Home
from tests.models.reasoning.material import LETTER, PAGE, TASKS, fingerprint
from tests.working import HandClock, settings, text, window

FILES = sorted((Path(__file__).parent / "recorded").glob("*.json"))
RECORDED: dict[str, dict[str, Any]] = {one.stem: json.loads(one.read_text("utf-8")) for one in FILES}
REPLIES = [
    pytest.param(reply, id=f"{name}, {reply['task']} {number}")
    for name, one in RECORDED.items()
    for number, reply in enumerate(one["replies"])
]


class Replaying(ModelReasoner):
    """Gives a recorded reply in place of a model."""

    name = "replaying"
    author = "replaying/recorded"
    reply = ""

    def complete(self, prompt: Prompt) -> str:
        return self.reply


class Proposing(Replaying):
    """Relates nothing and suggests nothing."""

    def complete(self, prompt: Prompt) -> str:
        (wanted,) = prompt.schema["properties"]
        return self.reply if wanted == "propositions" else json.dumps({wanted: []})


@pytest.fixture
def _replaying() -> Iterator[None]:
    plugins.register("gum.engines", "replaying", Proposing)
    yield
    plugins.unregister("gum.engines", "replaying")


@pytest.mark.parametrize("recorded", RECORDED.values(), ids=RECORDED)
def test_what_is_recorded_is_of_the_prompts_that_are_in_force(recorded: dict[str, Any]) -> None:
    assert recorded["recorded_from"]
    assert recorded["prompts"] == fingerprint(), (
        "the prompts changed: raise their VERSION, and record the replies anew with tests/models/reasoning/record.py"
    )
    assert recorded["prompt_version"] == prompts.VERSION


def test_every_task_has_a_recorded_reply_of_a_real_model() -> None:
    assert {one["task"] for one in RECORDED["gemma-270m"]["replies"]} == set(TASKS)


@pytest.mark.parametrize("recorded", REPLIES)
def test_a_recorded_reply_is_made_into_what_it_was_before(recorded: dict[str, Any]) -> None:
    model = Replaying()
    model.reply = recorded["reply"]
    made = TASKS[recorded["task"]](model)
    if "made" in recorded:
        assert made == recorded["made"]
    else:
        assert len(made) == recorded["kept"]
    assert model.usage.dropped == recorded["dropped"]


@pytest.mark.usefixtures("_replaying")
@pytest.mark.parametrize("recorded", [one for one in REPLIES if one.values[0]["task"] == "propose"])
def test_a_recorded_reply_replays_through_the_pipeline(recorded: dict[str, Any], tmp_path: Path) -> None:
    clock = HandClock()
    config = settings(infer={"engine": "replaying", "allow_sensitive": CATEGORIES}, model={"calls_per_hour": 600})
    with Agent.open(Home(tmp_path / "home"), config, clock) as agent:
        model = agent.parts.model
        assert isinstance(model, Replaying)
        model.reply = recorded["reply"]
        agent.receive(window("letter.txt", clock.now, app="Notes"))
        agent.receive(text(LETTER, clock.forward(seconds=2), app="Notes"))
        agent.receive(text(PAGE, clock.forward(seconds=20), app="Notes"))
        agent.receive(window("Desktop", clock.forward(minutes=3), app="Desktop", id=9))
        agent.advance(clock.forward(minutes=6))
        agent.understand(clock.forward(minutes=6))
        assert agent.problems.sentences() == []
        stated = [one for one in agent.store.propositions.list() if one.engine == model.author]
        assert len(stated) == recorded["kept"]
        assert all(one.text.startswith("The user") for one in stated)
        assert model.usage.dropped == recorded["dropped"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
GOOD = {"quote": "a quote", "text": "The user reads.", "kind": "skill", "durability": "trait", "theme": "life"}
DRAFTED = st.fixed_dictionaries(
    {}, optional={name: st.just(one) | JSON for name, one in (GOOD | {"strength": 7}).items()}
)


@given(
    st.text(max_size=200) | st.lists(DRAFTED | JSON, max_size=3).map(lambda made: json.dumps({"propositions": made}))
)
def test_whatever_a_model_says_is_a_draft_with_its_quote_or_nothing_or_an_engine_error(said: str) -> None:
    found: Sequence[dict[str, Any]] = ()
    with suppress(EngineError):
        found = replies.items(said, "propositions").items
    drafts = [draft for item in found if (draft := replies.draft(item, {"a quote": 1})) is not None]
    assert all(one.text.startswith("The user") and 1 <= one.strength <= 10 for one in drafts)
    assert all([quote.observation for quote in one.quotes] == [1] for one in drafts)


@given(st.fixed_dictionaries({"strength": st.integers(-99, 99) | st.floats(-99, 99)}))
def test_a_good_item_is_a_draft_of_bounded_strength(strength: dict[str, float]) -> None:
    draft = replies.draft(GOOD | strength, {"a quote": 1})
    assert draft is not None
    assert draft.strength == min(10, max(1, round(strength["strength"])))


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


@given(st.lists(st.text(alphabet="abc .!\n", max_size=30), max_size=8), st.integers(1, 9))
def test_a_text_is_told_up_to_its_first_sentence_that_was_said_before(parts: list[str], step: int) -> None:
    words = "".join(parts)
    told = "".join(replies.unrepeated(words[start : start + step] for start in range(0, len(words), step)))
    assert words.startswith(told)
    sentences = [one.strip() for one in re.split(r"(?<=[.!?])(?=\s)|(?<=\n)", told)]
    long = [one for one in sentences if len(one) >= 12]
    assert len(long) == len(set(long))
    if told != words:
        rest = re.split(r"(?<=[.!?])(?=\s)|(?<=\n)", words[len(told) :].lstrip())
        assert any(one.strip() in long for one in rest)


def test_a_text_that_goes_round_in_circles_ends() -> None:
    once = "The user works on a survey. The user writes to Birgit. "
    assert "".join(replies.unrepeated(iter(once * 50))) == once.rstrip()
    assert "".join(replies.unrepeated(["Yes. ", "Yes. ", "No."])) == "Yes. Yes. No."


def test_what_is_no_list_at_all_is_an_error() -> None:
    with pytest.raises(EngineError, match="form"):
        replies.items("I would rather not.", "propositions")
    with pytest.raises(EngineError, match="form"):
        replies.string("{}", "answer")
    assert replies.string('{"answer": "It broke o', "answer") == "It broke o"
