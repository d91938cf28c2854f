"""researches: subjects from several pages, and what is none."""

import pytest
from gum_models.statistical import naming

from tests.models.statistical.person import Person, at


def test_pages_that_share_words_are_one_topic() -> None:
    person = Person()
    person.reads(at(2, 9), "How a heat pump works - Warm House")
    person.reads(
        at(2, 10), "Heat pumps in old houses - Warm House", "An old house needs 12 kW on a cold day in winter."
    )
    (draft,) = person.drafts("researches")
    assert draft.text == 'The user researches "heat pump".'
    assert "2 pages" in draft.reasoning
    assert "An old house needs 12 kW on a cold day in winter." in {quote.text for quote in draft.quotes}


def test_the_topic_keeps_its_name_as_pages_are_added() -> None:
    person = Person()
    for hour, title in enumerate(
        ["Heat pump noise", "Heat pump sizes", "Which heat pump for me?", "Heat pump noise at night"]
    ):
        person.reads(at(2, 9 + hour), title)
    assert person.objects("researches") == {"heat pump"}
    assert len(person.drafts("researches")) == 3


def test_a_search_and_one_page_make_a_topic_of_one_word() -> None:
    person = Person()
    person.does(at(2, 9), "Firefox", "Seek — Mozilla Firefox", typed=["otters"], keys=8)
    person.reads(at(2, 9, 5), "otters - Seek", url="https://seek.test/?q=otters")
    person.reads(at(2, 9, 7), "Otters of the northern coast")
    assert person.objects("researches") == {"otters"}


def test_two_pages_with_one_word_in_common_are_no_topic_without_a_search() -> None:
    person = Person()
    person.reads(at(2, 9), "Weather in Lisbon")
    person.reads(at(3, 9), "Lisbon trams stand still")
    assert person.drafts("researches") == []


def test_the_name_of_a_site_is_no_topic() -> None:
    person = Person()
    for hour, title in enumerate(["Onions and garlic", "A bench of oak", "Rain on Sunday"]):
        person.reads(at(2, 9 + hour), f"{title} - Village Courier")
    assert person.drafts("researches") == []


def test_one_page_however_often_is_no_topic() -> None:
    person = Person()
    for day in (2, 3, 4):
        person.reads(at(day, 9), "Tide table for the harbour")
    assert person.drafts("researches") == []


@pytest.mark.parametrize(
    "titles",
    [
        ("You won a holiday prize", "Claim your holiday prize now"),
        ("Garden chairs 50 % off", "Garden chairs: sale ends tonight, 50 % off"),
        ("Verify your account - Bank", "Account suspended - Bank"),
    ],
)
def test_adverts_and_phishing_are_no_topics(titles: tuple[str, str]) -> None:
    person = Person()
    for hour, title in enumerate(titles):
        person.reads(at(2, 9 + hour), title)
    assert person.drafts() == []


def test_pages_at_a_glance_are_no_topic() -> None:
    person = Person()
    person.reads(at(2, 9), "Heat pump noise", minutes=0.02)
    person.reads(at(2, 10), "Heat pump sizes", minutes=0.02)
    assert person.drafts("researches") == []


def test_what_a_page_asks_of_its_reader_is_not_said_of_the_user() -> None:
    person = Person()
    page = "I will pay 900 crowns by 9 March. Dear Jon Berg, remember to send the deposit before Friday."
    person.reads(at(2, 9), "Heat pump noise", page)
    person.reads(at(2, 10), "Heat pump sizes", page)
    assert {draft.claim.predicate for draft in person.drafts() if draft.claim} == {"researches"}


def test_a_topic_is_told_in_the_words_of_a_title() -> None:
    person = Person()
    person.reads(at(2, 9), "liver fluke sheep - Seek", url="https://seek.test/?q=liver+fluke+sheep")
    person.reads(at(2, 9, 5), "Liver fluke in sheep")
    (draft,) = person.drafts("researches")
    assert draft.text == 'The user researches "Liver fluke in sheep".'


@pytest.mark.parametrize(
    ("titles", "stems", "said"),
    [
        (["Damp cellar walls", "Lime plaster for a damp cellar"], ["damp", "cellar"], "damp cellar"),
        (["Fresnel lens: how a lighthouse shines"], ["fresnel", "len", "lighthouse"], "Fresnel lens, lighthouse"),
        (["Otters of Skye", "Skye: boats and otters"], ["otter", "skye"], "Otters of Skye"),
        ([], ["otter"], "otter"),
    ],
)
def test_a_subject_is_a_run_of_a_title_or_its_words_with_commas(titles: list[str], stems: list[str], said: str) -> None:
    assert naming.subject(titles, stems) == said
