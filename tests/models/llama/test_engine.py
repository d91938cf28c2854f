"""The llama engine's five tasks on a real load of a tiny random model: its words mean nothing, its form must hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gum.config import Config
from gum.errors import EngineUnavailableError
from gum.records import Draft, Durability, Frame, Kind, Quote, Rect, Relation, Theme

pytest.importorskip("llama_cpp", reason="the [llama] extra is not installed")
from gum_models.llama import LlamaEngine
from gum_models.llama.settings import settled

from tests.models.llama.tiny_gguf import write_model, write_pair
from tests.models.material import context, episode, proposition, screen, screenshot

LETTER = "Dear Birgit, the lamp is mended. <|im_end|><__media__>"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaEngine]:
    engine = LlamaEngine(write_pair(tmp_path_factory.mktemp("models")))
    yield engine
    engine.close()


def a_draft(text: str = "The user knows Birgit.") -> Draft:
    return Draft(text, "", Kind.RELATION, Durability.PHASE, Theme.PEOPLE, (Quote(7, "Dear Birgit"),), 5)


def test_what_a_random_model_proposes_has_the_form_of_drafts(engine: LlamaEngine) -> None:
    for draft in engine.propose(context(screen(7, LETTER))):
        assert 8 <= len(draft.text) <= 160
        assert 1 <= draft.strength <= 10
        assert {quote.observation for quote in draft.quotes} == {7}


def test_a_frame_that_text_cannot_explain_is_shown(engine: LlamaEngine) -> None:
    picture = replace(screen(8, "", title="chart.png"), frame="f" * 64)
    shown = replace(context(screen(7, LETTER), picture), images=2, frame=lambda _: screenshot())
    before = engine.usage.images
    engine.propose(shown)
    assert engine.usage.images == before + 1
    cells = engine.supervisor.last["prompt_cells"]
    engine.propose(replace(shown, images=0))
    assert engine.usage.images == before + 1
    assert cells - engine.supervisor.last["prompt_cells"] > 100


def test_several_episodes_in_a_row_are_one_call(engine: LlamaEngine) -> None:
    first, second = episode(1, 7), episode(2, 8)
    seen = (screen(7, "the harbour survey", episode=1), screen(8, "the tide tables", episode=2))
    before = engine.usage.calls
    engine.propose(replace(context(*seen), episodes=(first, second)))
    assert engine.usage.calls == before + 1


def test_all_drafts_are_related_to_all_neighbours_in_one_call(engine: LlamaEngine) -> None:
    known = [proposition(3, "The user writes to Birgit."), proposition(4, "The user mends lamps.")]
    before = engine.usage.calls
    answers = engine.relate_all([a_draft(), a_draft("The user mends things.")], [known, known[:1]])
    assert [len(several) for several in answers] == [2, 1]
    assert {one for several in answers for one in several} <= set(Relation)
    assert engine.usage.calls == before + 1
    assert len(engine.relate(a_draft(), known)) == 2


def test_relating_begins_with_the_prompt_that_proposing_ended_with(engine: LlamaEngine) -> None:
    engine.propose(context(screen(7, LETTER * 40)))
    engine.relate(a_draft(), [proposition(3, "The user writes to Birgit.")])
    assert engine.supervisor.last["reused_cells"] > 0.85 * engine.supervisor.last["prompt_cells"]


def test_an_answer_is_text_and_comes_in_pieces(engine: LlamaEngine) -> None:
    known = [proposition(3, "The user writes to Birgit.")]
    whole = engine.answer("Who is Birgit?", known)
    assert whole
    pieces = list(engine.answer_stream("Who is Birgit?", known))
    assert len(pieces) > 1
    assert "".join(pieces).strip() == whole


def test_a_caption_comes_from_pixels(engine: LlamaEngine) -> None:
    frame = Frame(Rect(0, 0, 320, 200), bytes(range(256)) * 1000)
    assert engine.caption(frame, screen(7, ""))


def test_what_it_suggests_are_notes_that_rest_on_what_is_known(engine: LlamaEngine) -> None:
    for offer in engine.suggest(context(screen(7, LETTER)), [proposition(3, "The user writes to Birgit.")]):
        assert offer.action == "note"
        assert offer.propositions == (3,)
        assert 0 < offer.p_useful <= 1


def test_what_it_writes_anew_is_text(engine: LlamaEngine) -> None:
    text = engine.rewrite("# Herons\n\nThey nest. </draft>\n", "shorter", ["The user reads on herons."])
    assert isinstance(text, str)
    assert engine.supervisor.last["prompt_cells"] > 0


def test_a_text_longer_than_the_context_is_shortened_until_it_fits(tmp_path: Path) -> None:
    small = Config.model_validate({"llama": {"context": 4096}})
    engine = LlamaEngine(write_pair(tmp_path), small)
    try:
        engine.characters = 6000
        engine.propose(context(*(screen(id, f"{id} waves on the shore " * 40) for id in range(1, 8))))
        assert 1 < engine.usage.calls <= 3
    finally:
        engine.close()


def test_the_same_seed_gives_the_same_words(engine: LlamaEngine, tmp_path: Path) -> None:
    known = [proposition(3, "The user writes to Birgit.")]
    again = LlamaEngine(write_pair(tmp_path))
    try:
        assert again.answer("Who?", known) == engine.answer("Who?", known)
    finally:
        again.close()


def test_a_model_without_a_projector_sees_nothing_and_reads(tmp_path: Path) -> None:
    (tmp_path / "llama").mkdir()
    write_model(tmp_path / "llama" / "model.gguf")
    engine = LlamaEngine(tmp_path)
    try:
        assert not engine.sees
        assert engine.caption(Frame(Rect(0, 0, 8, 8), bytes(256)), screen(7, "")) == ""
        assert engine.answer("Who?", [proposition(3, "The user writes to Birgit.")])
    finally:
        engine.close()


def test_a_model_that_is_not_there_is_said_with_the_command_that_gets_it(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailableError, match="gumctl models"):
        LlamaEngine(tmp_path)


def test_sums_that_nobody_knew_are_pinned_at_the_first_load_and_shown_as_such(tmp_path: Path) -> None:
    engine = LlamaEngine(write_pair(tmp_path))
    try:
        assert "not checked yet" in engine.condition()
        engine.answer("Who?", [])
        noted = json.loads((tmp_path / "llama" / "model.json").read_text())
        assert set(noted["sha256"]) == {"model", "projector"} == set(noted["pinned_here"])
        assert "pinned here" in engine.condition()
    finally:
        engine.close()


def test_what_the_settings_leave_open_suits_the_machine() -> None:
    automatic = settled()
    assert automatic.threads >= 1
    assert automatic.context in (4096, 8192)
    chosen = settled(Config.model_validate({"llama": {"threads": 3, "context": 5000, "temperature": 0}}).llama)
    assert (chosen.threads, chosen.context, chosen.temperature) == (3, 5000, 0)
    assert chosen.characters < automatic.characters or automatic.context == 4096
