"""Frames that carry their text in their pixels, and the reader that reads them: the outer edge of the tests."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from gum.errors import ReaderError
from gum.paths import Home
from gum.perceive.perceiver import Perceiver
from gum.records import Capture, CoverageState, Frame, InputCounts, Observation, Rect, Window
from gum.store import Store

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SIZE = Rect(0, 0, 64, 48)
CANARY = "canary4711"


def screen(text: str, rect: Rect = SIZE) -> Frame:
    """Return a frame whose pixels spell the text, over and over, so that another text changes them everywhere."""
    data = text.encode() + b"\0"
    room = rect.width * rect.height * 4
    assert len(data) <= room
    return Frame(rect, (data * (room // len(data) + 1))[:room])


class PixelReader:
    """Reads what `screen` wrote; remembers how often and in which threads it was asked."""

    name = "pixels"

    def __init__(self) -> None:
        self.read_texts: list[str] = []
        self.threads: set[str] = set()
        self.fails_on = ""
        self.slow = threading.Event()
        self.slow.set()

    def read(self, frame: Frame, area: Rect) -> str:
        self.slow.wait(10)
        text = frame.pixels.partition(b"\0")[0].decode(errors="replace")
        if self.fails_on and self.fails_on in text:
            raise ReaderError("The frame is too dark.")
        self.read_texts.append(text)
        self.threads.add(threading.current_thread().name)
        return text

    def close(self) -> None:
        self.slow.set()


def window(app: str = "Mousepad", title: str = "notes.txt - Mousepad", id: int = 1, client: Rect = SIZE) -> Window:
    return Window(id, app, title, None, client, client)


def seen(text: str, at: float = 0.0, of: Window | None = None, keys: int = 0, source: str = "") -> Capture:
    """Return a frame of a window that shows a text, `at` seconds after the start."""
    of = of or window()
    return Capture(
        "screen",
        "frame",
        START + timedelta(seconds=at),
        of.app,
        of.title,
        window=of,
        frame=screen(text, of.client),
        input=InputCounts(keys),
        source=source,
    )


def focused(at: float = 0.0, of: Window | None = None, **changes: object) -> Capture:
    of = of or window()
    fields = {"app": of.app, "title": of.title, "window": of} | changes
    return Capture("windows", "window", START + timedelta(seconds=at), **fields)  # type: ignore[arg-type]


def active(at: float, keys: int = 0, clicks: int = 0, idle_s: float = 0.0, of: Window | None = None) -> Capture:
    of = of or window()
    counts = InputCounts(keys, clicks, 0, idle_s)
    return Capture("activity", "activity", START + timedelta(seconds=at), of.app, of.title, window=of, input=counts)


BROWSER = window("Chromium", "Ferries - Chromium", 2)


def perceived(perceiver: Perceiver, *captures: Capture) -> list[Observation]:
    return [observation for capture in captures for observation in perceiver.perceive(capture)]


def of_kind(store: Store, kind: str) -> list[Observation]:
    return [one for one in store.observations.between(None, None) if one.kind == kind]


def coverage(store: Store) -> list[CoverageState]:
    return [interval.state for interval in store.coverage.between(None, None)]


def everything(home: Home) -> bytes:
    return b"".join(path.read_bytes() for path in home.root.rglob("*") if path.is_file())


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)
