"""The portrait says what is believed, with its propositions, and nothing else."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from gum.errors import EngineError
from gum.infer.portrait import HEADINGS, Portraits, compose, says_nothing_new
from gum.records import Claim, Kind, Proposition, Status, Theme, Trust
from gum.store import Store
from tests.infer.life import START
from tests.propositions import proposition

COVERED = {"social identity", "personal identity", "life context"}


def known(text: str, id: int = 0, **fields: Any) -> Proposition:
    usual = {
        "reasoning": "Seen.",
        "probability": 0.85,
        "kind": Kind.ACTIVITY,
        "trust": Trust.SYSTEM,
        "engine": "test/1",
    }
    return proposition(text, id=id, **(usual | fields))


def works_on(thing: str, id: int, **fields: Any) -> Proposition:
    return known(f"The user works on {thing}.", id, claim=Claim("works_on", thing), **fields)


@pytest.fixture
def portraits(store: Store, clock: list[datetime]) -> Portraits:
    return Portraits(store, tuple, None, lambda: clock[0])


def keep(store: Store, *propositions: Proposition) -> list[int]:
    return [store.propositions.add(one, "test", "made").id for one in propositions]


def test_several_that_begin_alike_become_one_sentence_with_all_their_links() -> None:
    (section,) = compose([works_on("the heron report", 1), works_on("the tide tables", 2)], START).sections
    (sentence,) = section.sentences
    assert sentence.text == "The user works on the heron report and the tide tables."
    assert (sentence.propositions, sentence.likelihood) == ((1, 2), "very likely")


def test_what_is_not_equally_probable_is_not_said_in_one_breath() -> None:
    (section,) = compose([works_on("the heron report", 1), works_on("the tides", 2, probability=0.5)], START).sections
    assert [one.likelihood for one in section.sentences] == ["very likely", "about even"]


def test_every_heading_has_its_place_and_the_three_sides_are_covered() -> None:
    found = [known(f"About {theme}.", number, theme=theme) for number, theme in enumerate(Theme, start=1)]
    found.append(known("The user is stuck on an error.", 20, kind=Kind.STATE))
    made = compose(found, START)
    assert [section.heading for section in made.sections] == list(HEADINGS)
    assert {section.heading.covers for section in made.sections} == COVERED
    assert sorted(made.propositions) == [one.id for one in found]


def test_what_is_due_soon_stands_under_now() -> None:
    due = known("Send the figures.", 1, kind=Kind.COMMITMENT, valid_to=START + timedelta(days=3))
    later = dataclasses.replace(due, id=2, valid_to=START + timedelta(days=60))
    assert [section.heading.theme for section in compose([due, later], START).sections] == ["now", "projects"]


def test_the_order_in_which_they_come_plays_no_part() -> None:
    found = [works_on(f"thing {number}", number, probability=0.3 + number / 40) for number in range(1, 25)]
    first = compose(found, START)
    for seed in range(5):
        mixed = list(found)
        random.Random(seed).shuffle(mixed)
        assert compose(mixed, START) == first


def test_no_word_is_in_it_that_no_proposition_says() -> None:
    found = [works_on("the heron report", 1), works_on("the tide tables", 2), known("The user rows.", 3)]
    said = {word.strip(".,") for one in found for word in one.text.split()}
    made = compose(found, START)
    assert {word.strip(".,") for s in made.sections for one in s.sentences for word in one.text.split()} <= {
        *said,
        "and",
    }


def test_a_long_section_says_how_much_more_there_is() -> None:
    (section,) = compose([known(f"Fact {number}.", number) for number in range(1, 13)], START).sections
    assert (len(section.sentences), section.more) == (8, 4)


@pytest.mark.parametrize(
    "hidden",
    [
        {"status": Status.REJECTED},
        {"status": Status.RETIRED},
        {"probability": 0.1},
        {"trust": Trust.UNTRUSTED, "probability": 0.4},
        {"valid_to": START - timedelta(days=1)},
        {"sensitivity": "health"},
    ],
)
def test_only_what_is_shown_by_default_appears(store: Store, portraits: Portraits, hidden: dict[str, Any]) -> None:
    shown, _ = keep(store, known("The user rows."), known("The user sleeps.", **hidden))
    assert portraits.portrait().propositions == [shown]


def test_what_is_sensitive_appears_while_its_category_is_allowed(store: Store, clock: list[datetime]) -> None:
    (id,) = keep(store, known("The user takes insulin.", sensitivity="health"))
    assert Portraits(store, lambda: ("health",), None, lambda: clock[0]).portrait().propositions == [id]


def test_what_the_person_confirmed_appears_though_only_a_page_said_it(store: Store, portraits: Portraits) -> None:
    (id,) = keep(store, known("The user rows.", trust=Trust.UNTRUSTED, status=Status.CONFIRMED))
    assert portraits.portrait().propositions == [id]


def test_it_is_made_anew_only_when_something_changed(store: Store, portraits: Portraits, clock: list[datetime]) -> None:
    (id,) = keep(store, known("The user rows."))
    first = portraits.portrait()
    clock[0] += timedelta(hours=5)
    assert portraits.portrait() is first
    store.propositions.set_probability(id, 0.86, 0.86)
    assert portraits.portrait() is first
    store.propositions.update(id, {"text": "The user sails."}, "person", "edit")
    again = portraits.portrait()
    assert (again.made_at, again.sections[0].sentences[0].text) == (clock[0], "The user sails.")


def test_a_caller_sees_what_it_may_see(store: Store, portraits: Portraits) -> None:
    shown, _ = keep(store, known("The user rows."), known("The user sails.", theme=Theme.LIFE))
    assert portraits.portrait(lambda one: one.theme is Theme.WORK).propositions == [shown]


class Writer:
    """An engine that writes what it is told to."""

    def __init__(self, prose: str) -> None:
        self.prose = prose

    def write(self, title: str, sentences: Sequence[str]) -> str:
        if not self.prose:
            raise EngineError("Not now.")
        return self.prose


@pytest.mark.parametrize(
    ("prose", "kept"),
    [
        ("They row, and most likely keep at it.", True),
        ("They row with Ana.", False),
        ("They row on 3 days.", False),
        ("They row and are lazy otherwise.", False),
        ("They row because of their diabetes.", False),
        ("", False),
    ],
)
def test_prose_is_kept_only_when_it_says_nothing_new(
    store: Store, clock: list[datetime], prose: str, kept: bool
) -> None:
    keep(store, known("The user rows."))
    (section,) = Portraits(store, tuple, Writer(prose), lambda: clock[0]).portrait(prose=True).sections
    assert section.prose == (prose if kept else "")
    assert section.sentences[0].text == "The user rows."


def test_a_name_that_was_said_may_be_said_again() -> None:
    assert says_nothing_new("Work with Ana goes on.", ["The user deals with Ana."])


def test_nothing_believed_makes_an_empty_portrait(portraits: Portraits) -> None:
    assert portraits.portrait().sections == ()
