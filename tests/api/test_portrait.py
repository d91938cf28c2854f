"""The portrait goes over the wire with links to propositions, and in part to who may see a part."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.working import START, HandClock, Running, gumctl, text


@pytest.fixture
def believing(served: Running, clock: HandClock) -> Running:
    for number, words in enumerate(("the harbour survey", "a bread recipe")):
        served.service.agent.receive(text(words, START + timedelta(minutes=20 * number), app=f"App{number}"))
    clock.forward(hours=2)
    served.work()
    return served


def test_each_sentence_links_to_the_propositions_that_it_says(believing: Running) -> None:
    (section,) = believing.client.portrait().sections
    assert (section.theme, section.title, section.covers) == ("projects", "Work and projects", "social identity")
    (sentence,) = section.sentences
    texts = {believing.client.proposition(id).proposition.text for id in sentence.propositions}
    assert texts == {"The user works on the harbour survey", "The user works on a bread recipe"}
    assert sentence.text == "The user works on the harbour survey and a bread recipe."


def test_it_follows_a_verdict_and_stands_still_without_one(believing: Running, clock: HandClock) -> None:
    before = believing.client.portrait()
    clock.forward(minutes=10)
    assert believing.client.portrait() == before
    one = before.sections[0].sentences[0].propositions[0]
    believing.client.reject(one)
    assert one not in [
        id for s in believing.client.portrait().sections for two in s.sentences for id in two.propositions
    ]


def test_prose_is_left_out_where_no_engine_can_write(believing: Running) -> None:
    assert [section.prose for section in believing.client.portrait(prose=True).sections] == [""]


def test_the_command_tells_it_with_its_numbers(believing: Running) -> None:
    told = gumctl(believing.home, "portrait")
    assert told.returncode == 0
    assert "Work and projects" in told.stdout
    assert "the harbour survey and a bread recipe" in told.stdout


def test_nothing_believed_is_said(served: Running) -> None:
    assert served.client.portrait().sections == []
