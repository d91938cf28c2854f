"""lives_in and works_at: by the person's own name above a town or an employer, and by what they write."""

from __future__ import annotations

import pytest
from gum_models.statistical import StatisticalEngine

from gum.records import Relation, Trust
from tests.models.statistical.person import Person, at
from tests.models.statistical.test_engine import known

LETTER = "Nora Lind\nHarbour Street 4\n04120 Turku\nDear Sir or Madam"


def told(person: Person, predicate: str) -> set[str]:
    return {draft.claim.object for draft in person.drafts(predicate) if draft.claim}


def test_the_town_below_the_persons_own_name_on_two_letters_is_where_they_live() -> None:
    person = Person("Nora Lind")
    for day in (2, 4):
        person.does(at(day, 9), "Mousepad", f"letter {day}.txt - Mousepad", screens=[LETTER], keys=80)
    (draft,) = person.drafts("lives_in")
    assert draft.text == "The user lives in Turku."
    assert {quote.text for quote in draft.quotes} == {"04120 Turku"}


def test_one_letter_is_not_enough_and_the_address_of_somebody_else_never_is() -> None:
    person = Person("Nora Lind")
    person.does(at(2, 9), "Mousepad", "letter.txt - Mousepad", screens=[LETTER])
    for day in (3, 4, 5):
        other = LETTER.replace("Nora Lind", "Ann Bell").replace("Turku", "Umea")
        person.does(at(day, 9), "Mousepad", "letter.txt - Mousepad", screens=[other])
    assert told(person, "lives_in") == set()


@pytest.mark.parametrize(
    ("sentence", "predicate", "what"),
    [
        ("From home in Turku it takes an hour.", "lives_in", "turku"),
        ("I moved to Turku in May.", "lives_in", "turku"),
        ("My address is Harbour Street 4, Turku.", "lives_in", "turku"),
        ("I work for the Harbour Museum now.", "works_at", "harbour museum"),
        ("I started at Northwind Freight last week.", "works_at", "northwind freight"),
    ],
)
def test_what_the_person_writes_of_themselves_is_enough_once(sentence: str, predicate: str, what: str) -> None:
    person = Person("Nora Lind")
    person.types(at(2, 9), "mail.txt", sentence)
    assert told(person, predicate) == {what}


def test_the_same_sentence_on_a_page_tells_nothing() -> None:
    person = Person("Nora Lind")
    for day in (2, 3, 4):
        person.reads(at(day, 9), "Blog", "I moved to Turku in May and work for Northwind Freight now.")
    assert told(person, "lives_in") | told(person, "works_at") == set()


def test_the_signature_below_the_persons_own_name_names_their_employer() -> None:
    person = Person("Nora Lind")
    mail = "Dear Ann,\nhere it is.\n--\nNora Lind\nHarbour Museum, Quay 2\n"
    for day in (2, 3):
        person.does(at(day, 9), "Thunderbird", "Write: plan - Thunderbird", screens=[mail], trust=Trust.UNTRUSTED)
    assert told(person, "works_at") == {"harbour museum"}
    other = Person("Nora Lind")
    for day in (2, 3):
        other.does(
            at(day, 9),
            "Thunderbird",
            "plan - Thunderbird",
            screens=[mail.replace("Nora Lind", "Ann Bell")],
            trust=Trust.UNTRUSTED,
        )
    assert told(other, "works_at") == set()


def test_another_town_contradicts_the_one_before() -> None:
    person = Person("Nora Lind")
    person.types(at(2, 9), "mail.txt", "I moved to Turku in May.")
    (draft,) = person.drafts("lives_in")
    assert draft.claim is not None
    before = known("The user lives in Umea.", type(draft.claim)("lives_in", "umea"))
    assert StatisticalEngine().relate(draft, [before]) == [Relation.CONTRADICTS]
