"""Text of frames: read once, whoever asks and however often the same pixels come back."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from gum.perceive.redaction import redact
from gum.protocols import Reader
from gum.records import Capture, Frame, Rect

MOST_KEPT = 512


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of some pixels without its secrets, the kinds of those, and whether the pixels hold or may hold any."""

    text: str
    secret: bool
    kinds: tuple[str, ...] = ()


def crop(frame: Frame, area: Rect) -> Frame | None:
    """Return the part of the frame inside `area` (screen pixels); None when they do not meet.

    Raises ValueError when the pixels do not fill the frame.
    """
    rect = frame.rect
    if len(frame.pixels) != rect.width * rect.height * 4:
        raise ValueError(f"{len(frame.pixels)} bytes do not make {rect.width} x {rect.height} pixels")
    left, top = max(area.x, rect.x), max(area.y, rect.y)
    width = min(area.x + area.width, rect.x + rect.width) - left
    height = min(area.y + area.height, rect.y + rect.height) - top
    if width <= 0 or height <= 0:
        return None
    rows = range(top - rect.y, top - rect.y + height)
    stride, start = rect.width * 4, (left - rect.x) * 4
    pixels = b"".join(frame.pixels[row * stride + start : row * stride + start + width * 4] for row in rows)
    return Frame(Rect(left, top, width, height), pixels, frame.scale, frame.monitor)


class Readings:
    """Reads frames, keeping the texts of the last few hundred; safe to call from several threads.

    Reading has no order: a frame may be read ahead of its turn, in any thread, with the same result.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._kept: OrderedDict[str, Future[Reading]] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, frame: Frame) -> Reading:
        """Return the text of the whole frame.  Raises ReaderError, and what else a reader may raise."""
        key = _key(frame)
        with self._lock:
            waiting = self._kept.get(key)
            if waiting is None:
                mine = self._kept[key] = Future()
                if len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
            else:
                self._kept.move_to_end(key)
        if waiting is not None:
            return waiting.result()
        try:
            found = redact(self._reader.read(frame, frame.rect))
        except BaseException as error:
            with self._lock:
                self._kept.pop(key, None)  # it may succeed another time
            mine.set_exception(error)
            raise
        mine.set_result(Reading(found.text, bool(found.kinds), found.kinds))
        return mine.result()


def _key(frame: Frame) -> str:
    head = f"{frame.rect.width}x{frame.rect.height}@{frame.scale}:".encode()
    return hashlib.blake2b(head + frame.pixels, digest_size=20).hexdigest()


def ahead(
    captures: Iterable[Capture], cut: Callable[[Capture], Frame | None], readings: Readings, threads: int
) -> Iterator[Capture]:
    """Yield the captures in order, while what `cut` leaves of those to come is read in other threads."""
    waiting: deque[tuple[Capture, Future[Reading] | None]] = deque()
    with ThreadPoolExecutor(threads, "reader") as pool:
        for capture in captures:
            frame = cut(capture)
            waiting.append((capture, pool.submit(readings.read, frame) if frame else None))
            if len(waiting) > threads * 4:
                yield _arrived(*waiting.popleft())
        while waiting:
            yield _arrived(*waiting.popleft())


def _arrived(capture: Capture, reading: Future[Reading] | None) -> Capture:
    if reading is not None:
        reading.exception()  # wait; a failure comes up again when the frame is perceived
    return capture
