"""Verdicts are given one after the other, each by one key, and can be taken back one after the other."""

from __future__ import annotations

from gum_tui.screens.review import ReviewSection
from gum_tui.widgets.review_card import ReviewCard
from textual.pilot import Pilot
from textual.widgets import TextArea

from gum.records import Evidence, Stance, Status, Trust
from gum.store.questions import Choice
from tests.tui import life
from tests.tui.driving import Daemon, drive, seen, shows, until


def shown(pilot: Pilot[None]) -> int:
    """Return the belief that is asked about."""
    section = pilot.app.screen
    assert isinstance(section, ReviewSection)
    card = section._round.card
    return card.beliefs[0].id if card else 0


async def begin(pilot: Pilot[None]) -> int:
    await pilot.press("3")
    await shows(pilot, "0 of ")
    return shown(pilot)


def ask(daemon: Daemon) -> int:
    """Have a question wait; return its number."""
    report, trains = daemon.ids["report"], daemon.ids["trains"]
    both = [Choice("Yes, all of it", true=(report, trains)), Choice("No, none of it", false=(report, trains))]
    return daemon.store.questions.ask("Does this hold? Work and trains.", [report, trains], life.NOW, both).id


def test_a_belief_stands_alone_with_its_best_evidence_and_why_it_is_asked(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        first = await begin(pilot)
        text = daemon.store.propositions.get(first).text
        await shows(pilot, text[:30], "Asked because", "Evidence", "“", "0 of 7")

    drive(daemon.client(), walk, (80, 40))


def test_each_belief_is_shown_from_its_first_line_on(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await begin(pilot)
        await shows(pilot, "Why it is believed", "in this round")
        await pilot.press("G")
        card = pilot.app.screen.query_one(ReviewCard)
        assert card.scroll_offset.y
        await pilot.press("s")
        await shows(pilot, daemon.store.propositions.get(shown(pilot)).text[:30])
        assert not card.scroll_offset.y

    drive(daemon.client(), walk, (60, 14))


def test_one_key_decides_and_shows_the_next(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        first = await begin(pilot)
        await pilot.press("c")
        second = shown(pilot)
        assert second != first
        await pilot.press("r")
        await shows(pilot, "2 of 7", "1 confirmed", "1 rejected")
        await until(
            pilot, lambda: daemon.store.propositions.get(second).status is Status.REJECTED, "the second verdict"
        )
        assert daemon.store.propositions.get(first).status is Status.CONFIRMED
        said = daemon.store.verdicts.list("proposition")
        assert [each.asked for each in said] == ["review", "review"]

    drive(daemon.client(), walk)


def test_answers_are_taken_back_one_after_the_other(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        first = await begin(pilot)
        before = daemon.store.propositions.get(first).status
        await pilot.press("c")
        await until(pilot, lambda: daemon.store.propositions.get(first).status is Status.CONFIRMED, "the verdict")
        await shows(pilot, "1 of 7")
        await pilot.press("u")
        await shows(pilot, "0 of 7", "Taken back.")
        assert shown(pilot) == first
        assert daemon.store.propositions.get(first).status is before

    drive(daemon.client(), walk)


def test_what_is_left_for_later_comes_at_the_end(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        first = await begin(pilot)
        await pilot.press("s")
        assert shown(pilot) != first
        await pilot.press(*"ssssss")
        assert shown(pilot) == first

    drive(daemon.client(), walk)


def test_a_refused_verdict_comes_back_with_the_reason(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        first = await begin(pilot)
        daemon.go_away()
        await pilot.press("c")
        await shows(pilot, "The daemon did not answer", "0 of 7")
        assert shown(pilot) == first

    drive(daemon.client(), walk)


def test_the_end_of_a_round_says_what_was_said(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await begin(pilot)
        await pilot.press(*"ccccrrr")
        await shows(pilot, "7 answers. Thank you.", "4 confirmed, 3 rejected")
        await pilot.pause(0.3)
        await pilot.press("c")
        await shows(pilot, "Nothing is asked now; enter shows what waits.")
        await pilot.press("enter")
        await shows(pilot, "Nothing waits for your word.")

    drive(daemon.client(), walk)


def test_an_edit_gives_the_persons_words(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        first = await begin(pilot)
        await pilot.press("e")
        await shows(pilot, "Say it better")
        pilot.app.screen.query_one(TextArea).text = "The user is calm."
        await pilot.press("ctrl+s")
        await shows(pilot, "1 edited")
        await until(pilot, lambda: daemon.store.propositions.get(first).text == "The user is calm.", "the words")

    drive(daemon.client(), walk)


def test_a_question_comes_first_and_its_answer_settles_its_beliefs_and_can_be_taken_back(daemon: Daemon) -> None:
    question = ask(daemon)

    async def walk(pilot: Pilot[None]) -> None:
        await begin(pilot)
        await shows(pilot, "gum-desktop asks", "Does this hold? Work and trains.", "In my own words")
        await pilot.press("enter")
        await shows(pilot, "1 answered")
        await until(pilot, lambda: daemon.store.questions.get(question).status == "answered", "the answer")
        for name in ("report", "trains"):
            assert daemon.store.propositions.get(daemon.ids[name]).status is Status.CONFIRMED
        await pilot.pause(0.2)
        await pilot.press("u")
        await shows(pilot, "Taken back.")
        assert daemon.store.propositions.get(daemon.ids["trains"]).status is not Status.CONFIRMED

    drive(daemon.client(), walk)


def test_a_question_can_be_dropped(daemon: Daemon) -> None:
    question = ask(daemon)

    async def walk(pilot: Pilot[None]) -> None:
        await begin(pilot)
        await shows(pilot, "gum-desktop asks")
        await pilot.press("d")
        await shows(pilot, "1 dropped", "Asked because")
        await until(pilot, lambda: daemon.store.questions.get(question).status == "dropped", "the end of the question")

    drive(daemon.client(), walk)


def test_two_beliefs_that_clash_are_decided_together(daemon: Daemon) -> None:
    stuck, conformal = daemon.ids["stuck"], daemon.ids["conformal"]
    (quoted, *_) = daemon.store.propositions.evidence(conformal)
    against = Evidence(
        stuck, quoted.observation, quoted.episode, Stance.AGAINST, "Coverage guarantees", -1.0, Trust.SCREEN,
        life.NOW, "statistical/1", conformal,
    )  # fmt: skip
    daemon.store.propositions.add_evidence([against])

    async def walk(pilot: Pilot[None]) -> None:
        await begin(pilot)
        await shows(pilot, "These speak against each other", "Only 2 holds")
        await pilot.press("j", "enter")
        await shows(pilot, "1 decided")
        await until(pilot, lambda: daemon.store.propositions.get(conformal).status is Status.CONFIRMED, "the verdict")
        await until(pilot, lambda: daemon.store.propositions.get(stuck).status is Status.REJECTED, "the other")

    drive(daemon.client(), walk)


def test_enter_shows_all_about_the_belief(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await begin(pilot)
        text = daemon.store.propositions.get(shown(pilot)).text
        await pilot.press("enter")
        await shows(pilot, "History", text[:20])
        assert "Asked because" not in seen(pilot)

    drive(daemon.client(), walk)
