"""The day's line: time runs evenly, long gaps are folded, and every cell has its moment."""

from __future__ import annotations

from datetime import datetime, timedelta

from gum_tui import axis
from gum_tui.day import Stretch
from hypothesis import given
from hypothesis import strategies as st

from gum.records import CoverageState
from tests.tui.test_day import episode

NINE = datetime.fromisoformat("2026-03-03T09:00:00").astimezone()


def busy(start: float, end: float) -> Stretch:
    return Stretch(NINE + timedelta(minutes=start), NINE + timedelta(minutes=end), episode(start, end))


def gap(start: float, end: float) -> Stretch:
    return Stretch(NINE + timedelta(minutes=start), NINE + timedelta(minutes=end), state=CoverageState.OFF)


def test_a_long_gap_takes_no_more_room_than_its_label() -> None:
    line = axis.of([busy(0, 30), gap(30, 450), busy(450, 480)], 118)
    assert [piece.cells for piece in line.pieces] == [50, axis.FOLD_CELLS, 50]
    assert line.pieces[1].fold is not None


def test_a_short_gap_keeps_its_room() -> None:
    line = axis.of([busy(0, 60), gap(60, 100), busy(100, 120)], 120)
    assert [piece.cells for piece in line.pieces] == [120]


def test_the_beginning_and_full_hours_are_told() -> None:
    line = axis.of([busy(-5, 130)], 135)
    assert [(cell, f"{moment:%H:%M}") for cell, moment in line.ticks()] == [(5, "09:00"), (65, "10:00"), (125, "11:00")]
    line = axis.of([busy(20, 130)], 110)
    assert [f"{moment.astimezone():%H:%M}" for _, moment in line.ticks()] == ["09:20", "10:00", "11:00"]


def test_five_minutes_do_not_look_like_a_day() -> None:
    (piece,) = axis.of([busy(0, 5)], 120).pieces
    assert piece.cells == 10


@given(
    st.lists(st.tuples(st.booleans(), st.integers(1, 300)), min_size=1, max_size=12),
    st.integers(1, 300),
)
def test_pieces_fill_the_line_from_the_left_and_cells_and_moments_agree(
    parts: list[tuple[bool, int]], width: int
) -> None:
    stretches, start = [], 0
    for worked, minutes in parts:
        stretches.append((busy if worked else gap)(start, start + minutes))
        start += minutes
    line = axis.of(stretches, width)
    assert sum(piece.cells for piece in line.pieces) <= width
    reached = 0
    for piece in line.pieces:
        assert piece.first == reached
        reached += piece.cells
        for cell in range(piece.first, piece.first + piece.cells):
            assert line.cell(line.moment(cell)) == cell
    cells = [cell for cell, _ in line.ticks()]
    assert cells == sorted(cells)
