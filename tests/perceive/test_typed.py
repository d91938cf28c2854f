"""What the person typed is told from what was merely on screen."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gum.perceive.typed import History

WORDS = st.lists(st.text(st.sampled_from("abcdefghjkmnpqrtuvwxyz"), min_size=3, max_size=9), min_size=1, max_size=12)


def after(*readings: tuple[str, int]) -> str:
    """Return what the last reading shows to be typed; each reading comes with the keys pressed before it."""
    history, typed = History(), ""
    for text, keys in readings:
        history, typed = history.pressed(by_frames=keys).read(text)
    return typed


def test_new_words_that_the_keys_account_for_were_typed() -> None:
    assert after(("Dear Margit,", 0), ("Dear Margit,\nthe hall is booked.", 20)) == "the hall is booked."


def test_the_first_reading_of_a_window_shows_nothing_typed() -> None:
    assert after(("A letter that was there before.", 400)) == ""


def test_more_than_the_keys_account_for_was_not_typed() -> None:
    page = "The ferry back leaves at 23:40 from the north pier, every day but Sunday."
    assert after(("Finder", 0), (f"Finder\n{page}", 12)) == ""
    assert after(("Finder", 0), (f"Finder\n{page}", len(page))) == page


@settings(deadline=None)
@given(WORDS, WORDS)
def test_the_limit_is_the_same_for_any_words(known: list[str], new: list[str]) -> None:
    new = [f"zz{word}" for word in new]
    before, added = " ".join(known), " ".join(new)
    keys = -(-len(added) * 10 // 13)
    assert after((before, 0), (f"{before}\n{added}", keys)) == added
    assert after((before, 0), (f"{before}\n{added}", int((len(added) - 1) / 1.3))) == ""


def test_nothing_is_typed_without_keys() -> None:
    assert after(("one", 0), ("one two", 0)) == ""


def test_a_line_typed_in_two_bursts_comes_whole() -> None:
    typed = after(
        ("Notes", 0), ("Notes\nRemember to send the seat", 25), ("Notes\nRemember to send the seating plan.", 10)
    )
    assert typed == "Remember to send the seating plan."


def test_what_stood_in_the_line_before_is_not_said_to_be_typed() -> None:
    assert after(("petra@larch:~$", 0), ("petra@larch:~$ git push origin", 16)) == "git push origin"


def test_a_sentence_that_the_window_wrapped_is_one_line() -> None:
    text = "Oskar still says that the lake took\nthem and nobody can prove otherwise."
    assert after(("", 0), (text, 80)) == text.replace("\n", " ")


def test_short_lines_stay_lines() -> None:
    text = "Please raise your glasses to Margit and Oskar\nFish\nBread\nTODO ask Birgit about the microphone"
    assert after(("", 0), (text, 100)).splitlines()[1:3] == ["Fish", "Bread"]


def test_a_letter_read_differently_is_no_new_word() -> None:
    assert after(("the Iamp was lit in 1878", 0), ("the lamp was Iit in l878", 9)) == ""
    assert after(("keeper Brandvold at the sea", 0), ("keeper Brandvo1d at the sea", 9)) == ""


def test_a_counter_that_moved_on_is_no_new_word() -> None:
    assert after(("Ln 4 Col 12", 0), ("Ln 5 Col 31", 30)) == ""


def test_text_that_scrolled_away_does_not_count() -> None:
    lines = [f"{word} is the line of {word}" for word in ("alpha", "bravo", "charlie", "delta", "echo")]
    assert after(("\n".join(lines[:4]), 0), ("\n".join(lines[1:]), 30)) == lines[4]


def test_keys_that_are_counted_late_still_count() -> None:
    line = "The report is due on Friday at noon."
    assert after(("", 0), (line, 0), (f"{line} Call Jonas.", len(line) + 12)) == f"{line} Call Jonas."


def test_a_pasted_text_stays_untyped_when_the_person_types_on() -> None:
    pasted = "Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt."
    assert after(("Draft", 0), (f"Draft\n{pasted}", 3), (f"Draft\n{pasted}\nI like this.", 14)) == "I like this."


def test_frames_and_activity_do_not_count_the_same_keys_twice() -> None:
    history = History().read("")[0].pressed(by_frames=10).pressed(by_activity=10)
    assert history.read("eleven chars and more")[1] == ""
    assert history.read("eleven chars")[1] == "eleven chars"


def test_a_common_word_of_the_page_is_typed_again_in_a_new_line() -> None:
    page = "Re: the label texts\nTo: Birgit, for the museum\nSend message"
    before, after_it = page.splitlines()[:2], page.splitlines()[2]
    line = "I will send you the final label texts for the museum by Friday."
    assert after((page, 0), ("\n".join([*before, line, after_it]), len(line))) == line


def test_the_answer_to_what_was_sent_is_not_typed() -> None:
    history = History().read("To: Birgit", "Reply")[0].pressed(by_frames=60)
    history, typed = history.read("To: Birgit\nHere are the labels, dear Birgit.", "Reply")
    assert typed
    assert history.pressed(by_frames=60).read("Your message has been sent", "Message sent")[1] == ""
