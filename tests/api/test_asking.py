"""Questions over the API: answers with citations, whole or as they come, with and without a model."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from gum import plugins
from gum.errors import EngineError, RefusedError
from gum.records import Proposition
from tests.waiting import until
from tests.working import EchoEngine, HandClock, Running, running, settings, text


class TalkingModel(EchoEngine):
    """A model that answers word by word, citing the first proposition; what it is told not to say ends it."""

    name = "talking"
    author = "talking/1"
    is_model = True
    go_on = threading.Event()
    fails_after: int | None = None
    cancelled = threading.Event()

    def answer_stream(self, question: str, propositions: Sequence[Proposition]) -> Iterator[str]:
        for number, word in enumerate(["As ", f"[{propositions[0].id}] ", "says; ", "not [999]."]):
            if number == self.fails_after:
                raise EngineError("The model died.")
            yield word
            if not self.go_on.wait(10):
                return

    def cancel(self) -> None:
        self.cancelled.set()
        self.go_on.set()


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[TalkingModel]]:
    plugins.register("gum.engines", "talking", TalkingModel)
    TalkingModel.go_on.set()
    TalkingModel.cancelled.clear()
    monkeypatch.setattr(TalkingModel, "fails_after", None)
    yield TalkingModel
    TalkingModel.go_on.set()
    plugins.unregister("gum.engines", "talking")


@pytest.fixture
def with_model(model: type[TalkingModel], tmp_path: Path) -> Iterator[Running]:
    with running(tmp_path / "home", settings(infer={"engine": "talking"}), HandClock()) as now:
        for words in ("The tide is mapped", "The harbour is surveyed"):
            now.client.add_proposition(words)
        yield now


def test_a_model_answers_with_citations(with_model: Running) -> None:
    answer = with_model.client.ask("What of the tide?")
    assert answer.engine == "talking/1"
    assert answer.text == f"As [{answer.propositions[0].id}] says; not [999]."
    assert answer.cited == [answer.propositions[0].id], "an id that it was not given is no citation"
    assert "No model" not in answer.note


def test_a_model_is_not_asked_when_it_has_nothing_to_answer_from(model: type[TalkingModel], tmp_path: Path) -> None:
    with running(tmp_path / "home", settings(infer={"engine": "talking"}), HandClock()) as now:
        answer = now.client.ask("What of the tide?")
        assert answer.engine.startswith("statistical")
        assert answer.text.startswith("Nothing is known about that yet.")


def test_the_words_come_as_they_are_said(with_model: Running, model: type[TalkingModel]) -> None:
    model.go_on.clear()
    coming = with_model.client.ask_stream("What of the tide?")
    assert next(coming).text == "As "
    model.go_on.set()
    rest = list(coming)
    assert "".join(piece.text for piece in rest).endswith("not [999].")
    assert rest[-1].answer is not None
    assert rest[-1].answer.text.startswith("As [")
    assert all(piece.answer is None for piece in rest[:-1])


def test_who_stops_listening_stops_the_model(with_model: Running, model: type[TalkingModel]) -> None:
    model.go_on.clear()
    coming = with_model.client.ask_stream("What of the tide?")
    next(coming)
    coming.close()
    until(model.cancelled.is_set)


@pytest.mark.parametrize("words", [0, 2])
def test_a_model_that_fails_gives_way_or_says_where_it_broke_off(
    with_model: Running, model: type[TalkingModel], words: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "fails_after", words)
    last = list(with_model.client.ask_stream("What of the tide?"))[-1].answer
    assert last is not None
    assert "The model died." in last.note
    if words:
        assert "broke off" in last.note
        assert last.engine == "talking/1"
    else:
        assert last.engine.startswith("statistical")
        assert "tide" in last.text
        assert last.note.endswith("The model died. These are the propositions themselves, the nearest first.")


def test_without_a_model_the_ranked_propositions_are_the_answer(served: Running) -> None:
    for words in ("The user maps the tide", "The user surveys the harbour"):
        served.client.add_proposition(words)
    *pieces, last = served.client.ask_stream("What of the tide?")
    assert last.answer is not None
    assert "".join(piece.text for piece in pieces).strip() == last.answer.text
    assert "No model is in use" in last.answer.note
    assert "tide" in last.answer.propositions[0].text
    assert served.client.ask("What of the tide?").note == last.answer.note


def test_the_built_in_engine_cites_what_it_lists(tmp_path: Path) -> None:
    with running(tmp_path / "home", settings(infer={"engine": "statistical"}), HandClock()) as now:
        id = now.client.add_proposition("The user maps the tide").proposition.id
        answer = now.client.ask("tide?")
        assert answer.cited == [id]
        assert "no language model" in answer.text


def test_an_engine_that_cannot_answer_is_a_problem_in_words(served: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> str:
        raise EngineError("The engine is away.")

    monkeypatch.setattr(served.service.agent.parts.engine, "answer", failing)
    with pytest.raises(RefusedError, match="away"):
        list(served.client.ask_stream("What?"))


def test_what_a_client_is_told_in_a_stream_is_in_the_access_log(served: Running) -> None:
    served.service.agent.receive(text("tide tables"))
    served.work(served.service.clock())
    id = served.client.propositions().items[0].id
    token = served.client.add_client("reader", ["read"], all_sensitive=True).token
    with type(served.client)(served.client.url, token) as reader:
        list(reader.ask_stream("tide?"))
    until(lambda: any(one.client == "reader" for one in served.service.store.access_log.list()))
    row = next(one for one in served.service.store.access_log.list() if one.client == "reader")
    assert row.shown["propositions"]["ids"] == [id]
