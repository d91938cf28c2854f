"""Pages on one topic, kept as a note."""

import dataclasses
import re
from datetime import timedelta
from pathlib import Path

from gum.records import Claim
from gum.suggest.actions.note import NoteAction
from gum.suggest.actions.table import TableAction
from gum.suggest.kinds.collect import CollectSuggester
from tests.suggest.kinds.seen import Seen

CLAIM = Claim("researches", "heat pumps")


def test_two_pages_on_a_topic_become_a_note_with_their_sources(tmp_path: Path) -> None:
    seen = Seen()
    seen.believes("The user researches heat pumps.", CLAIM, "Heat pump noise", "A pump hums at 40 decibels.")
    seen.visits("Heat pump noise", url="https://warm.test/noise", ago=timedelta(days=1))
    seen.visits("Which heat pump?")
    seen.visits("Bread with seeds")
    (offer,) = CollectSuggester().candidates(seen.situation())
    assert offer.title == "Save the 2 pages on heat pumps as a note"
    assert "on 2 days" in offer.why
    NoteAction().perform(offer.payload, tmp_path)
    note = next(tmp_path.glob("*.md")).read_text(encoding="utf-8")
    assert "[Heat pump noise](<https://warm.test/noise>), 2026-03-03 12:00" in note
    assert "> A pump hums at 40 decibels." in note
    assert "Bread" not in note


def reads(seen: Seen, title: str, text: str) -> None:
    """Add a page with what stands on it."""
    seen.visits(title, url=f"https://warm.test/{title[-1]}")
    number = len(seen.episodes)
    (window,) = seen.observations[number]
    seen.observations[number].append(dataclasses.replace(window, kind="screen", text=text, id=100 + number))


def test_pages_that_tell_of_the_same_things_become_a_table(tmp_path: Path) -> None:
    seen = Seen()
    seen.believes("The user researches heat pumps.", CLAIM)
    reads(seen, "Heat pump A", "Price: 4000 EUR\nNoise: 40 dB\nColour: white\nMaker: Nord")
    reads(seen, "Heat pump B", "Noise: 52 dB\nPrice:  3100 EUR | see [here](http://bad.test)\nColour: white")
    reads(seen, "Heat pump talk", "By: somebody\nWe like pumps.")
    (offer,) = CollectSuggester().candidates(seen.situation())
    assert offer.title == "Compare the 2 pages on heat pumps in a table"
    assert "they tell of the same things: price, noise" in offer.why
    TableAction().perform(offer.payload, tmp_path)
    table = next(tmp_path.iterdir()).read_text(encoding="utf-8").splitlines()[2:]
    assert table == [
        "| Page | Price | Noise |",
        "| --- | --- | --- |",
        "| [Heat pump A](<https://warm.test/A>) | 4000 EUR | 40 dB |",
        "| [Heat pump B](<https://warm.test/B>) | 3100 EUR \\| see \\[here\\](http:\\//bad.test) | 52 dB |",
    ]


def test_pages_that_share_one_thing_alone_or_say_the_same_are_no_table() -> None:
    seen = Seen()
    seen.believes("The user researches heat pumps.", CLAIM)
    reads(seen, "Heat pump A", "Price: 4000 EUR\nNoise: 40 dB")
    reads(seen, "Heat pump B", "Price: 3100 EUR\nNoise: 40 dB")
    (offer,) = CollectSuggester().candidates(seen.situation())
    assert offer.action == "note"


def test_a_page_whose_address_is_read_after_its_title_came_is_linked() -> None:
    seen = Seen()
    seen.believes("The user researches heat pumps.", CLAIM)
    seen.visits("Heat pump noise")
    seen.visits("Heat pump noise", url="https://warm.test/noise", ago=timedelta(minutes=10))
    seen.visits("Which heat pump?")
    (offer,) = CollectSuggester().candidates(seen.situation())
    assert "[Heat pump noise](<https://warm.test/noise>)" in offer.payload["markdown"]


def test_words_of_a_page_make_no_link_in_the_note() -> None:
    seen = Seen()
    seen.believes(
        "The user researches heat pumps.", CLAIM, "Go to [the bank](https://bad.test) <b>now</b> or www.bad.test."
    )
    seen.visits("Heat pump](https://bad.test/)[noise", url="https://warm.test/<b>")
    seen.visits("Which heat pump?")
    (offer,) = CollectSuggester().candidates(seen.situation())
    note = offer.payload["markdown"]
    assert re.findall(r"(?<!\\)\]\(<([^>]*)>\)", note) == ["https://warm.test/%3Cb%3E"]
    assert "(warm.test)" in note
    assert "https://bad.test" not in note
    assert "www.bad" not in note
    assert "Links lead where your browser was" in note


def test_one_page_is_no_collection_however_often_it_is_read() -> None:
    seen = Seen()
    seen.believes("The user researches heat pumps.", CLAIM)
    for _ in range(3):
        seen.visits("Heat pump noise")
    assert CollectSuggester().candidates(seen.situation()) == []


def test_a_topic_left_for_days_is_not_brought_up() -> None:
    seen = Seen()
    seen.believes("The user researches heat pumps.", CLAIM, ago=timedelta(days=3))
    seen.visits("Heat pump noise")
    seen.visits("Which heat pump?")
    assert CollectSuggester().candidates(seen.situation()) == []


def test_more_pages_make_it_more_useful() -> None:
    few, many = Seen(), Seen()
    for seen, count in ((few, 2), (many, 5)):
        seen.believes("The user researches heat pumps.", CLAIM)
        for number in range(count):
            seen.visits(f"Heat pump number {'abcde'[number]}")
    (one,) = CollectSuggester().candidates(few.situation())
    (other,) = CollectSuggester().candidates(many.situation())
    assert other.p_useful > one.p_useful
    assert other.key == one.key == "collect:heat pumps"


def test_the_note_is_named_by_the_words_that_the_proposition_quotes() -> None:
    seen = Seen()
    seen.believes('The user researches "Heat pump in an old house".', Claim("researches", "heat pump house"))
    seen.visits("Heat pump in an old house")
    seen.visits("Which heat pump?")
    (offer,) = CollectSuggester().candidates(seen.situation())
    assert offer.title == "Save the 2 pages on Heat pump in an old house as a note"


def test_a_sentence_stands_in_the_note_once_and_whole() -> None:
    seen = Seen()
    whole = "A pump hums at 40 decibels."
    seen.believes(
        "The user researches heat pumps.", CLAIM, whole, "a pump hums  at 40 decibels", "It needs no gas.", whole
    )
    seen.visits("Heat pump noise")
    seen.visits("Which heat pump?")
    (offer,) = CollectSuggester().candidates(seen.situation())
    quoted = [line for line in offer.payload["markdown"].splitlines() if line.startswith(">")]
    assert quoted == [f"> {whole}", "> It needs no gas."]
