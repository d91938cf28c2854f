"""works_on: what counts as work, and what it is called."""

from gum.records import Durability
from tests.models.statistical.person import Person, at


def test_a_document_with_enough_keys_is_worked_on() -> None:
    person = Person()
    person.types(at(2, 9), "*budget.txt", "The tents cost 300 euros.", keys=200)
    (draft,) = person.drafts("works_on")
    assert draft.text == "The user works on the document budget.txt."
    assert draft.claim is not None
    assert draft.claim.object == "budget.txt"
    assert "200 keys" in draft.reasoning


def test_a_document_merely_opened_is_not_worked_on() -> None:
    person = Person()
    person.does(at(2, 9), "Mousepad", "budget.txt - Mousepad", minutes=40, screens=["The tents cost 300 euros."])
    assert person.drafts() == []


def test_a_little_typing_counts_once_it_recurs_for_ten_minutes() -> None:
    person = Person()
    for day in (2, 3):
        person.does(at(day, 9), "gedit", "plan.md (~/notes) - gedit", minutes=6, keys=15)
    assert [draft.claim.object for draft in person.drafts("works_on") if draft.claim] == ["plan.md", "notes"]


def test_the_mark_of_unsaved_changes_makes_no_second_document() -> None:
    person = Person()
    person.does(at(2, 9), "Mousepad", "*plan.md - Mousepad", keys=70)
    person.does(at(3, 9), "Mousepad", "plan.md - Mousepad", keys=70)
    assert person.objects("works_on") == {"plan.md"}
    assert person.drafts("works_on")[-1].durability is Durability.PROJECT


def test_a_nameless_document_is_no_work() -> None:
    person = Person()
    person.does(at(2, 9), "Mousepad", "Untitled 1 - Mousepad", keys=400)
    assert person.drafts("works_on") == []


def test_the_folder_of_a_shell_is_a_project_with_its_commands_as_quotes() -> None:
    person = Person()
    screen = "ana@box:~/src/tide-clock$ make test\nFAIL: test_spring_tide (test_clock.ClockTest)"
    person.does(at(2, 9), "XTerm", "ana@box: ~/src/tide-clock", keys=90, screens=[screen], typed=["make test"])
    (draft,) = person.drafts("works_on")
    assert draft.text == "The user works on the project tide-clock."
    assert {"ana@box: ~/src/tide-clock", "FAIL: test_spring_tide (test_clock.ClockTest)"} <= {
        quote.text for quote in draft.quotes
    }


def test_a_shell_in_the_home_folder_is_no_project() -> None:
    person = Person()
    person.does(at(2, 9), "XTerm", "ana@box: ~", keys=300, screens=["ana@box:~$ top"])
    assert person.drafts("works_on") == []


def test_the_episode_that_tips_the_bar_also_quotes_the_earlier_ones() -> None:
    person = Person()
    first = person.does(at(2, 9), "Mousepad", "plan.md - Mousepad", keys=40)
    second = person.does(at(3, 9), "Mousepad", "plan.md - Mousepad", keys=40)
    third = person.does(at(4, 9), "Mousepad", "plan.md - Mousepad", keys=40)
    tipping, later = person.drafts("works_on")
    assert {person.observations[quote.observation].episode for quote in tipping.quotes} == {first.id, second.id}
    assert {person.observations[quote.observation].episode for quote in later.quotes} == {third.id}
