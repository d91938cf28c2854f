"""Beliefs are set right; what the daemon refuses is taken back."""

from __future__ import annotations

from gum_tui.screens.propositions import PropositionsSection
from textual.pilot import Pilot
from textual.widgets import TextArea

from gum.records import Status
from tests.tui import life
from tests.tui.beliefs import open_belief, table
from tests.tui.driving import Daemon, drive, seen, shows, until


def test_confirming_shows_at_once_and_holds(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["elena"])
        await pilot.press("c")
        belief = table(pilot).belief
        assert belief is not None
        assert belief.status is Status.CONFIRMED
        await shows(pilot, "Confirmed.", "What you said", "true when it stood at", "✓ confirmed by you", "by you")
        assert daemon.store.propositions.get(daemon.ids["elena"]).status is Status.CONFIRMED

    drive(daemon.client(), walk)


def test_rejecting_can_be_undone(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["stuck"])
        await pilot.press("r")
        await shows(pilot, "✗ rejected by you", "It is not inferred again")
        await pilot.press("u")
        await shows(pilot, "● believed", "(taken back)")
        assert daemon.store.propositions.get(daemon.ids["stuck"]).status is Status.ACTIVE

    drive(daemon.client(), walk)


def test_an_edit_is_the_persons_wording_and_its_difference_is_in_the_history(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["conformal"])
        await pilot.press("e")
        await shows(pilot, "Say it better")
        pilot.app.screen.query_one(TextArea).text = "The user researches prediction intervals."
        await pilot.press("ctrl+s")
        await shows(pilot, "The user researches prediction intervals.", "in your own words")
        await shows(pilot, "[-conformal prediction.-]", "[+prediction intervals.+]")

    drive(daemon.client(), walk)


def test_an_unchanged_edit_changes_nothing(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["conformal"])
        await pilot.press("e")
        await shows(pilot, "Say it better")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, PropositionsSection), "the screen")
        assert daemon.store.propositions.get(daemon.ids["conformal"]).version == 1

    drive(daemon.client(), walk)


def test_a_belief_of_ones_own_is_taken_down_and_shown(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        await pilot.press("a")
        await shows(pilot, "Tell something about yourself")
        await pilot.press(*"I like tea", "ctrl+s")
        await shows(pilot, "Taken down as you said it.", "You said so.")
        await until(pilot, lambda: table(pilot).belief and table(pilot).belief.text == "I like tea", "the own belief")

    drive(daemon.client(), walk)


def test_pinning_sets_a_star_and_lets_go_again(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        await pilot.press("p")
        await shows(pilot, "★ The user works on", "Pinned.")
        assert daemon.store.propositions.get(daemon.ids["report"]).pinned
        await pilot.press("asterisk")
        await shows(pilot, "No longer pinned.")
        assert not daemon.store.propositions.get(daemon.ids["report"]).pinned

    drive(daemon.client(), walk)


def test_never_infer_says_that_the_refused_sentence_is_kept(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["trains"])
        await pilot.press("n")
        await shows(pilot, "never infer; the sentence is kept")
        assert [stone.text for stone in daemon.store.tombstones.list()] == ["The user travels by train on Fridays."]

    drive(daemon.client(), walk)


def test_what_the_daemon_refuses_is_taken_back_with_its_reason(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        await pilot.press("u")
        await shows(pilot, "Not done")
        belief = table(pilot).belief
        assert belief is not None
        assert belief.status is Status.ACTIVE

    drive(daemon.client(), walk)


def test_a_verdict_while_the_daemon_is_away_is_taken_back_and_said(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["elena"])
        daemon.go_away()
        await pilot.press("c")
        await shows(pilot, "The daemon did not answer")
        await until(pilot, lambda: table(pilot).belief.status is Status.ACTIVE, "the verdict taken back")

    drive(daemon.client(), walk)


def test_a_verdict_holds_for_all_that_are_marked_and_so_does_undo(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        await pilot.press("g", "space", "space")
        await shows(pilot, "2 marked of 8")
        ids = list(table(pilot).marked)
        await pilot.press("c")
        await shows(pilot, "2 beliefs: Confirmed.")
        for id in ids:
            await until(
                pilot, lambda id=id: daemon.store.propositions.get(id).status is Status.CONFIRMED, "the verdict"
            )
        await pilot.press("u")
        for id in ids:
            await until(pilot, lambda id=id: daemon.store.propositions.get(id).status is Status.ACTIVE, "the undo")
        await pilot.press("escape")
        assert not table(pilot).marked
        await pilot.press("ctrl+a")
        assert len(table(pilot).marked) == 8

    drive(daemon.client(), walk)


def test_what_is_refused_of_several_is_said_once_and_taken_back(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        await pilot.press("ctrl+a", "u")
        await shows(pilot, "Not done", "8 of 8 beliefs: ")
        assert str(seen(pilot)).count("Not done") == 1
        daemon.go_away()
        await pilot.press("c")
        await shows(pilot, "8 of 8 beliefs: No daemon answers")
        assert {row.status for row in table(pilot).rows} == {Status.ACTIVE, Status.CANDIDATE, Status.CONFIRMED}

    drive(daemon.client(), walk)


def test_what_was_judged_stays_under_the_cursor_though_the_list_no_longer_shows_such(daemon: Daemon) -> None:
    report = daemon.ids["report"]

    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, report)
        await pilot.press("r")
        await until(pilot, lambda: daemon.store.propositions.get(report).status is Status.REJECTED, "the verdict")
        daemon.store.propositions.add(life.belief("The user sails.", 0.9, life.NOW), "statistical/1", "inferred")
        section = pilot.app.screen
        assert isinstance(section, PropositionsSection)
        section.reload()
        await until(pilot, lambda: not section.remote.busy, "the rows")
        belief = table(pilot).belief
        assert belief is not None
        assert belief.id == report
        assert table(pilot).total == 8
        await pilot.press("n", "u", "u")
        await until(pilot, lambda: daemon.store.propositions.get(report).status is Status.ACTIVE, "both taken back")
        await pilot.press("r")
        await until(pilot, lambda: daemon.store.propositions.get(report).status is Status.REJECTED, "the verdict")
        await pilot.press("ctrl+r")
        await until(
            pilot,
            lambda: table(pilot).total == 8 and report not in [row.id for row in table(pilot).rows],
            "the list as it is now",
        )

    drive(daemon.client(), walk)


def test_a_belief_is_seen_last_when_it_was_confirmed(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["elena"])
        await pilot.press("c")
        await shows(pilot, "almost certain · relation · phase · just now")

    drive(daemon.client(), walk)


def test_what_was_judged_stays_in_its_place_though_it_is_more_probable_now(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press("2")
        await until(pilot, lambda: table(pilot).rows, "the beliefs")
        section = pilot.app.screen
        assert isinstance(section, PropositionsSection)
        before = [row.id for row in table(pilot).rows]
        await pilot.press("j", "j", "c")
        await shows(pilot, "Confirmed.")
        section.reload()
        await until(pilot, lambda: not section.remote.busy, "the answers")
        with daemon.client() as client:
            assert client.propositions(sort="-probability", limit=1).items[0].id == before[2]
        assert [row.id for row in table(pilot).rows] == before
        await pilot.press("j")
        belief = table(pilot).belief
        assert belief is not None
        assert belief.id == before[3]
        await pilot.press("ctrl+r")
        await until(pilot, lambda: table(pilot).rows[0].id == before[2], "the new order")

    drive(daemon.client(), walk)


def test_forgetting_shows_first_what_would_go_and_can_be_taken_back(daemon: Daemon) -> None:
    trains = daemon.ids["trains"]

    def kept() -> bool:
        return trains in daemon.store.propositions.many([trains])

    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, trains)
        await pilot.press("x")
        await shows(pilot, "This goes", "Beliefs", "U brings it back")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, PropositionsSection), "the screen")
        assert kept()
        await pilot.press("x")
        await shows(pilot, "This goes")
        await pilot.press("enter")
        await shows(pilot, "Forgotten. U brings it back until")
        await until(pilot, lambda: trains not in [row.id for row in table(pilot).rows], "the row to go")
        assert "There is no proposition" not in seen(pilot)
        assert not kept()
        await pilot.press("U")
        await shows(pilot, "It is back.")
        await until(pilot, lambda: trains in [row.id for row in table(pilot).rows], "the row")
        assert kept()

    drive(daemon.client(), walk)


def test_any_change_of_the_history_can_be_taken_back(daemon: Daemon) -> None:
    daemon.store.propositions.update(daemon.ids["stuck"], {"text": "The user is stuck."}, "statistical/1", "shorter")

    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["stuck"])
        await shows(pilot, "The user is stuck.")
        await pilot.press("z")
        await shows(pilot, "Which change to take back?", "shorter, by statistical/1")
        await pilot.press("enter")
        await shows(pilot, "The user is stuck on a ValueError")

    drive(daemon.client(), walk)
