"""What is blacked out is exactly what shows of the excluded windows, and never less."""

from __future__ import annotations

import numpy as np
from gum_observers.mask import MARGIN, Surface, black_out, excluded_ids, grown, hidden_regions, without
from hypothesis import given
from hypothesis import strategies as st

from gum.records import Rect, Window

SIDE = 40
DOT = Rect(0, 0, 1, 1)
rects = st.builds(
    Rect,
    st.integers(-10, SIDE),
    st.integers(-10, SIDE),
    st.integers(1, SIDE),
    st.integers(1, SIDE),
)


def surface(id: int, rect: Rect = DOT, title: str = "", owner: int = 0, of: int = 0, managed: bool = True) -> Surface:
    window = Window(id=id, app="", title=title, pid=None, client=rect, frame=rect)
    return Surface(
        window, top=id, visible=True, managed=managed, override=not managed, owner=owner or id, transient_for=of
    )


def painted(
    surfaces: list[Surface], hidden: set[int], transparent: set[int]
) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Return where hidden windows show, painting one window after the other."""
    screen = np.zeros((SIDE, SIDE), bool)
    for item in surfaces:
        rect = grown(item.window.frame, MARGIN) if item.window.id in hidden else item.window.frame
        if item.window.id in hidden or item.window.id not in transparent:
            part = screen[max(0, rect.y) : max(0, rect.y + rect.height), max(0, rect.x) : max(0, rect.x + rect.width)]
            part[:] = item.window.id in hidden
    return screen


@given(st.lists(rects, max_size=7), st.sets(st.integers(1, 7)), st.sets(st.integers(1, 7)))
def test_the_blackened_pixels_are_those_a_painter_would_give_to_hidden_windows(
    places: list[Rect], hidden: set[int], transparent: set[int]
) -> None:
    surfaces = [surface(id, rect) for id, rect in enumerate(places, 1)]
    pixels = bytearray(b"\xff" * SIDE * SIDE * 4)
    regions = hidden_regions(
        surfaces, hidden, lambda item: [] if item.window.id in transparent else [item.window.frame]
    )
    black_out(pixels, Rect(0, 0, SIDE, SIDE), regions)
    black = np.frombuffer(pixels, np.uint32).reshape(SIDE, SIDE) == 0
    assert np.array_equal(black, painted(surfaces, hidden, transparent))


@given(rects, rects)
def test_what_is_left_of_a_region_and_its_cover_share_no_pixel(region: Rect, cover: Rect) -> None:
    def cells(rect: Rect) -> set[tuple[int, int]]:
        return {(x, y) for x in range(rect.x, rect.x + rect.width) for y in range(rect.y, rect.y + rect.height)}

    parts = without(region, cover)
    assert sum(len(cells(part)) for part in parts) == len(set().union(*map(cells, parts)) if parts else ())
    assert set().union(*map(cells, parts)) == cells(region) - cells(cover)


def test_a_frame_that_begins_elsewhere_on_the_screen_is_blackened_at_the_right_place() -> None:
    pixels = bytearray(b"\xff" * 10 * 10 * 4)
    black_out(pixels, Rect(100, 50, 10, 10), [Rect(90, 55, 12, 100), Rect(0, 0, 50, 50)])
    black = np.frombuffer(pixels, np.uint32).reshape(10, 10) == 0
    assert black[5:, :2].all()
    assert black.sum() == 10


def test_dialogs_of_an_excluded_window_are_excluded_with_it_however_deep() -> None:
    surfaces = [
        surface(1, title="bank"),
        surface(2, of=1),
        surface(3, of=2),
        surface(4, of=9),
        surface(5),
    ]
    assert excluded_ids(surfaces, lambda window: window.title == "bank") == {1, 2, 3}


def test_a_popup_is_excluded_with_its_window_or_without_one_with_its_program() -> None:
    surfaces = [
        surface(1, title="bank", owner=100),
        surface(2, title="news", owner=100),
        surface(3, owner=100, managed=False),
        surface(4, owner=100, managed=False, of=1),
        surface(5, owner=100, managed=False, of=2),
        surface(6, owner=200, managed=False),
    ]
    assert excluded_ids(surfaces, lambda window: window.title == "bank") == {1, 3, 4}
