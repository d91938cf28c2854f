"""An error that keeps coming back, kept with the pages visited on it."""

from datetime import timedelta
from pathlib import Path

import pytest

from gum.records import Claim
from gum.suggest.actions.note import NoteAction
from gum.suggest.actions.search_links import SearchLinksAction
from gum.suggest.kinds.unstick import UnstickSuggester
from tests.suggest.kinds.seen import Seen

CLAIM = Claim("is_stuck_on", "keyerror: 'spring tide'", "2026-03-04")
TEXT = "The user is stuck on the error 'KeyError: 'spring tide''."


def test_trouble_with_pages_on_it_becomes_a_note(tmp_path: Path) -> None:
    seen = Seen()
    seen.believes(TEXT, CLAIM, "KeyError: 'spring tide'", "KeyError: 'spr1ng tide'")
    seen.visits("KeyError with spring tables", url="https://ask.test/1")
    seen.visits("What is a spring tide KeyError?")
    (offer,) = UnstickSuggester().candidates(seen.situation())
    assert "2 readings kept as evidence" in offer.why
    assert "2 pages on it" in offer.why
    NoteAction().perform(offer.payload, tmp_path)
    note = next(tmp_path.glob("*.md")).read_text(encoding="utf-8")
    assert "[KeyError with spring tables](<https://ask.test/1>)" in note


def test_pages_known_by_their_time_alone_are_called_so_and_count_less() -> None:
    named, timed = Seen(), Seen()
    for seen, title in ((named, "KeyError in spring"), (timed, "Dictionaries in Python")):
        seen.believes(TEXT, CLAIM, "KeyError: 'spring tide'")
        seen.visits(title)
    (by_name,) = UnstickSuggester().candidates(named.situation())
    (by_time,) = UnstickSuggester().candidates(timed.situation())
    assert "a page meanwhile" in by_time.why
    assert by_time.p_useful < by_name.p_useful


def test_without_pages_searches_are_prepared_that_tell_nothing_of_this_machine(tmp_path: Path) -> None:
    seen = Seen()
    seen.believes(TEXT, CLAIM, "KeyError: 'spring tide'")
    seen.visits("Inbox - Fjord Mail")
    seen.visits("KeyError spring", seconds=1)
    seen.visits("KeyError spring", app="Mousepad")
    seen.visits("KeyError spring yesterday", ago=timedelta(hours=20))
    (offer,) = UnstickSuggester().candidates(seen.situation())
    assert (offer.action, offer.payload["queries"]) == ("search_links", ["KeyError: spring tide", "KeyError cause"])
    SearchLinksAction().perform(offer.payload, tmp_path)
    assert "duckduckgo.com/?q=KeyError%3A+spring+tide" in next(tmp_path.iterdir()).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("error", "query"),
    [
        ("cannot open /home/ana/tide.csv: no such file", "cannot open no such file"),
        ("mail to ana@fjord.test bounced 3 times", "mail to bounced times"),
        ("segfault at 0x7ffe42 in tide 1.25", "segfault at in tide"),
    ],
)
def test_a_search_leaves_out_paths_addresses_and_numbers(error: str, query: str) -> None:
    seen = Seen()
    seen.believes(f'The user is stuck on the error "{error}".', Claim("is_stuck_on", error, "2026-03-04"))
    (offer,) = UnstickSuggester().candidates(seen.situation())
    assert offer.payload["queries"][0] == query


def test_old_trouble_is_left_alone() -> None:
    seen = Seen()
    seen.believes(TEXT, CLAIM, "KeyError: 'spring tide'", ago=timedelta(hours=6))
    seen.visits("KeyError with spring tables", ago=timedelta(hours=6))
    assert UnstickSuggester().candidates(seen.situation()) == []
