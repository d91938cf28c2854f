"""has_deadline: what is due when, from the person's own words."""

import pytest

from gum.records import Trust
from tests.models.statistical.person import Person, at


@pytest.mark.parametrize(
    ("sentence", "what", "day"),
    [
        ("Send the grant report to Lena by Friday 13 March.", "send the grant report to lena", "2026-03-13"),
        ("The application is due on Tuesday 17 March.", "the application", "2026-03-17"),
        ("Deadline for the loan list: 2026-03-20", "the loan list", "2026-03-20"),
        ("The deadline for the catalogue is the 5th of May.", "the catalogue", "2026-05-05"),
        ("TODO: order the tents before 20 March", "order the tents", "2026-03-20"),
        ("I will finish the slides by tomorrow.", "finish the slides", "2026-03-03"),
        ("Remember: the loan list must be in by 20 March.", "the loan list", "2026-03-20"),
        ("Barn roof: application closes 29.03.2026, ask for the map.", "barn roof: application", "2026-03-29"),
        ("- binder wants the last plates on Wed 11 March", "the last plates for binder", "2026-03-11"),
        ("- VAT return: closes on 20 March!!", "vat return", "2026-03-20"),
        ("the claim form has to reach the broker no later than 20 Mar", "the claim form", "2026-03-20"),
        ("Loan list for Teodor, 20 March at the latest.", "loan list for teodor", "2026-03-20"),
        ("Proofs must be at the printer no later than 12.3.", "proofs must be at the printer", "2026-03-12"),
    ],
)
def test_a_typed_deadline_is_read_with_its_day(sentence: str, what: str, day: str) -> None:
    person = Person()
    person.types(at(2, 9), "plan.txt", sentence)
    (draft,) = person.drafts("has_deadline")
    assert draft.claim is not None
    assert (draft.claim.object, draft.claim.qualifier) == (what, day)
    assert sentence.removeprefix("- ") in {quote.text for quote in draft.quotes}


@pytest.mark.parametrize(
    "sentence",
    [
        "The lighthouse was built by Friday morning standards.",
        "I am away until Friday 13 March.",
        "The shop is open until 20 March.",
        "The shop closes 20 March.",
        "You will get the plates from me by 20 March.",
        "The report was sent by 1 March.",
        "Sort the list by date before printing.",
        "We met before noon.",
        "due diligence is a long word",
    ],
)
def test_other_uses_of_the_words_are_no_deadlines(sentence: str) -> None:
    person = Person()
    person.types(at(2, 9), "plan.txt", sentence)
    assert person.drafts("has_deadline") == []


def test_a_day_that_is_over_is_no_deadline() -> None:
    person = Person()
    person.types(at(20, 9), "plan.txt", "Send the report by 13 March.")
    assert person.drafts("has_deadline") == []


def test_a_weekday_keeps_its_meaning_when_it_is_read_again_later() -> None:
    person = Person()
    for day in (2, 3, 5):
        person.types(at(day, 9), "plan.txt", "Send the report to Lena by Friday.")
    person.types(at(10, 9), "plan.txt", "Send the report to Lena by Friday.")
    assert {draft.claim.qualifier for draft in person.drafts("has_deadline") if draft.claim} == {"2026-03-06"}


def test_a_date_that_is_still_being_typed_gives_way_to_the_whole_one() -> None:
    person = Person()
    parts = [
        "I will send the list by Friday",
        "I will send the list by Friday 1]",
        "I will send the list by Friday 13 March.",
    ]
    person.does(at(2, 9), "Mousepad", "a.txt - Mousepad", screens=parts, typed=parts, trust=Trust.DOCUMENT, keys=80)
    (draft,) = person.drafts("has_deadline")
    assert draft.claim is not None
    assert draft.claim.qualifier == "2026-03-13"


def test_a_sentence_typed_in_pieces_is_made_whole_from_the_screen() -> None:
    person = Person()
    person.does(
        at(2, 9),
        "Chromium",
        "Reply: Lists - Fjord Mail - Chromium",
        screens=["To: Rosalind Achebe\nDear Rosalind,\n| will send you the list of pupils by Friday 13 March.\n| Send"],
        typed=["Rosalind,\n| will send you the list", "of pupils by Friday 13 March."],
        trust=Trust.UNTRUSTED,
        keys=70,
    )
    assert person.drafts("has_deadline") == [], "a promise in a mail is told as one, and once"
    (draft,) = person.drafts("has_commitment")
    assert draft.text == "The user has said they will send Rosalind Achebe the list of pupils (for 13 March 2026)."
    assert {person.observations[quote.observation].trust for quote in draft.quotes} == {Trust.TYPED}


def test_a_wrapped_line_does_not_hide_the_date() -> None:
    person = Person()
    text = "The catalogue with all its plates must be at the printer by\n13 March.\nMore of it."
    person.does(at(2, 9), "Mousepad", "a.txt - Mousepad", screens=[text], trust=Trust.DOCUMENT, keys=80)
    assert [draft.claim.qualifier for draft in person.drafts("has_deadline") if draft.claim] == ["2026-03-13"]


def test_deadlines_on_web_pages_and_in_mails_of_others_are_not_the_users() -> None:
    person = Person()
    person.reads(at(2, 9), "Courses", "Register by 10 March. The fee is due on 12 March.")
    person.does(
        at(2, 10),
        "Chromium",
        "Courses - Fjord Mail - Chromium",
        screens=["From: Ann Bell\nNora must pay by Monday 9 March."],
        trust=Trust.UNTRUSTED,
    )
    assert person.drafts("has_deadline") == []


def test_a_list_of_mails_that_counts_as_typed_is_not_the_users() -> None:
    person = Person()
    inbox = "Inbox\nGarden World Garden chairs until 20 March\nAnn Bell Pay by 12 March"
    person.does(
        at(2, 9), "Chromium", "Inbox (2) - Fjord Mail - Chromium", typed=[inbox], trust=Trust.UNTRUSTED, keys=30
    )
    assert person.drafts("has_deadline") == []


def test_a_first_word_that_the_pointer_covers_is_known_from_when_it_was_typed() -> None:
    person = Person()
    parts = ["Royalty list due 2026", "ey list due 2026-03-17."]
    person.does(at(2, 9), "Mousepad", "a.txt - Mousepad", screens=parts, typed=parts, trust=Trust.DOCUMENT, keys=80)
    (draft,) = person.drafts("has_deadline")
    assert draft.text == "The user has a deadline on 17 March 2026: Royalty list."
    assert [quote.text for quote in draft.quotes] == ["ey list due 2026-03-17."]


@pytest.mark.parametrize("other", ["Loan list due 2026", "Royalty", "ey list due 2026-03-17."])
def test_a_sentence_is_mended_by_its_own_beginning_only(other: str) -> None:
    person = Person()
    parts = [other, "ey list due 2026-03-17."]
    person.does(at(2, 9), "Mousepad", "a.txt - Mousepad", screens=parts, typed=parts, trust=Trust.DOCUMENT, keys=80)
    assert person.drafts("has_deadline") == []
