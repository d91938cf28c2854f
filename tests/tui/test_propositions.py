"""Beliefs are shown with what stands behind and beside them, whatever is in their words."""

from __future__ import annotations

import dataclasses
import io
from datetime import timedelta

from gum_tui.widgets.belief_detail import BeliefDetail
from gum_tui.widgets.belief_table import BeliefTable
from PIL import Image
from rich.cells import cell_len
from textual.pilot import Pilot

from gum.records import Observation, Stance
from tests.tui import life
from tests.tui.beliefs import open_belief, table
from tests.tui.driving import Daemon, drive, seen, shows, until


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
