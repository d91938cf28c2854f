"""The audit in the pipeline: the engine's own eye, answers as norms, and what the log keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from gum.config import Config, Infer
from gum.errors import ConflictError, EngineError
from gum.infer.audit import AllowedCategories, Answers
from gum.infer.pipeline import Inference
from gum.records import Draft, Status
from gum.store import Store
from tests.infer.life import Life, ScriptedEngine, draft

DEBTS = ("The user has debts at the shop.", "The user has debts at the bar.", "The user has debts at the inn.")


class WatchfulEngine(ScriptedEngine):
    """A scripted engine that also says what is sensitive."""

    found: Sequence[Sequence[str]] = ()

    def audit(self, drafts: Sequence[Draft]) -> Sequence[Sequence[str]]:
        return self.found or [("health",)] * len(drafts)


@pytest.fixture
def answers(store: Store, engine: ScriptedEngine, clock: list[datetime]) -> Answers:
    return Answers(store, engine, AllowedCategories(store, ()), lambda: clock[0])


def watched(life: Life, found: Sequence[Sequence[str]] = ()) -> WatchfulEngine:
    """Let a watchful engine take the place of the scripted one."""
    engine = WatchfulEngine()
    engine.found = found
    life.engine = engine
    life.inference = Inference(life.store, engine, Config())
    return engine


def test_what_the_engine_finds_sensitive_is_held_back_too(life: Life) -> None:
    watched(life)
    assert life.infer(life.look("page 14"), draft("The user reads page 14.")) == []
    assert [one.category for one in life.store.audit.list("held")] == ["health"]


def test_an_engine_that_answers_past_the_question_is_told_so(life: Life) -> None:
    watched(life, [(), ()])
    with pytest.raises(EngineError, match="judged 2 of 1"):
        life.infer(life.look("page 14"), draft("The user reads page 14."))
    assert life.store.audit.list() == []


def test_one_matter_waits_once_however_often_it_is_seen(life: Life) -> None:
    for day in range(3):
        life.infer(life.look("letter", day), draft("The user has debts."), draft("the user  has debts"))
    (held,) = life.store.audit.list("held")
    assert len(life.store.audit.quotes(held.id)) == 3


def test_a_judgement_is_counted_once_an_episode_without_its_words(life: Life) -> None:
    episode = life.look("letter")
    for _ in range(2):
        life.infer(episode, draft("The user is lazy."))
    (held,) = life.store.audit.list()
    assert (held.category, held.draft) == ("judgement", {"kind": "activity"})


def test_what_was_allowed_is_supported_by_what_comes_later(life: Life, answers: Answers) -> None:
    life.infer(life.look("letter"), draft("The user has debts."))
    made = answers.allow(life.store.audit.list("held")[0].id)
    assert (made.sensitivity, made.status) == ("finances", Status.ACTIVE)
    life.infer(life.look("letter", 1), draft("The user has debts."))
    assert len(life.store.propositions.evidence(life.only().id)) == 2


def test_the_words_of_another_order_are_the_same_matter(life: Life, answers: Answers) -> None:
    life.infer(life.look("letter"), draft("The user has debts at the shop."))
    answers.refuse(life.store.audit.list("held")[0].id)
    life.infer(life.look("letter", 1), draft("At the shop the user has debts."))
    assert [one.state for one in life.store.audit.list()] == ["refused"]


def test_two_refusals_from_an_application_hold_its_category_though_it_is_allowed(
    life: Life, answers: Answers, store: Store
) -> None:
    for number, text in enumerate(DEBTS[:2]):
        life.infer(life.look("letter", number), draft(text))
        answers.refuse(store.audit.list("held")[0].id)
    life.inference = Inference(store, life.engine, Config(infer=Infer(allow_sensitive=("finances",))))
    life.infer(life.look("letter", 3), draft(DEBTS[2]))
    (held,) = store.audit.list("held")
    assert "from this application" in held.reason


def test_what_the_person_never_wants_inferred_is_not_even_logged(life: Life, answers: Answers) -> None:
    life.infer(life.look("letter"), draft("The user has debts."))
    made = answers.allow(life.store.audit.list("held")[0].id)
    life.review.never_infer(made.id)
    life.infer(life.look("letter", 1), draft("The user has debts."))
    assert [one.state for one in life.store.audit.list()] == ["allowed"]


def test_what_was_rejected_cannot_come_back_by_the_audit(life: Life, answers: Answers) -> None:
    life.infer(life.look("letter"), draft("The user has debts."))
    life.review.reject(life.review.add("The user has debts.").id)
    with pytest.raises(ConflictError, match="rejected"):
        answers.allow(life.store.audit.list("held")[0].id)
    assert len(life.store.audit.list("held")) == 1
