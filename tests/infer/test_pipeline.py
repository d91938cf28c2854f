"""Inference: what an engine drafts, and what code makes of it."""

from __future__ import annotations

import dataclasses

import pytest

from gum.config import Config, Infer
from gum.errors import EngineError, NotFoundError
from gum.infer.pipeline import Inference
from gum.protocols import EpisodeContext
from gum.records import (
    Claim,
    Draft,
    Durability,
    InferenceState,
    Quote,
    Relation,
    Stance,
    Status,
    Trust,
)
from gum.store import Store
from tests.infer.life import Life, ScriptedEngine, contradicting, draft, title_of

HERON = Claim("works_on", "heron report")


def deadline(day: str) -> Draft:
    return draft(f"The report is due on {day}.", claim=Claim("has_deadline", "report", day))


def test_a_draft_becomes_a_proposition_with_its_quote_as_evidence(life: Life) -> None:
    episode = life.look("heron.md")
    assert life.infer(episode, draft()) == [1]
    made = life.only()
    assert made.probability == pytest.approx(0.845, abs=0.01)
    assert (made.status, made.trust, made.engine) == (Status.ACTIVE, Trust.SYSTEM, "scripted/1")
    (evidence,) = life.store.propositions.evidence(made.id)
    assert (evidence.quote, evidence.episode, evidence.stance) == ("heron.md", episode, Stance.FOR)
    assert life.store.episodes.get(episode).state is InferenceState.INFERRED


def test_inferring_from_an_episode_again_doubles_nothing(life: Life) -> None:
    episode = life.look("heron.md")
    life.infer(episode, draft(claim=HERON))
    before = life.only()
    assert life.infer(episode, draft(claim=HERON)) == []
    assert life.only() == before
    assert len(life.store.propositions.revisions(before.id)) == 1


def test_a_draft_without_a_real_quote_is_dropped_and_counted(life: Life) -> None:
    episode = life.look("heron.md")
    invented = Quote(life.store.observations.of_episode(episode)[0].id, "the user loves our product")
    assert life.infer(episode, draft(quotes=(invented,)), draft(quotes=(Quote(999, "heron.md"),))) == []
    assert not life.store.propositions.list()
    (failure,) = life.store.failures.list()
    assert (failure.part, failure.count) == ("engine scripted", 2)
    assert "heron" not in failure.reason


def test_a_false_quote_is_left_out_where_another_is_true(life: Life) -> None:
    episode = life.look("heron.md")
    life.engine.drafts = lambda context: [draft(quotes=(title_of(context), Quote(1, "never written")))]
    life.inference.infer(episode)
    assert [one.quote for one in life.store.propositions.evidence(1)] == ["heron.md"]


def test_an_earlier_episode_may_be_quoted_and_counts_at_its_own_time(life: Life) -> None:
    life.infer(life.look("heron.md"))
    old = life.store.observations.last()
    assert old is not None
    life.infer(life.look("mail", 2), draft(quotes=(Quote(old.id, "heron.md"),)))
    (evidence,) = life.store.propositions.evidence(1)
    assert (evidence.at, evidence.episode) == (old.captured_at, old.episode)


def test_drafts_that_say_the_same_in_one_episode_become_one(life: Life) -> None:
    life.engine.relation = lambda new, known: Relation.SAME
    life.infer(life.look("heron.md"), draft(claim=HERON), draft("The user writes about herons."))
    assert life.only().text == "The user works on the heron report."


def test_a_refinement_that_touches_a_sensitive_matter_is_marked(life: Life, store: Store) -> None:
    life.infer(life.look("heron.md"), draft())
    life.engine.relation = lambda new, known: Relation.REFINES
    allowing = Config.model_validate({"infer": {"allow_sensitive": ["health"]}})
    life.inference = Inference(store, life.engine, allowing)
    life.infer(life.look("heron.md", 1), draft("The user writes the heron report on diabetes."))
    assert life.only().sensitivity == "health"


def test_what_lasts_longer_than_it_seemed_takes_the_longer_durability(life: Life) -> None:
    life.infer(life.look("heron.md"), draft(claim=HERON, durability=Durability.TASK))
    life.infer(life.look("heron.md", 1), draft(claim=HERON, durability=Durability.PROJECT))
    assert life.only().durability is Durability.PROJECT
    life.infer(life.look("heron.md", 2), draft(claim=HERON, durability=Durability.TASK))
    assert life.only().durability is Durability.PROJECT


def test_an_engine_cannot_call_two_different_claims_the_same(life: Life) -> None:
    life.engine.relation = lambda new, known: Relation.SAME
    life.infer(life.look("heron.md"), draft(claim=HERON))
    life.infer(life.look("heron.md", 1), draft("The user reads on herons.", claim=Claim("researches", "heron report")))
    assert len(life.store.propositions.list()) == 2


def test_the_same_claim_is_recognised_without_asking_the_engine(life: Life) -> None:
    life.infer(life.look("heron.md"), draft(claim=HERON))
    life.infer(life.look("heron.md", 1), draft("The person is busy with it.", claim=HERON))
    assert life.engine.asked == []
    assert len(life.store.propositions.evidence(life.only().id)) == 2


def test_a_moved_deadline_closes_the_old_one_and_both_are_kept(life: Life) -> None:
    life.engine.relation = contradicting
    life.infer(life.look("due friday"), deadline("2026-03-06"))
    before = life.only()
    life.infer(life.look("due monday", 1), deadline("2026-03-09"))
    old, new = life.store.propositions.get(before.id), life.store.propositions.get(2)
    assert old.probability < before.probability
    assert old.valid_to == new.first_seen
    assert [one.stance for one in life.store.propositions.evidence(old.id)] == [Stance.FOR, Stance.AGAINST]
    assert new.valid_to is None


def test_an_old_deadline_that_comes_late_does_not_replace_the_newer_one(life: Life) -> None:
    life.engine.relation = contradicting
    life.infer(life.look("due monday", 5), deadline("2026-03-09"))
    newer = life.only()
    life.infer(life.look("due friday", 1), deadline("2026-03-06"))
    assert life.store.propositions.get(newer.id).valid_to is None
    assert len(life.store.propositions.evidence(newer.id)) == 1
    late = life.store.propositions.get(2)
    assert late.valid_to == newer.first_seen
    assert late.probability < newer.probability


def test_what_was_replaced_holds_again_when_it_is_seen_again(life: Life) -> None:
    life.engine.relation = contradicting
    for day, due in enumerate(("2026-03-06", "2026-03-09", "2026-03-06")):
        life.infer(life.look(f"due {due}", day), deadline(due))
    first, second = life.store.propositions.get(1), life.store.propositions.get(2)
    assert first.valid_to is None
    assert second.valid_to is not None


def test_a_contradiction_of_what_may_hold_together_closes_nothing(life: Life) -> None:
    life.infer(life.look("a.md"), draft("The user likes tea."))
    life.engine.relation = contradicting
    life.infer(life.look("b.md", 1), draft("The user dislikes tea."))
    assert [one.valid_to for one in life.store.propositions.list()] == [None, None]


def test_a_draft_against_what_is_known_adds_no_proposition(life: Life) -> None:
    life.infer(life.look("heron.md"), draft(claim=HERON))
    before = life.only().probability
    life.infer(life.look("heron.md", 1), dataclasses.replace(draft(claim=HERON), stance=Stance.AGAINST))
    assert life.only().probability < before
    unknown = dataclasses.replace(draft("The user sails.", claim=None), stance=Stance.AGAINST)
    assert life.infer(life.look("sea.md", 1), unknown) == []


def test_untrusted_text_alone_stays_a_candidate_below_its_cap(life: Life) -> None:
    for day in range(5):
        episode = life.look("news", day, text="The user loves our product", trust=Trust.UNTRUSTED)
        life.infer(episode, draft("The user loves the product.", strength=10, claim=Claim("researches", "product")))
    assert life.only().probability <= 0.4
    assert life.only().status is Status.CANDIDATE


def test_an_engine_that_fails_changes_nothing_and_the_episode_waits(life: Life) -> None:
    episode = life.look("heron.md")

    def fail(context: EpisodeContext) -> list[Draft]:
        raise EngineError("The model is away.")

    life.engine.drafts = fail
    with pytest.raises(EngineError):
        life.inference.infer(episode)
    assert [one.id for one in life.store.episodes.pending()] == [episode]
    assert life.infer(episode, draft()) == [1]


def test_an_answer_that_does_not_fit_the_question_changes_nothing(life: Life) -> None:
    class Short(ScriptedEngine):
        def relate(self, new: Draft, neighbours: object) -> list[Relation]:
            return []

    life.infer(life.look("heron.md"), draft())
    short = Short()
    short.drafts = lambda context: [
        draft("The user sails.", quotes=(title_of(context),)),
        draft("The user works on the heron report today.", quotes=(title_of(context),)),
    ]
    episode = life.look("heron.md", 1)
    with pytest.raises(EngineError, match="related 0 of"):
        Inference(life.store, short, Config()).infer(episode)
    assert len(life.store.propositions.list()) == 1


def test_an_unknown_episode_is_an_error(life: Life) -> None:
    with pytest.raises(NotFoundError):
        life.inference.infer(77)


def test_a_claim_of_no_known_predicate_is_left_out_of_the_draft(life: Life) -> None:
    life.infer(life.look("heron.md"), draft(claim=Claim("adores", "herons")))
    assert life.only().claim is None


def test_the_engine_sees_the_episode_what_came_before_and_what_is_known(life: Life) -> None:
    life.infer(life.look("heron.md"), draft())
    contexts: list[EpisodeContext] = []

    def keep(context: EpisodeContext) -> list[Draft]:
        contexts.append(context)
        return []

    episode = life.look("heron report", 1)
    life.engine.drafts = keep
    life.inference.infer(episode)
    (context,) = contexts
    assert [one.title for one in context.observations] == ["heron report"]
    assert [one.document for one in context.history] == ["heron.md"]
    assert [one.title for one in context.earlier(context.history[0].id)] == ["heron.md"]
    assert [one.text for one in context.neighbours] == ["The user works on the heron report."]


def test_sensitive_drafts_are_held_back_and_the_decision_is_kept_once(life: Life) -> None:
    episode = life.look("diabetes.md")
    sick = draft("The user has diabetes.")
    assert life.infer(episode, sick) == []
    assert life.infer(episode, sick) == []
    (decision,) = life.store.audit.list()
    assert (decision.category, decision.decision, decision.episode) == ("health", "held", episode)


def test_an_allowed_category_is_kept_and_marked(life: Life, store: Store) -> None:
    config = Config(infer=Infer(allow_sensitive=("health",)))
    life.inference = Inference(store, life.engine, config)
    life.infer(life.look("diabetes.md"), draft("The user has diabetes."))
    assert life.only().sensitivity == "health"
    assert [one.decision for one in store.audit.list()] == ["allowed"]


@pytest.mark.parametrize("contact", ["mara.lindt@example.org", "+49 30 1234567"])
def test_how_to_reach_other_people_is_in_no_proposition(life: Life, contact: str) -> None:
    said = draft(f"The user writes to {contact}.", claim=Claim("deals_with", contact))
    life.infer(life.look("letter"), said)
    known = life.only()
    assert contact not in f"{known.text} {known.reasoning} {known.claim}"
    assert "[contact:" in known.text
