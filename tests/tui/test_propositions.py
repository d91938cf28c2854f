"""Beliefs are found, understood, and set right; what the daemon refuses is taken back."""

from __future__ import annotations

import dataclasses
import io
from datetime import timedelta

import pytest
from gum_tui import plain
from gum_tui.screens.propositions import PropositionsSection
from gum_tui.widgets.belief_detail import BeliefDetail
from gum_tui.widgets.belief_table import BeliefTable
from PIL import Image
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import TextArea

from gum.records import Observation, Stance, Status, Theme
from tests.tui import life
from tests.tui.driving import Daemon, drive, seen, shows, until


def table(pilot: Pilot[None]) -> BeliefTable:
    return pilot.app.screen.query_one(BeliefTable)


async def open_belief(pilot: Pilot[None], id: int) -> None:
    """Go to Propositions and put the cursor on a belief."""
    await pilot.press("2")
    await until(pilot, lambda: table(pilot).rows, "the beliefs")
    assert table(pilot).choose(id)
    await until(pilot, lambda: pilot.app.screen.query_one(BeliefDetail).shown == id, "the detail")
    await shows(pilot, "History")


def test_the_table_and_the_detail_tell_what_is_believed_and_why(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        await shows(pilot, "93 %  very likely", "● believed", "holds for weeks", "4 episodes on 2 days")
        await shows(pilot, "Evidence for  3", "“the survey report is due on 13 March”")
        await shows(pilot, "today 09:06 · survey-report.md - Mousepad · you typed it")

    drive(daemon.client(), walk, (170, 48))


def test_evidence_against_stands_beside_evidence_for(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["deadline"])
        await shows(pilot, "Evidence for  1", "Evidence against  1", "“send me the draft by Friday”")

    drive(daemon.client(), walk)


def test_a_wide_table_has_columns(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["elena"])
        line = next(line for line in seen(pilot).lines if "deals with Elena" in line and "2 h ago" in line)
        head = next(line for line in seen(pilot).lines if "lifetime" in line)
        assert head.index("lifetime") == line.index("phase")
        assert head.index("kind") == line.index("relation")
        assert head.index("last seen") == line.index("2 h ago")

    drive(daemon.client(), walk, (200, 40))


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


def test_search_finds_as_one_types_and_escape_shows_all_again(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        count = len(table(pilot).rows)
        await pilot.press("slash", *"elena")
        await until(pilot, lambda: len(table(pilot).rows) < count, "fewer beliefs")
        assert table(pilot).rows[0].id == daemon.ids["elena"]
        await pilot.press("escape")
        await until(pilot, lambda: len(table(pilot).rows) == count, "all beliefs")
        assert table(pilot).has_focus

    drive(daemon.client(), walk)


def test_a_pasted_megabyte_in_the_search_does_no_harm(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        await pilot.press("slash")
        pilot.app.screen.query_one("#search").value = "qzx [bold" * 120_000  # type: ignore[attr-defined]
        await shows(pilot, "No belief fits.")

    drive(daemon.client(), walk)


def test_filters_choose_kind_and_status(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        await pilot.press("f")
        await shows(pilot, "Filter by what?")
        await pilot.press("enter")
        await shows(pilot, "Beliefs of which kind?")
        await pilot.press(*["down"] * 5, "enter")
        await until(pilot, lambda: [row.id for row in table(pilot).rows] == [daemon.ids["elena"]], "the relation")
        await shows(pilot, "f relation")
        await pilot.press("escape", "s")
        await shows(pilot, "Which beliefs?")
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: [row.id for row in table(pilot).rows] == [daemon.ids["editor"]], "the confirmed one")

    drive(daemon.client(), walk)


@pytest.mark.parametrize(
    ("field", "value", "names"),
    [
        (1, list(Theme).index(Theme.PEOPLE) + 1, ["elena"]),
        (2, 3, ["report", "deadline", "elena"]),
        (3, 5, ["editor"]),
        (5, 1, ["report", "deadline", "elena", "editor", "stuck", "conformal", "hostile"]),
        (6, 1, []),
    ],
    ids=["theme", "probability", "lifetime", "time", "sensitive"],
)
def test_filters_choose_by_more_than_kind(daemon: Daemon, field: int, value: int, names: list[str]) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        await pilot.press("f")
        await shows(pilot, "Filter by what?")
        await pilot.press(*["down"] * field, "enter")
        await shows(pilot, "Beliefs of which")
        await pilot.press(*["down"] * value, "enter")
        wanted = {daemon.ids[name] for name in names}
        await until(pilot, lambda: {row.id for row in table(pilot).rows} == wanted, "the beliefs chosen")
        await pilot.press("f")
        await shows(pilot, "clear them all")
        await pilot.press("G", "enter")
        await until(pilot, lambda: table(pilot).total == 8, "every belief")

    drive(daemon.client(), walk)


def test_any_row_of_many_is_one_key_away(daemon: Daemon) -> None:
    with daemon.store.transaction():
        for number in range(760):
            belief = life.belief(f"The user keeps belief number {number}.", 0.5 - number / 2000, life.NOW)
            daemon.store.propositions.add(belief, "statistical/1", "test")

    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        assert table(pilot).total == 768
        assert len(table(pilot).rows) < 400
        await pilot.press("G")
        await until(pilot, lambda: table(pilot).belief, "the last row")
        assert table(pilot).cursor == 767
        await shows(pilot, "The user keeps belief number 759.")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: not pilot.app.remote.busy, "the rows read again")  # type: ignore[attr-defined]
        assert table(pilot).belief.text == "The user keeps belief number 759."
        assert len({row.id for row in table(pilot).rows}) == len(table(pilot).rows)
        table(pilot).scroll_to(y=600, animate=False)
        await until(pilot, lambda: "…" not in seen(pilot), "the rows scrolled to")
        await pilot.press("g")
        assert table(pilot).cursor == 0
        await shows(pilot, "93 %")

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


def test_an_empty_table_says_why_in_a_narrow_terminal_as_well(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press("2")
        await until(pilot, lambda: table(pilot).rows, "the beliefs")
        await pilot.press("s", "j", "j", "j", "j", "enter")
        await shows(pilot, "No belief fits. escape clears the search and the filters.")
        assert "No belief fits." in plain.lines_of(pilot.app.screen)
        await pilot.press("c")
        await shows(pilot, "No belief is under the cursor.")
        await pilot.press("escape")
        await until(pilot, lambda: table(pilot).rows, "the beliefs")
        assert "No belief fits." not in seen(pilot)

    drive(daemon.client(), walk, (80, 24))


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


def test_what_clashes_with_a_belief_is_named_and_shown_beside_it(daemon: Daemon) -> None:
    stuck, conformal = daemon.ids["stuck"], daemon.ids["conformal"]
    (piece, *_) = daemon.store.propositions.evidence(conformal)
    against = dataclasses.replace(piece, id=0, proposition=stuck, stance=Stance.AGAINST, weight=-1.0, rival=conformal)
    daemon.store.propositions.add_evidence([against])

    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, stuck)
        await shows(pilot, "In conflict with  1")
        await pilot.press("b")
        await until(pilot, lambda: {row.id for row in table(pilot).rows} == {stuck, conformal}, "the two")
        await pilot.press("escape")
        await until(pilot, lambda: table(pilot).total == 8, "every belief")

    drive(daemon.client(), walk, (160, 48))


def test_the_engine_says_why(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        await pilot.press("w")
        await shows(pilot, "Why is it believed?", "by statistical/")

    drive(daemon.client(), walk)


def test_the_picture_behind_a_quote_is_shown(daemon: Daemon) -> None:
    (piece, *_) = daemon.store.propositions.evidence(daemon.ids["conformal"])
    for minutes, colour, text in ((0, "orange", "Intervals"), (9, "navy", "Older intervals")):
        drawn, at = io.BytesIO(), life.NOW - timedelta(minutes=minutes)
        Image.new("RGB", (320, 200), colour).save(drawn, "WEBP")
        read = Observation("screen", "screen", at, at, "Firefox", "A page", text=text, trust=piece.trust)
        kept = daemon.store.observations.add(read, drawn.getvalue())
        daemon.store.propositions.add_evidence(
            [dataclasses.replace(piece, id=0, observation=kept.id, quote=text, at=at)]
        )

    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["conformal"])
        await shows(pilot, "▣")
        await pilot.press("v")
        await shows(pilot, "What was on screen", "“Intervals”", "picture 1 of 2")
        await until(pilot, lambda: pilot.app.screen.query("#picture"), "the picture")
        await pilot.press("right_square_bracket", "left_square_bracket")
        await shows(pilot, "“Older intervals”", "picture 2 of 2")
        await until(pilot, lambda: pilot.app.screen.query("#picture"), "the older picture")
        picture = pilot.app.screen.query_one("#picture")
        assert picture.size.width > 60
        assert picture.size.height > 10
        await pilot.press("escape")
        assert table(pilot).choose(daemon.ids["report"])
        await shows(pilot, "you typed it")
        await until(pilot, lambda: "Outline" in seen(pilot), "the other belief")
        await pilot.press("v")
        await shows(pilot, "No picture is kept")

    drive(daemon.client(), walk)


def test_in_a_narrow_terminal_enter_opens_the_detail_and_escape_closes_it(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press("2")
        await until(pilot, lambda: table(pilot).rows, "the beliefs")
        assert not pilot.app.screen.query_one(BeliefDetail).display
        await pilot.press("enter")
        await shows(pilot, "93 %  very likely", "Why")
        await pilot.press("escape")
        await shows(pilot, "The user deals with Elena")
        assert table(pilot).has_focus

    drive(daemon.client(), walk, (80, 24))


def test_the_keys_of_a_list_scroll_what_is_read(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press("2")
        await shows(pilot, "The user works on survey-report.md")
        await pilot.press("enter")
        await shows(pilot, "Evidence for")
        await pilot.press("G")
        detail = pilot.app.screen.query_one(BeliefDetail)
        await until(pilot, lambda: detail.scroll_y == detail.max_scroll_y > 3, "the end")
        await shows(pilot, "first believed")
        await pilot.press("k", "k")
        await until(pilot, lambda: detail.scroll_y == detail.max_scroll_y - 2, "two lines up")
        await pilot.press("g", "ctrl+d")
        await until(pilot, lambda: detail.scroll_y > 0, "a page down")
        await pilot.press("g", "j")
        await until(pilot, lambda: detail.scroll_y == 1, "a line down")

    drive(daemon.client(), walk, (80, 24))


def test_a_click_chooses_a_belief(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["report"])
        await pilot.click(BeliefTable, offset=(10, 4))
        assert table(pilot).cursor == 2
        await shows(pilot, "“Elena asked for the appendix as well.”")

    drive(daemon.client(), walk)


def test_other_scripts_keep_the_columns(daemon: Daemon) -> None:
    texts = (
        "用户在写关于海洋历史的报告。",
        "المستخدم يكتب تقريرا عن البحر",
        "המשתמש כותב דוח על הים",
        "e\u0301te\u0301 👩‍🔬 한국어 보고서",
    )
    for text in texts:
        daemon.store.propositions.add(life.belief(text, 0.97, life.NOW), "statistical/1", "inferred")

    async def walk(pilot: Pilot[None]) -> None:
        await pilot.press("2")
        await shows(pilot, "belief  ", "海洋", "البحر")
        beliefs = table(pilot)
        assert beliefs.in_columns
        lines = [beliefs.render_line(y) for y in range(12)]
        assert {line.cell_length for line in lines} == {beliefs.width}
        assert {cell_len(line.text[: line.text.index("━")]) for line in lines} == {beliefs.width - 60}
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: not beliefs.in_columns, "the narrow table")
        assert {beliefs.render_line(y).cell_length for y in range(16)} == {beliefs.width}

    drive(daemon.client(), walk, (200, 40))


def test_hostile_text_is_shown_letter_by_letter(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await open_belief(pilot, daemon.ids["hostile"])
        await shows(pilot, "␛]0;owned␇␛[2J[bold red]not bold[/] zerowidth")
        await shows(pilot, "⇄gpj.exe⇄")
        drawn = str(seen(pilot))
        assert not set(drawn) & set("\x1b\x07\u200b\u202e\u202c")

    drive(daemon.client(), walk, (160, 48))
