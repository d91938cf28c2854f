"""has_commitment: promises in the first person, typed."""

import pytest

from gum.records import Trust
from tests.models.statistical.person import Person, at


@pytest.mark.parametrize(
    ("sentence", "what", "day"),
    [
        ("I will call Yusra on Monday 9 March about the letters.", "call yusra about the letters", "2026-03-09"),
        ("l'll bring the ladder.", "bring the ladder", ""),
        ("| will paint the door tomorrow.", "paint the door", "2026-03-03"),
        ("TODO: ask about the microphone", "ask about the microphone", ""),
        ("Remember to water the plants.", "water the plants", ""),
        ("I promise to return the key.", "return the key", ""),
        ("I have to renew the permit.", "renew the permit", ""),
        ("Count on me to paint the door tomorrow.", "paint the door", "2026-03-03"),
        ("You'll get the plates from me by Friday 6 March.", "get the plates to them", "2026-03-06"),
        ("The plates will be with you on 6 March, all but one.", "get the plates to them", "2026-03-06"),
        ("I'll mow the lawn on Saturday, promise.", "mow the lawn", "2026-03-07"),
        ("You'll have the plates on Friday.", "get the plates to them", "2026-03-06"),
        ("I owe Yusra the plates, Friday at the latest.", "get the plates to yusra", "2026-03-06"),
        ("I can bring the ladder next Monday, 9 March.", "bring the ladder", "2026-03-09"),
        ("promised Yusra to show her the plates on Friday", "show yusra the plates", "2026-03-06"),
        ("I will bring the ladder on Friday afternoon.", "bring the ladder", "2026-03-06"),
    ],
)
def test_a_typed_promise_is_a_commitment(sentence: str, what: str, day: str) -> None:
    person = Person()
    person.types(at(2, 9), "log.txt", sentence)
    (draft,) = person.drafts("has_commitment")
    assert draft.claim is not None
    assert (draft.claim.object, draft.claim.qualifier) == (what, day)


def test_a_note_to_oneself_with_its_day_is_a_deadline_and_no_promise_beside_it() -> None:
    person = Person()
    person.types(at(2, 9), "plan.tex", "% TODO: paint the door before 16.3.")
    assert person.drafts("has_commitment") == []
    assert [one.claim.qualifier for one in person.drafts("has_deadline") if one.claim] == ["2026-03-16"]


@pytest.mark.parametrize(
    "sentence",
    [
        "I will never forget that day.",
        "Let me know what you think.",
        "I will be there.",
        "She will paint the door.",
        "You will get a letter from the bank by Friday.",
        "It will be with you on 6 March.",
        "echo next >> TODO.txt",
        "The will of the people.",
        "I have to say it was fun.",
        "I can bring the ladder.",
        "You will have the letter from the bank by Friday.",
        "I owe Yusra twenty crowns.",
        "I owe you an apology.",
        "I can see the harbour on Friday.",
        "She promised Yusra to bring the plates.",
    ],
)
def test_what_promises_nothing_is_no_commitment(sentence: str) -> None:
    person = Person()
    person.types(at(2, 9), "log.txt", sentence)
    assert person.drafts("has_commitment") == []


def test_a_promise_that_merely_stands_in_a_document_is_nobodys() -> None:
    person = Person()
    person.does(
        at(2, 9), "Mousepad", "play.txt - Mousepad", screens=["I will paint the door."], trust=Trust.DOCUMENT, keys=90
    )
    assert person.drafts("has_commitment") == []


def test_a_promise_on_a_web_page_is_not_the_users() -> None:
    person = Person()
    person.reads(at(2, 9), "Letters", "I will pay 900 crowns by 9 March.")
    assert person.drafts() == []


def test_you_in_a_mail_becomes_the_name_of_its_reader() -> None:
    person = Person()
    person.does(
        at(2, 9),
        "Chromium",
        "Reply: Lists - Fjord Mail - Chromium",
        screens=["To: Birgit Halvorsen\nI will send you the label texts."],
        typed=["I will send you the label texts."],
        trust=Trust.UNTRUSTED,
        keys=40,
    )
    assert [draft.text for draft in person.drafts("has_commitment")] == [
        "The user has said they will send Birgit Halvorsen the label texts."
    ]


def test_the_same_promise_in_other_words_is_one() -> None:
    person = Person()
    person.types(at(2, 9), "log.txt", "I will order the tents.")
    person.types(at(3, 9), "log.txt", "I must order tents.")
    assert person.objects("has_commitment") == {"order the tents"}
