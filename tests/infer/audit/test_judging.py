"""Rulings: the strictest norm holds."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

import pytest

from gum.config import Infer
from gum.infer.audit import CATEGORIES, Norms, Ruling, judge
from gum.infer.audit.flow import flow_of
from gum.records import Claim, Observation, Trust
from tests.infer.life import START, draft


def seen(text: str, *, app: str = "editor", title: str = "", trust: Trust = Trust.SCREEN) -> tuple[str, Observation]:
    return text, Observation("test", "screen", START, START, app, title, text=text, trust=trust, id=1)


def ruling(text: str, allowed: Collection[str] = (), *quotes: tuple[str, Observation], **norms: object) -> Ruling:
    found = judge(draft(text), quotes, Norms(frozenset(allowed), **norms))  # type: ignore[arg-type]
    assert found is not None
    return found


def test_plain_work_needs_no_ruling() -> None:
    assert judge(draft("The user works on the heron report."), (), Norms()) is None


def test_what_is_sensitive_is_held_back_until_its_category_is_allowed() -> None:
    assert ruling("The user has debts.").decision == "held"
    assert ruling("The user has debts.", ("finances",)).decision == "allowed"


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_can_be_allowed_by_its_setting(category: str) -> None:
    assert Infer.model_validate({"allow_sensitive": [category]}).allow_sensitive == (category,)


def test_what_touches_two_categories_needs_both() -> None:
    both = "The user has debts from psychotherapy."
    assert (ruling(both, ("health",)).category, ruling(both, ("health",)).decision) == ("finances", "held")
    assert ruling(both, ("health", "finances")).decision == "allowed"


def test_the_thing_that_a_claim_is_about_is_read_too() -> None:
    found = judge(draft("The user researches a topic.", claim=Claim("researches", "chemotherapy")), (), Norms())
    assert found is not None
    assert found.category == "health"


@pytest.mark.parametrize("text", ["The user is lazy.", "The user's password is hunter2."])
def test_judgements_and_secrets_are_not_written_down(text: str) -> None:
    found = ruling(text)
    assert (found.decision, found.kept) == ("held", False)
    assert "hunter2" not in found.reason


def test_judgements_cannot_be_allowed() -> None:
    assert ruling("The user is lazy.", ("judgement", *CATEGORIES), answer="allowed").decision == "held"


@pytest.mark.parametrize(
    "text", ["The user is Muslim.", "The user is a woman.", "The user is of Turkish descent.", "The user is Jewish."]
)
def test_a_name_tells_nothing_of_origin_religion_or_gender_even_where_they_are_allowed(text: str) -> None:
    found = ruling(text, CATEGORIES, seen("Best regards, Aylin Yildiz"))
    assert (found.decision, found.kept) == ("held", False)
    assert "name" in found.reason


def test_what_was_said_in_words_is_no_guess_from_a_name() -> None:
    assert ruling("The user is Muslim.", CATEGORIES, seen("I will be at the mosque for prayer")).decision == "allowed"


def test_an_engine_may_see_more_but_never_less() -> None:
    plain = draft("The user reads page 14.")
    assert judge(plain, (), Norms(), ["health"]) is not None
    assert judge(plain, (), Norms(), ["astrology"]) is None
    assert ruling("The user has debts.").category == "finances"


def test_a_matter_that_was_refused_stays_held_though_its_category_is_allowed() -> None:
    assert ruling("The user has debts.", ("finances",), answer="refused").decision == "held"


def test_a_matter_that_was_allowed_passes_though_its_category_is_not() -> None:
    assert ruling("The user has debts.", answer="allowed").decision == "allowed"


@pytest.mark.parametrize("words", ["Between us: I have debts.", "Bitte nicht weitersagen: Schulden", "entre nous"])
def test_what_was_said_in_confidence_is_held_though_its_category_is_allowed(words: str) -> None:
    found = ruling("The user has debts.", ("finances",), seen(words, app="Signal", trust=Trust.TYPED))
    assert (found.decision, found.flow and found.flow.in_confidence) == ("held", True)


def test_what_was_refused_from_an_application_before_is_held_from_there_only() -> None:
    refused = frozenset({("finances", "signal")})
    there, elsewhere = seen("my debts", app="Signal"), seen("my debts", app="gedit")
    assert ruling("The user has debts.", ("finances",), there, refused_from=refused).decision == "held"
    assert ruling("The user has debts.", ("finances",), elsewhere, refused_from=refused).decision == "allowed"


def test_the_flow_says_whose_from_where_and_to_how_many() -> None:
    told = seen("I have debts", app="Signal", title="Ana", trust=Trust.TYPED)
    flow = flow_of("you", [told, seen("budget", app="gedit")])
    assert (flow.setting, flow.app, flow.source, flow.told_to) == ("conversation", "signal", Trust.TYPED, ("Ana",))
    assert flow.recorded()["told_to"] == 1
    assert "Ana" not in str(flow.recorded())


@pytest.mark.parametrize(
    ("app", "setting"),
    [("firefox", "page"), ("gedit", "document"), ("Thunderbird", "conversation"), ("xterm", "window")],
)
def test_the_setting_follows_from_the_application(app: str, setting: str) -> None:
    assert flow_of("you", [seen("words", app=app)]).setting == setting


def test_the_matter_of_somebody_else_is_theirs() -> None:
    found = ruling("The user's colleague is pregnant.", (), seen("she is pregnant"))
    assert (found.category, found.flow and found.flow.whose) == ("third_persons", "somebody else")


def test_an_against_draft_is_judged_as_one_for() -> None:
    assert judge(dataclasses.replace(draft("The user has debts."), strength=1), (), Norms()) is not None
