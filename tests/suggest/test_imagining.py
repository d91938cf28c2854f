"""What a model suggests: told only what is trusted, and held to it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gum.config import Config
from gum.errors import EngineError
from gum.infer.verdicts import Review
from gum.paths import Home
from gum.protocols import EpisodeContext
from gum.records import Candidate, Observation, Proposition, Trust
from gum.store import Store
from gum.suggest.actions.note import NoteAction
from gum.suggest.imagining import MOST, imagined
from gum.suggest.pipeline import Suggesting
from gum.suggest.plain import LEFT_OUT
from tests.infer.life import Life, ScriptedEngine
from tests.suggest.test_pipeline import NOON

NOTE = Candidate("model", "Write it", "", "note", {"title": "It", "markdown": "It."}, (1,), 0.8, 6, 3, 3, "model:it")


class Imagining(ScriptedEngine):
    """An engine that offers what the test says, and remembers what it was told."""

    offers: Sequence[Candidate] = (NOTE,)
    told: Any = None

    def suggest(self, context: EpisodeContext, propositions: Sequence[Proposition]) -> Sequence[Candidate]:
        self.told = (context, propositions)
        return self.offers


@pytest.fixture
def engine() -> Imagining:
    return Imagining()


@pytest.fixture
def store(tmp_path: Path, engine: Imagining) -> Iterator[Store]:
    clock = [NOON]
    with Store.open(Home(tmp_path / "home"), now=lambda: clock[0]) as made:
        Review(made, lambda: clock[0]).add("The report is due on Friday.")
        Life(made, engine, Config(), clock).look("report.md")
        yield made


def test_it_is_told_what_is_believed_and_what_the_person_wrote_and_nothing_of_others(
    store: Store, engine: Imagining
) -> None:
    episode = store.episodes.last()
    assert episode is not None
    for trust in (Trust.TYPED, Trust.SCREEN, Trust.UNTRUSTED):
        at = episode.started_at
        store.observations.add(Observation("test", "text", at, at, text=trust.value, trust=trust, episode=episode.id))
    assert [one.title for one in imagined(store, engine, NOON + timedelta(hours=1))] == ["Write it"]
    context, known = engine.told
    assert [one.text for one in context.observations if one.text] == ["typed"]
    assert [one.text for one in known] == ["The report is due on Friday."]


def test_what_rests_on_nothing_or_on_what_it_was_not_told_is_dropped(store: Store, engine: Imagining) -> None:
    engine.offers = [dataclasses.replace(NOTE, propositions=ground) for ground in ((), (99,), (1, 99))]
    assert imagined(store, engine, NOON) == []
    engine.offers = [NOTE] * (MOST + 3)
    assert len(imagined(store, engine, NOON)) == MOST


def test_its_note_says_from_what_it_was_written_and_names_no_address_of_its_own(
    store: Store, engine: Imagining
) -> None:
    episode = store.episodes.last()
    assert episode is not None
    at, wrote = episode.started_at, "The form is at https://forms.test/7, due on Friday."
    for title, trust in (("report.md", Trust.TYPED), ("Win [now](https://bad.test)", Trust.UNTRUSTED)):
        seen = Observation("test", "text", at, at, "Editor", title, text=wrote, trust=trust, episode=episode.id)
        store.observations.add(seen)
    note = {"title": "It", "markdown": "Fill in https://forms.test/7 and pay at https://bad.test/pay."}
    engine.offers = [dataclasses.replace(NOTE, payload=note)]
    (offer,) = imagined(store, engine, NOON + timedelta(hours=1))
    assert offer.payload["markdown"].splitlines() == [
        f"Fill in https://forms.test/7 and pay at {LEFT_OUT}.",
        "",
        "Written by a model from:",
        "",
        "- The report is due on Friday.",
        "- report.md",
    ]


def test_what_it_offers_goes_through_the_gate_like_all_else(store: Store, engine: Imagining, tmp_path: Path) -> None:
    settled = Config.model_validate({"suggest": {"burn_in_hours": 0}})
    suggesting = Suggesting(store, {}, {"note": NoteAction()}, settled, tmp_path / "output", lambda: NOON)
    suggesting.imagine(engine, NOON)
    assert [one.title for one in suggesting.discover(NOON)] == ["Write it"]


def test_a_model_that_fails_is_counted_and_offers_nothing(
    store: Store, engine: Imagining, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(context: EpisodeContext, propositions: Sequence[Proposition]) -> Sequence[Candidate]:
        raise EngineError("It is away.")

    monkeypatch.setattr(engine, "suggest", fail)
    suggesting = Suggesting(store, {}, {"note": NoteAction()}, Config(), tmp_path / "output", lambda: NOON)
    suggesting.imagine(engine, NOON)
    assert suggesting.discover(NOON) == []
    assert "suggestions of" in str(store.failures.list())
