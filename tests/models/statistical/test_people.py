"""deals_with: header positions and the person's own words, and nobody else."""

import pytest

from gum.records import Trust
from tests.models.statistical.person import Person, at

MAIL = "Fjord Mail - ines.abara@fjord.test"


def mail(person: Person, day: int, subject: str, *lines: str, typed: str = "") -> None:
    person.does(
        at(day, 9),
        "Chromium",
        f"{subject} - Fjord Mail - Chromium",
        screens=["\n".join([MAIL, subject, *lines])],
        typed=[typed] if typed else [],
        keys=len(typed),
        trust=Trust.UNTRUSTED,
    )


def test_a_mail_written_to_somebody_is_enough() -> None:
    person = Person()
    mail(person, 2, "Reply: Budget", "To: Priya Nair", typed="Dear Priya,\nhere it is.")
    (draft,) = person.drafts("deals_with")
    assert draft.text == "The user deals with Priya Nair."
    assert "wrote to them once" in draft.reasoning


def test_a_sender_counts_from_the_second_mail_on() -> None:
    person = Person()
    mail(person, 2, "Budget", "From: Priya Nair <priya@fjord.test>")
    assert person.drafts("deals_with") == []
    mail(person, 3, "Tents", "From: Pr1ya Nair <priya@fjord.test>")
    assert person.objects("deals_with") == {"priya nair"}


@pytest.mark.parametrize(
    "sender", ["Prize Center", "Account Security Team", "Fjord Mail Support", "Museum Courier", "no-reply@fjord.test"]
)
def test_bodies_and_robots_are_nobody(sender: str) -> None:
    person = Person()
    for day in (2, 3, 4):
        mail(person, day, f"Offer {day}", f"From: {sender}")
    assert person.drafts("deals_with") == []


def test_names_in_the_body_of_a_mail_are_nobody() -> None:
    person = Person()
    for day in (2, 3, 4):
        mail(person, day, f"Offer {day}", "Dear Jon Berg, please call Ottilie Marsh today. Speaker is Casimir Doyle.")
    assert person.drafts("deals_with") == []


def test_the_user_never_deals_with_themselves() -> None:
    person = Person(name="Ines Abara")
    for day in (2, 3):
        mail(person, day, f"Copy {day}", "From: Ines Abara", "To: Ines Abara", typed="Dear Ines,\nremember the milk.")
    assert person.drafts("deals_with") == []


def test_the_owner_of_the_mailbox_is_the_user_even_without_a_name_in_the_settings() -> None:
    person = Person()
    for day in (2, 3):
        mail(person, day, f"Copy {day}", "From: Ines Abara")
    assert person.drafts("deals_with") == []


def test_a_name_in_the_users_own_note_counts() -> None:
    person = Person()
    person.types(at(2, 9), "log.txt", "TODO: ask Birgit Nilsen about the microphone")
    assert person.objects("deals_with") == {"birgit nilsen"}


def test_a_name_that_is_still_being_typed_is_nobody() -> None:
    person = Person()
    person.does(at(2, 9), "Mousepad", "s.txt - Mousepad", typed=["Dear Mal", "Dear Margit, good morning"], keys=30)
    assert person.objects("deals_with") == {"margit"}


def test_a_first_name_goes_to_the_one_person_who_bears_it() -> None:
    person = Person()
    mail(person, 2, "Reply: Budget", "To: Priya Nair", typed="Here it is.")
    person.types(at(3, 9), "log.txt", "Ask Priya about the tents.")
    assert person.objects("deals_with") == {"priya nair"}


def test_a_capitalised_thing_is_nobody() -> None:
    person = Person()
    for day in (2, 3, 4):
        person.types(at(day, 9), "log.txt", "Meeting with Harbour Festival in the Town Hall. The North Pole is cold.")
    assert person.drafts("deals_with") == []


@pytest.mark.parametrize("name", ["J. M. Achterberg", "Siobhan O'Hara", "Ewan McTavish", "Xu Wei", "Zofia Ślązak"])
def test_names_of_many_shapes_are_people(name: str) -> None:
    person = Person()
    person.does(
        at(2, 9),
        "Chromium",
        "Reply: Plates - Fjord Mail - Chromium",
        screens=[f"To: {name}\nSend message"],
        typed=["The plates are ready."],
        keys=30,
        trust=Trust.UNTRUSTED,
    )
    assert [draft.text for draft in person.drafts("deals_with")] == [f"The user deals with {name}."]


def test_a_button_and_a_heading_are_not_quoted_as_typed() -> None:
    person = Person()
    empty = "Re: Plates for May\nTo: Ann Bell\nSend message"
    person.does(
        at(2, 9),
        "Chromium",
        "Reply: Plates for May - Fjord Mail - Chromium",
        screens=[empty],
        typed=["Re: Plates for May\nThe plates are ready.\nSend message"],
        keys=30,
        trust=Trust.UNTRUSTED,
    )
    (draft,) = person.drafts("deals_with")
    typed = {quote.text for quote in draft.quotes if person.observations[quote.observation].kind == "typed"}
    assert typed == {"The plates are ready."}


def test_a_title_before_a_name_hides_nobody() -> None:
    person = Person()
    person.does(
        at(2, 9),
        "Chromium",
        "Reply: Chapter 3 - Rowan Mail - Chromium",
        keys=60,
        screens=["To: Prof. Henrike Stolz\nDear Henrike,\nit is done."],
        typed=["Dear Henrike,\nit is done."],
        trust=Trust.UNTRUSTED,
    )
    assert person.objects("deals_with") == {"henrike stolz"}
