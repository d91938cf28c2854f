"""Which parts of the screen show excluded windows, and blacking them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from gum.protocols import Excluded
from gum.records import Rect, Window

MARGIN = 2


@dataclass(frozen=True, slots=True)
class Surface:
    """A window as it lies on the screen, decorations included.

    `top` is the id that lies there: the window's own or its decoration's.  `managed` is false for menus,
    tooltips and other popups; `override` is true for those that the window manager has no say in.
    `owner` is the same for all windows of one program, `transient_for` the window a dialog or menu
    belongs to (0 for none).  `notification` is true for the popup of a notification: what it says is no part of the
    window that it covers.
    """

    window: Window
    top: int
    visible: bool
    managed: bool
    override: bool
    owner: int
    transient_for: int = 0
    notification: bool = False


Opaque = Callable[[Surface], Sequence[Rect]]


def excluded_ids(surfaces: Iterable[Surface], excluded: Excluded) -> set[int]:
    """Return the ids of the windows to hide: those the rules name, their dialogs and their popups, and notifications.

    A popup that says of no window that it belongs to it is hidden with any hidden window of its program.
    """
    surfaces = list(surfaces)
    hidden = {surface.window.id for surface in surfaces if excluded(surface.window)}
    before = -1
    while len(hidden) != before:
        before = len(hidden)
        hidden |= {surface.window.id for surface in surfaces if surface.transient_for in hidden}
    owners = {surface.owner for surface in surfaces if surface.window.id in hidden}
    known = {surface.window.id for surface in surfaces}
    popups = {
        surface.window.id
        for surface in surfaces
        if not surface.managed and surface.transient_for not in known and surface.owner in owners
    }
    return hidden | popups | {surface.window.id for surface in surfaces if surface.notification}


def hidden_regions(surfaces: Sequence[Surface], hidden: set[int], opaque: Opaque) -> list[Rect]:
    """Return where the hidden windows show, given all surfaces from bottom to top.

    `opaque` says which areas of a surface cover for certain what lies below it.
    """
    regions: list[Rect] = []
    for surface in surfaces:
        if not surface.visible:
            continue
        if surface.window.id in hidden:
            regions += [grown(surface.window.frame, MARGIN), grown(surface.window.client, MARGIN)]
        elif regions:
            for cover in opaque(surface):
                regions = [part for region in regions for part in without(region, cover)]
    return regions


def black_out(pixels: bytearray, area: Rect, regions: Iterable[Rect]) -> None:
    """Make the regions black in rows of 4-byte pixels that show `area` of the screen."""
    import numpy as np

    image = np.frombuffer(pixels, dtype=np.uint32).reshape(area.height, area.width)
    for region in regions:
        part = overlap(region, area)
        if part is not None:
            left, top = part.x - area.x, part.y - area.y
            image[top : top + part.height, left : left + part.width] = 0


def overlap(one: Rect, other: Rect) -> Rect | None:
    """Return the area that both rectangles have in common, None when there is none."""
    left, top = max(one.x, other.x), max(one.y, other.y)
    right = min(one.x + one.width, other.x + other.width)
    bottom = min(one.y + one.height, other.y + other.height)
    return Rect(left, top, right - left, bottom - top) if right > left and bottom > top else None


def without(region: Rect, cover: Rect) -> list[Rect]:
    """Return what is left of a region under a cover: four rectangles at most, none overlapping."""
    part = overlap(region, cover)
    if part is None:
        return [region]
    below, right = part.y + part.height, part.x + part.width
    parts = (
        Rect(region.x, region.y, region.width, part.y - region.y),
        Rect(region.x, below, region.width, region.y + region.height - below),
        Rect(region.x, part.y, part.x - region.x, part.height),
        Rect(right, part.y, region.x + region.width - right, part.height),
    )
    return [rect for rect in parts if rect.width > 0 and rect.height > 0]


def grown(rect: Rect, by: int) -> Rect:
    return Rect(rect.x - by, rect.y - by, rect.width + 2 * by, rect.height + 2 * by)


def contains(outer: Rect, inner: Rect) -> bool:
    return overlap(outer, inner) == inner
