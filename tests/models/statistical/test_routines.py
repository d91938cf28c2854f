"""has_routine: the same thing at the same local time on three days."""

from datetime import UTC

from tests.models.statistical.person import Person, at


def test_the_same_page_at_the_same_time_on_three_days_is_a_routine() -> None:
    person = Person()
    for day, minute in ((2, 2), (3, 0), (4, 10)):
        person.reads(at(day, 9, minute), "Tide table for the harbour")
    (draft,) = person.drafts("has_routine")
    assert draft.text == "The user usually visits the page Tide table for the harbour around 09:00."
    assert draft.claim is not None
    assert draft.claim.qualifier == "around 09:00"
    assert len({person.observations[quote.observation].captured_at.date() for quote in draft.quotes}) == 3


def test_two_days_are_no_routine() -> None:
    person = Person()
    for day in (2, 3):
        person.reads(at(day, 9), "Tide table for the harbour")
    assert person.drafts("has_routine") == []


def test_what_goes_on_all_day_is_no_routine() -> None:
    person = Person()
    for day in (2, 3, 4, 5):
        for hour in (9, 11, 14, 17):
            person.types(at(day, hour), "novel.txt", "It rained.")
    assert person.drafts("has_routine") == []


def test_the_same_page_at_any_time_is_no_routine() -> None:
    person = Person()
    for day, hour in ((2, 8), (3, 12), (4, 17), (5, 21)):
        person.reads(at(day, hour), "Tide table for the harbour")
    assert person.drafts("has_routine") == []


def test_the_time_is_the_persons_local_time() -> None:
    person = Person()
    for day in (2, 3, 4):
        person.does(at(day, 7, 30), "Thunderbird", "Inbox - Mozilla Thunderbird")
    assert at(2, 7, 30).astimezone(UTC).hour == 5
    assert [draft.claim.qualifier for draft in person.drafts("has_routine") if draft.claim] == ["around 07:30"]


def test_work_that_fills_a_short_day_is_no_routine_but_a_single_visit_is() -> None:
    person = Person()
    for day in (2, 3, 4):
        person.reads(at(day, 9), "Village Courier", "The mayor opens a bridge today and the band plays.")
        for minute in (5, 15, 25):
            person.types(at(day, 9, minute), "novel.txt", "It rained.")
    assert person.objects("has_routine") == {"village courier"}


def test_a_start_page_without_text_is_no_routine() -> None:
    person = Person()
    for day in (2, 3, 4):
        person.reads(at(day, 9), "Seeker", "Seeker search the web")
        person.reads(at(day, 14), "Village Courier", "The mayor opens a bridge today and the band plays.")
    assert person.objects("has_routine") == {"village courier"}


def test_what_comes_on_one_weekday_at_its_hour_in_three_weeks_is_a_weekly_routine() -> None:
    person = Person()
    for day in (3, 10, 17):
        person.does(at(day, 17, 30), "zoom", "Choir board - Zoom", minutes=40)
        person.types(at(day + 1, 9), "novel.txt", "It rained.")
    weekly = [draft for draft in person.drafts("has_routine") if draft.claim and "choir" in draft.claim.object]
    assert [draft.text for draft in weekly] == ["The user usually has Choir board on Tuesdays around 17:30."]


def test_a_habit_that_moved_to_another_hour_is_told_at_the_new_one() -> None:
    person = Person()
    for day in (2, 3, 4, 5, 6):
        person.types(at(day, 13, 20), "handover.txt", "All quiet.")
        person.types(at(day, 9), "plan.txt", "More.")
    for day in (9, 10, 11):
        person.types(at(day, 16, 20), "handover.txt", "All quiet.")
        person.types(at(day, 9), "plan.txt", "More.")
    told = [draft.claim.qualifier for draft in person.drafts("has_routine") if draft.claim and "handover" in draft.text]
    assert (told[0], told[-1]) == ("around 13:20", "around 16:20")
