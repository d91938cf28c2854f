"""is_stuck_on: the same trouble again and again."""

import pytest
from gum_models.statistical.errors import is_error

from tests.models.statistical.person import Person, at

PROMPT = "ana@box:~/tide-clock$ make test"
TITLE = "ana@box: ~/tide-clock"


def fails(person: Person, day: int, hour: int, *lines: str) -> None:
    person.does(at(day, hour), "XTerm", TITLE, keys=20, screens=["\n".join([PROMPT, *lines])])


def test_an_error_in_three_episodes_of_a_day_is_trouble() -> None:
    person = Person()
    for hour, line in (
        (9, "KeyError: 'spring tide'"),
        (10, "KeyError: 'spring tide'"),
        (11, "KeyError: 'spr1ng tide'"),
    ):
        fails(person, 2, hour, line)
    (draft,) = person.drafts("is_stuck_on")
    assert draft.text == "The user is stuck on the error \"KeyError: 'spring tide'\" in tide-clock."
    assert draft.claim is not None
    assert draft.claim.qualifier == "2026-03-02"
    assert len({quote.observation for quote in draft.quotes}) == 3


def test_a_failed_test_and_its_error_are_one_trouble() -> None:
    person = Person()
    for hour in (9, 10, 11):
        fails(
            person, 2, hour, "FAIL: test_spring (test_clock.ClockTest)", "AssertionError: 3 != 4", "FAILED (failures=1)"
        )
    assert [draft.text for draft in person.drafts("is_stuck_on")] == [
        'The user is stuck on the error "FAIL: test_spring (test_clock.ClockTest)" in tide-clock.'
    ]


def test_an_error_that_came_back_four_times_in_one_sitting_is_trouble() -> None:
    person = Person()
    shown = f"{PROMPT}\nKeyError: 'spring tide'"
    person.does(at(2, 9), "XTerm", TITLE, keys=90, screens=[shown, PROMPT, shown, PROMPT, shown, PROMPT, shown])
    assert len(person.drafts("is_stuck_on")) == 1


def test_an_error_that_stays_on_the_screen_has_come_once() -> None:
    person = Person()
    shown = f"{PROMPT}\nKeyError: 'spring tide'"
    person.does(at(2, 9), "XTerm", TITLE, keys=90, screens=[f"{shown}\n$ {n * 'x'}" for n in range(12)])
    assert person.drafts("is_stuck_on") == []


def test_an_error_a_day_is_no_trouble() -> None:
    person = Person()
    for day in (2, 3, 4, 5):
        fails(person, day, 9, "KeyError: 'spring tide'")
    assert person.drafts("is_stuck_on") == []


def test_three_different_errors_are_no_trouble() -> None:
    person = Person()
    for hour, line in ((9, "KeyError: 'moon'"), (10, "ValueError: no tide today"), (11, "make: command not found")):
        fails(person, 2, hour, line)
    assert person.drafts("is_stuck_on") == []


def test_errors_on_web_pages_are_not_the_users() -> None:
    person = Person()
    for hour in (9, 10, 11, 12):
        person.reads(at(2, hour), f"Question {hour}", "KeyError: 'spring tide'")
    assert person.drafts("is_stuck_on") == []


def test_a_document_opened_again_and_again_with_hardly_a_key_is_trouble() -> None:
    person = Person()
    for hour in (9, 10, 11, 14):
        person.does(at(2, hour), "Mousepad", "letter.txt - Mousepad", minutes=15, keys=3)
    assert [draft.text for draft in person.drafts("is_stuck_on")] == ["The user is stuck on letter.txt."]


@pytest.mark.parametrize(
    "line",
    [
        "AssertionError: 69 != 115",
        "src/main.c:12:5: error: expected ';' before '}'",
        "bash: fooo: command not found",
        "error[E0382]: borrow of moved value",
        "fatal: not a git repository",
        "check.sh: FAILED lamb of 4.5 kg",
        "period(2): want 2.84, got 2.80",
        "not ok 3 - spring tide",
    ],
)
def test_tools_error_lines_are_known(line: str) -> None:
    assert is_error(line)


@pytest.mark.parametrize(
    "line",
    [
        "OK",
        "Traceback (most recent call last):",
        "FAILED (failures=1)",
        "0 errors, 2 tests",
        "3 passed, 1 FAILED today",
    ],
)
def test_what_names_no_particular_error_is_none(line: str) -> None:
    assert not is_error(line)


def test_errors_that_stay_in_a_terminal_over_another_window_have_not_come_anew() -> None:
    person = Person()
    twice = f"{PROMPT}\nKeyError: 'spring tide'\nKeyError: 'spring tide'"
    fails(person, 2, 9, "KeyError: 'spring tide'", "KeyError: 'spring tide'")
    person.types(at(2, 10), "letter.txt", "It rained.")
    person.does(at(2, 11), "XTerm", TITLE, keys=20, screens=[twice, f"{twice}\n$ ls"])
    assert person.drafts("is_stuck_on") == []


def test_doubled_quote_marks_of_the_reader_are_not_told() -> None:
    person = Person()
    for hour in (9, 10, 11):
        fails(person, 2, hour, "TypeError: no such key ‘'spring' )")
    (draft,) = person.drafts("is_stuck_on")
    assert draft.text == """The user is stuck on the error "TypeError: no such key 'spring')" in tide-clock."""


def test_an_error_that_reports_another_value_each_time_is_one_trouble() -> None:
    person = Person()
    for hour, value in ((9, "-0.48"), (10, "-0.32"), (11, "-0.29")):
        fails(person, 2, hour, f"RangeError: flow at gauge G4 is negative: {value}")
    (draft,) = person.drafts("is_stuck_on")
    assert draft.text == 'The user is stuck on the error "RangeError: flow at gauge G4 is negative" in tide-clock.'


def test_errors_of_few_words_with_other_values_are_several_troubles() -> None:
    person = Person()
    for hour, value in ((9, "0.48"), (10, "0.32"), (11, "0.29")):
        fails(person, 2, hour, f"AssertionError: value {value}")
    assert person.drafts("is_stuck_on") == []


def test_a_dialog_that_comes_back_in_three_windows_of_a_day_is_trouble() -> None:
    person = Person()
    dialog = "A1 fx\nPrinter driver: tray 2 does not answer\nOK   Cancel   Details\nSum 12"
    for hour in (9, 10, 11):
        person.does(at(2, hour), "Gnumeric", "budget.ods - Gnumeric", screens=[dialog])
        person.reads(at(2, hour, 20), "Weather", "Rain until noon in the west, then sun.")
    (draft,) = person.drafts("is_stuck_on")
    assert draft.text == 'The user is stuck on the error "Printer driver: tray 2 does not answer".'


def test_looking_a_trouble_up_counts_as_meeting_it_and_a_question_of_a_dialog_is_no_trouble() -> None:
    person = Person()
    dialog = "Printer driver: tray 2 does not answer\nOK   Cancel"
    for hour in (9, 10):
        person.does(at(2, hour), "Gnumeric", "budget.ods - Gnumeric", screens=[dialog])
    person.reads(at(2, 11), "Printer driver: tray 2 does not answer", "Somebody asked this before you did, twice.")
    assert len(person.drafts("is_stuck_on")) == 1
    asking = Person()
    for hour in (9, 10, 11):
        question = "Save the changes before closing?\nOK   Cancel"
        asking.does(at(2, hour), "Gnumeric", "budget.ods - Gnumeric", screens=[question])
        asking.reads(at(2, hour, 20), "Weather", "Rain until noon in the west, then sun.")
    assert asking.drafts("is_stuck_on") == []
