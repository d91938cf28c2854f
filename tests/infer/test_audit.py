"""The audit: what is held back, and what may stay."""

from __future__ import annotations

import pytest

from gum.config import Infer
from gum.infer.audit import RULES, judge
from gum.records import Claim
from tests.infer.life import draft


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The user is being treated for diabetes.", "health"),
        ("The user reads about symptoms of depression.", "health"),
        ("The user is gay.", "sexuality"),
        ("The user goes to the mosque on Fridays.", "religion"),
        ("The user voted in the council election.", "politics"),
        ("The user is of Turkish descent.", "ethnicity"),
        ("The user is a woman.", "gender"),
        ("The user has debts of 4000 euros.", "finances"),
        ("The user's password is hunter2.", "credentials"),
        ("The user is bad at statistics.", "ability"),
        ("The user's colleague is pregnant.", "third_persons"),
        ("Mara's divorce keeps the user busy.", "third_persons"),
        ("The user's boss was fired.", "third_persons"),
        ("The user is lazy on Mondays.", "judgement"),
    ],
)
def test_sensitive_drafts_are_held_back(text: str, category: str) -> None:
    ruling = judge(draft(text), ())
    assert ruling is not None
    assert (ruling.category, ruling.decision) == (category, "held")


@pytest.mark.parametrize(
    "text",
    [
        "The user works on the heron report.",
        "The user deals with Christian Baker and Ana Church.",
        "The user has a deadline for the grant budget on 2026-03-06.",
        "The user is stuck on an error in race.py.",
        "The user uses a password manager.",
        "The user has a deadline on 12 March 2026: Loan list for the board.",
        "The user prefers vim for editing.",
        "The user wrote to a friend about the garden.",
        "The user promised their manager the slides.",
    ],
)
def test_plain_work_is_not(text: str) -> None:
    assert judge(draft(text), ()) is None


def test_the_thing_that_a_claim_is_about_is_read_too() -> None:
    ruling = judge(draft("The user researches a topic.", claim=Claim("researches", "chemotherapy")), ())
    assert ruling is not None
    assert ruling.category == "health"


@pytest.mark.parametrize("category", sorted({*RULES, "third_persons"}))
def test_every_category_can_be_allowed_by_its_setting(category: str) -> None:
    assert Infer.model_validate({"allow_sensitive": [category]}).allow_sensitive == (category,)


def test_an_allowed_category_is_let_through_and_says_so() -> None:
    ruling = judge(draft("The user has debts."), ("finances",))
    assert ruling is not None
    assert ruling.decision == "allowed"


def test_judgements_cannot_be_allowed() -> None:
    ruling = judge(draft("The user is lazy."), ("judgement",))
    assert ruling is not None
    assert ruling.decision == "held"


@pytest.mark.parametrize("text", ["The user is lazy.", "The user's password is hunter2."])
def test_secrets_and_judgements_are_not_even_logged(text: str) -> None:
    held = draft(text)
    ruling = judge(held, ())
    assert ruling is not None
    assert text not in str(ruling.shown(held)) + ruling.reason


def test_what_touches_two_categories_needs_both_allowed() -> None:
    both = draft("The user has debts from psychotherapy.")
    ruling = judge(both, ("health",))
    assert ruling is not None
    assert (ruling.category, ruling.decision) == ("finances", "held")
    ruling = judge(both, ("health", "finances"))
    assert ruling is not None
    assert ruling.decision == "allowed"


def test_the_secret_of_somebody_else_is_not_logged_either() -> None:
    held = draft("The user's friend said: the bank account's password is hunter2.")
    ruling = judge(held, ("third_persons",))
    assert ruling is not None
    assert (ruling.category, ruling.decision) == ("credentials", "held")
    assert "hunter2" not in str(ruling.shown(held))
