"""Where the moments of a day lie on a line of cells; long gaps are folded to the width of their label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gum_tui.day import Stretch

FOLDED_FROM_S = 3600.0
"""A gap longer than this is folded, as long as it would take more room than its label."""

FOLD_CELLS = 18
LEAST_S = 3600.0
"""A day shorter than this does not fill the line, so that five minutes do not look like a day."""

TICK_CELLS = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the line where time runs evenly; `fold` is the gap, when it is a folded one."""

    start: datetime
    end: datetime
    first: int
    cells: int
    fold: Stretch | None = None

    def moment(self, cell: float) -> datetime:
        """Return the moment at a place of the line, which may lie within a cell."""
        return self.start + (self.end - self.start) * ((cell - self.first) / self.cells)

    def place(self, moment: datetime) -> float:
        """Return the place of a moment on the line."""
        return self.first + (moment - self.start) / (self.end - self.start) * self.cells


class Axis:
    """The pieces of one line, from left to right."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = tuple(pieces)

    def piece(self, cell: int) -> Piece | None:
        """Return the piece that a cell belongs to; None right of the day's end."""
        return next((each for each in self.pieces if each.first <= cell < each.first + each.cells), None)

    def moment(self, cell: int) -> datetime:
        """Return the moment in the middle of a cell; the day's end for a cell right of it."""
        piece = self.piece(cell)
        return piece.moment(cell + 0.5) if piece else self.pieces[-1].end

    def cell(self, moment: datetime) -> int:
        """Return the cell of a moment, or the nearest one."""
        for piece in self.pieces:
            if moment < piece.end:
                return max(piece.first, int(piece.place(moment)))
        last = self.pieces[-1]
        return last.first + last.cells - 1

    def ticks(self) -> list[tuple[int, datetime]]:
        """Return cells with the time to write there: full hours, and where a piece begins if there is room."""
        ticks: list[tuple[int, datetime]] = []
        for piece in self.pieces:
            if piece.fold is None:
                ticks += _ticks(piece)
        return ticks


def of(stretches: Sequence[Stretch], width: int) -> Axis:
    """Return the axis of at least one stretch on a line of `width` cells."""
    runs = _runs(stretches, width)
    even = sum(_seconds(run) for run, fold in runs if fold is None)
    room = max(len(runs), width - FOLD_CELLS * sum(fold is not None for _, fold in runs))
    pieces: list[Piece] = []
    first = 0
    for (start, end), fold in runs:
        cells = FOLD_CELLS if fold else max(1, int(room * _seconds((start, end)) / max(even, LEAST_S)))
        cells = min(cells, width - first)
        if cells > 0:
            pieces.append(Piece(start, end, first, cells, fold))
            first += cells
    return Axis(pieces)


Run = tuple[tuple[datetime, datetime], Stretch | None]


def _runs(stretches: Sequence[Stretch], width: int) -> list[Run]:
    """Return the spans of even time, and between them the gaps that are folded."""
    whole = (stretches[-1].ended_at - stretches[0].started_at).total_seconds()
    runs: list[Run] = []
    for stretch in stretches:
        long = stretch.episode is None and stretch.seconds > FOLDED_FROM_S
        if long and stretch.seconds / whole * width > FOLD_CELLS:
            runs.append(((stretch.started_at, stretch.ended_at), stretch))
        elif runs and runs[-1][1] is None:
            runs[-1] = ((runs[-1][0][0], max(runs[-1][0][1], stretch.ended_at)), None)
        else:
            runs.append(((stretch.started_at, stretch.ended_at), None))
    return runs


def _seconds(span: tuple[datetime, datetime]) -> float:
    return (span[1] - span[0]).total_seconds()


def _ticks(piece: Piece) -> list[tuple[int, datetime]]:
    hours = _seconds((piece.start, piece.end)) / 3600
    step = next((each for each in (1, 2, 3, 4) if piece.cells / max(hours / each, 1e-9) >= TICK_CELLS), 6)
    local = piece.start.astimezone()
    hour = local.replace(minute=0, second=0, microsecond=0)
    found = [(piece.first, piece.start)]
    while (hour := hour + timedelta(hours=1)) < piece.end:
        if hour.hour % step:
            continue
        cell = int(piece.place(hour))
        if cell - found[-1][0] < TICK_CELLS:
            if len(found) > 1:
                continue
            found.pop()
        found.append((cell, hour))
    return found
