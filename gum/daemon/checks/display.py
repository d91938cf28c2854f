"""The display: can it be opened, what does it miss, and does a real test capture show anything."""

from __future__ import annotations

import time
from collections.abc import Iterator

from gum.config import Config
from gum.daemon.checks.check import Check, fail, ok
from gum.daemon.desktop import open_desktop
from gum.errors import DesktopError
from gum.perceive import encoding
from gum.perceive.exclusion import Exclusion
from gum.protocols import Desktop, Snapshot
from gum.records import Frame

TRIES = 10
NO_DISPLAY_FIX = "Run it inside your graphical session, or set DISPLAY; recordings can be replayed without one."


def display(config: Config) -> Iterator[Check]:
    """Check the display with everything that is seen on it."""
    try:
        desktop = open_desktop()
    except DesktopError as error:
        yield fail("display", str(error), NO_DISPLAY_FIX)
        return
    try:
        yield from _desktop(desktop, config)
    except DesktopError as error:
        yield fail("display", str(error), NO_DISPLAY_FIX)
    finally:
        desktop.close()


def _desktop(desktop: Desktop, config: Config) -> Iterator[Check]:
    monitors = ", ".join(f"{one.rect.width}x{one.rect.height}" for one in desktop.monitors())
    yield ok("display", f"{desktop.name}, {monitors}")
    missing = desktop.missing()
    for sentence in missing:
        yield fail("desktop", sentence, "Install or start what is named; the rest works without it.")
    if not missing:
        yield ok("desktop", f"{len(desktop.windows())} windows can be told apart")
    yield _capture(desktop, Exclusion(config.exclude))


def _capture(desktop: Desktop, excluded: Exclusion) -> Check:
    snapshot = _snapshot(desktop, excluded)
    if snapshot is None:
        return fail("test capture", "Windows moved during every try.", "Run gumctl doctor again.")
    if snapshot.locked:
        return fail("test capture", "The screen is locked.", "Unlock it and run gumctl doctor again.")
    if snapshot.active_excluded:
        return ok("test capture", "the window in front is excluded and was not captured")
    if not any(_shows_something(frame) for frame in snapshot.frames):
        return fail(
            "test capture",
            "The captured screen is black.",
            "Open a window, or allow screen capture in the settings of your desktop.",
        )
    number = len(snapshot.frames)
    size = sum(len(frame.pixels) for frame in snapshot.frames) / 4e6
    return ok("test capture", f"{number} monitor{'s' * (number > 1)}, {size:.1f} million pixels, not black")


def _snapshot(desktop: Desktop, excluded: Exclusion) -> Snapshot | None:
    for _ in range(TRIES):
        snapshot = desktop.snapshot(excluded)
        if snapshot is not None:
            return snapshot
        time.sleep(0.1)
    return None


def _shows_something(frame: Frame) -> bool:
    return encoding.to_image(frame).getbbox() is not None  # the box around all that is not black
