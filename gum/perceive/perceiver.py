"""From captures to committed observations.

In this order: what is excluded leaves an interval of coverage and nothing else; the active window is cut out of the
frame; what did not change is not read again; the rest is read; secrets are taken out; what the person typed is told
from what was merely on screen; one commit.  Of the pixels only those that were read are kept, and none when their
text held a secret.
"""

from __future__ import annotations

import logging
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TypeVar

from gum import clock
from gum.clock import Clock
from gum.config import Config
from gum.errors import GumError
from gum.perceive.address import split_page
from gum.perceive.applications import is_browser, is_editor, is_mail
from gum.perceive.attention import Attention, Place, Stay, source_of
from gum.perceive.difference import is_unchanged
from gum.perceive.encoding import encode, has_many_colours
from gum.perceive.exclusion import Exclusion, Exclusions
from gum.perceive.gutter import without_gutter
from gum.perceive.reading import Reading, Readings, ahead, crop
from gum.perceive.redaction import Redacted, redact
from gum.perceive.typed import History
from gum.protocols import Reader
from gum.records import Capture, CoverageState, Frame, InputCounts, Observation, Trust
from gum.store import Store

log = logging.getLogger(__name__)

MOST_WINDOWS = 64
MOST_LOOKS = 4  # each holds the pixels of a window
OF_PAGE = frozenset({"site", "private", "address unknown"})  # reasons that a window's class and title do not tell
KINDS = frozenset({"frame", "window", "activity", "text"})

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Memory:
    """What is known of a window from before: its last readings, and whether the person ever typed in it."""

    history: History = field(default_factory=History)
    written_in: bool = False

    def pressed(self, *, by_frames: int = 0, by_activity: int = 0) -> _Memory:
        history = self.history.pressed(by_frames=by_frames, by_activity=by_activity)
        return _Memory(history, self.written_in or by_frames + by_activity > 0)


@dataclass(frozen=True, slots=True)
class _Look:
    """The pixels of a window when it was last looked at, what was read from them, and what of it is content."""

    frame: Frame
    reading: Reading
    text: str
    url: str = ""


class Perceiver:
    """Turns captures into observations, each committed before `perceive` returns.

    Captures must be given in order, by one thread at a time.  Without a reader, frames tell only which window is
    in front.  `exclusion` says what may be seen; without one it is made from the settings and the store.  `state` is
    what the last capture was worth: recorded, excluded, locked or failed.  With `pictures`, for a model that sees, one
    picture without a word is kept of each stay; none of a browser, whose page nothing then tells.
    """

    def __init__(
        self,
        store: Store,
        reader: Reader | None,
        config: Config,
        now: Clock = clock.now,
        exclusion: Exclusion | None = None,
        pictures: bool = False,
    ) -> None:
        self._store = store
        self._readings = Readings(reader) if reader else None
        self._config = config
        self._now = now
        self._pictures = pictures and config.capture.keep_frames
        self._exclusion = exclusion or Exclusions(store.settings, config.exclude).judge
        self._attention = Attention(store, timedelta(seconds=config.infer.episode_gap_s))
        self._windows: OrderedDict[tuple[int, str], _Memory] = OrderedDict()
        self._looks: OrderedDict[tuple[int, str], _Look] = OrderedDict()
        self._hidden: OrderedDict[tuple[int, str], str] = OrderedDict()  # why the page of a window is not seen
        self._known: OrderedDict[tuple[int, str], str] = OrderedDict()  # titles of pages whose address was read
        self.state = CoverageState.RECORDED

    def perceive(self, capture: Capture) -> list[Observation]:
        """Commit what is new in a capture and return the observations that were added.

        Raises StoreError; nothing of the capture is kept then, and it may be given again.
        """
        if capture.locked:
            return self._unseen(capture, CoverageState.LOCKED, "")
        if reason := self._exclusion.of_capture(capture):
            return self._unseen(capture, CoverageState.EXCLUDED, reason)
        try:
            look = self._look(capture)
            if reason := self._of_page(capture, look):
                return self._unseen(capture, CoverageState.EXCLUDED, reason)
            picture = self._picture(capture, look)
            told = redact(_clean(capture.text)) if capture.kind == "text" else None
        except Exception as error:  # noqa: BLE001  damaged pixels make imaging libraries raise many kinds
            log.warning("a frame could not be read: %s", type(error).__name__)
            return self._failed(capture, error)
        with self._store.transaction():
            added, stay, memory = self._commit(capture, look, picture, told)
            for one in added:
                self._store.ledger.add("observations kept", one.kind, 1, one.captured_at)
            self._store.coverage.mark(CoverageState.RECORDED, capture.captured_at)
        self._remember(capture, stay, memory, look)
        return added

    def start_anew(self) -> None:
        """Let go of what was seen before: it may have been forgotten.  Pages that may not be seen stay known."""
        self._attention.hold(None)
        self._windows.clear()
        self._looks.clear()

    def ahead(self, captures: Iterable[Capture], threads: int = 2) -> Iterator[Capture]:
        """Yield the captures in order, while the frames of those to come are read in other threads.

        What `perceive` then does with them is the same as without.
        """
        if self._readings is None:
            yield from captures
        else:
            yield from ahead(captures, self._cut_unless_excluded, self._readings, threads)

    # ------------------------------------------------------------------------- looking: slow, changes nothing

    def _look(self, capture: Capture) -> _Look | None:
        """Return the pixels of the active window with their text; None when the capture shows none."""
        frame = _cut(capture)
        if frame is None or self._readings is None:
            return None
        before = self._looks.get(_key(capture))
        if before is not None and is_unchanged(before.frame, frame):
            return replace(before, frame=frame)
        if capture.text and not is_browser(capture.app):  # a browser's own text lacks the address that may exclude it
            told = redact(_clean(capture.text))
            # nobody read these pixels for secrets
            return _Look(frame, Reading(told.text, secret=True, kinds=told.kinds), told.text)
        reading = self._readings.read(frame)
        if is_browser(capture.app):
            url, text = split_page(reading.text, capture.title)
            return _Look(frame, reading, text, url)
        return _Look(frame, reading, without_gutter(reading.text) if is_editor(capture.app) else reading.text)

    def _cut_unless_excluded(self, capture: Capture) -> Frame | None:
        if capture.locked or self._exclusion.of_capture(capture):
            return None
        try:
            return _cut(capture)
        except ValueError:  # comes up again, and is told, when the capture is perceived
            return None

    def _of_page(self, capture: Capture, look: _Look | None) -> str:
        """Return why the page in a window may not be seen.

        Once an excluded page was read there, nothing is seen until the address of another page is read.  A page over
        the whole screen shows no address; it is seen only while its title is that of a page whose address was read.
        """
        if look and (reason := self._exclusion.of_page(capture.app, look.reading.text)):
            return reason
        key = _key(capture)
        if look is None or look.url or capture.url:
            return "" if look is not None or capture.url else self._hidden.get(key, "")
        if key in self._hidden:
            return self._hidden[key]
        if _fills_screen(capture) and self._known.get(key) != capture.title:
            return self._exclusion.of_address_unknown(capture.app)
        return ""

    def _picture(self, capture: Capture, look: _Look | None) -> bytes | None:
        """Return the pixels as they are kept; None when they are not."""
        if look is None or look.reading.secret or not self._config.capture.keep_frames:
            return None
        stay = self._attention.stay
        if not look.text:
            new = stay is None or not stay.screen or not _place(capture, look).same(stay.place)
            shows = self._pictures and new and not is_browser(capture.app) and has_many_colours(look.frame)
            return encode(look.frame, self._config.capture.frame_quality) if shows else None
        if stay is not None and stay.screen and stay.text == look.text:
            return None  # kept already
        return encode(look.frame, self._config.capture.frame_quality)

    # ------------------------------------------------------------------------- committing: in order

    def _commit(
        self, capture: Capture, look: _Look | None, picture: bytes | None, told: Redacted | None
    ) -> tuple[list[Observation], Stay | None, _Memory]:
        added: list[Observation] = []
        memory = self._windows.get(_key(capture), _Memory())
        place = _place(capture, look)
        stay = self._attention.stay
        if told is not None:
            added.append(self._add(capture, "text", place, text=told.text, trust=capture.trust))
            for kind in told.kinds:
                self._store.ledger.add("redacted", kind, 1, capture.captured_at)
        elif capture.kind == "activity":
            stay, memory = self._active(capture, place, memory, added)
        elif capture.kind == "window" or (capture.kind == "frame" and capture.window is not None):
            stay = self._attention.at(place, capture, added)
            memory = memory.pressed(by_frames=capture.input.keys)
            if look is not None and (look.text or picture is not None):
                stay, memory = self._read(capture, place, look, picture, stay, memory, added)
        elif capture.kind not in KINDS:
            self._store.failures.note("perceive", f"A capture of the kind {capture.kind[:40]!r} is not understood.")
        return added, stay, memory

    def _active(
        self, capture: Capture, place: Place, memory: _Memory, added: list[Observation]
    ) -> tuple[Stay | None, _Memory]:
        """Keep input counts; an activity without any tells that the person has left."""
        counts, stay = capture.input, self._attention.stay
        if (counts.keys, counts.clicks, counts.scrolls) == (0, 0, 0):
            return (None if counts.idle_s >= self._config.capture.idle_s else stay), memory
        if stay is not None and place.same(stay.place):
            stay = self._attention.lengthen(stay, capture.captured_at)
        added.append(self._add(capture, "activity", place, trust=Trust.SYSTEM, counts=counts))
        return stay, memory.pressed(by_activity=counts.keys)

    def _read(
        self,
        capture: Capture,
        place: Place,
        look: _Look,
        picture: bytes | None,
        stay: Stay | None,
        memory: _Memory,
        added: list[Observation],
    ) -> tuple[Stay | None, _Memory]:
        """Keep the text of the window, and apart from it what the person typed since the last reading."""
        text = look.text
        if stay is not None and stay.screen and stay.text == text:
            self._store.observations.extend(stay.screen, capture.captured_at)
            return stay, memory
        history, typed = memory.history.read(text, place.title)
        trust = _trust(capture.app, memory.written_in)
        seen = self._add(capture, "screen", place, text=text, trust=trust, picture=picture)
        added.append(seen)
        self._note(capture, look.reading, picture)
        if typed:
            added.append(self._add(capture, "typed", place, text=typed, trust=Trust.TYPED))
        if stay is not None and place.same(stay.place):
            stay = replace(stay, screen=seen.id, text=text)
        return stay, _Memory(history, memory.written_in)

    def _note(self, capture: Capture, reading: Reading, picture: bytes | None) -> None:
        """Count in the ledger what was taken out of a text, and whether its pixels are kept."""
        ledger, at = self._store.ledger, capture.captured_at
        for kind in reading.kinds:
            ledger.add("redacted", kind, 1, at)
        if picture is not None:
            ledger.add("pictures kept", "", 1, at)
        elif reading.secret and self._config.capture.keep_frames:
            ledger.add("pictures not kept", "a secret was read" if reading.kinds else "told by the application", 1, at)

    def _add(
        self,
        capture: Capture,
        kind: str,
        place: Place,
        *,
        trust: Trust,
        text: str = "",
        picture: bytes | None = None,
        counts: InputCounts | None = None,
    ) -> Observation:
        counts = counts or InputCounts()
        observation = Observation(
            observer=capture.observer,
            kind=kind,
            captured_at=capture.captured_at,
            until=capture.captured_at,
            app=place.app,
            title=place.title,
            url=place.url,
            text=_clean(text),
            trust=trust,
            window=place.window or None,
            keys=counts.keys,
            clicks=counts.clicks,
            scrolls=counts.scrolls,
            source=source_of(capture, kind),
        )
        return self._store.observations.add(observation, picture)

    def _remember(self, capture: Capture, stay: Stay | None, memory: _Memory, look: _Look | None) -> None:
        self.state = CoverageState.RECORDED
        self._attention.hold(stay)
        _put(self._windows, _key(capture), memory, MOST_WINDOWS)
        if look is not None:
            self._hidden.pop(_key(capture), None)
            if look.url or capture.url:
                _put(self._known, _key(capture), capture.title, MOST_WINDOWS)
            _put(self._looks, _key(capture), look, MOST_LOOKS)

    def _unseen(self, capture: Capture, state: CoverageState, reason: str) -> list[Observation]:
        """Of what may not be seen only the interval is kept."""
        with self._store.transaction():
            self._store.coverage.mark(state, capture.captured_at, reason)
            self._store.ledger.add("captures not seen", reason or str(state), 1, capture.captured_at)
            if reason in OF_PAGE:
                self._take_back(capture)
        if reason in OF_PAGE:
            _put(self._hidden, _key(capture), reason, MOST_WINDOWS)
        self.state = state
        self._attention.hold(None)
        return []

    def _take_back(self, capture: Capture) -> None:
        """Remove what was kept of a page by its title, before its address bar was read."""
        stay, place = self._attention.stay, _place(capture, None)
        if stay is not None and not stay.screen and place.same(stay.place):
            since = self._store.observations.between(stay.since, None, app=place.app)
            of_page = [one.id for one in since if (one.window or 0, one.title) == (place.window, place.title)]
            self._store.observations.take_back(of_page)

    def _failed(self, capture: Capture, error: Exception) -> list[Observation]:
        reason = str(error) if isinstance(error, GumError) else f"A frame could not be read ({type(error).__name__})."
        with self._store.transaction():
            self._store.failures.note("perceive", reason)
            self._store.coverage.mark(CoverageState.FAILED, capture.captured_at, reason)
        self.state = CoverageState.FAILED
        return []


def _cut(capture: Capture) -> Frame | None:
    """Return the active window's part of the frame.  Raises ValueError when the pixels do not fill the frame."""
    if capture.frame is None or capture.window is None:
        return None
    return crop(capture.frame, capture.window.client)


def _key(capture: Capture) -> tuple[int, str]:
    return (capture.window.id if capture.window else 0, capture.app)


def _fills_screen(capture: Capture) -> bool:
    """Return whether the window covers all of its monitor, as a page without an address bar does."""
    if capture.frame is None or capture.window is None:
        return False
    client, screen = capture.window.client, capture.frame.rect
    return (
        client.x <= screen.x
        and client.y <= screen.y
        and (
            client.x + client.width >= screen.x + screen.width and client.y + client.height >= screen.y + screen.height
        )
    )


def _place(capture: Capture, look: _Look | None) -> Place:
    """Return where the capture was made; a browser's address is read from its address bar when nobody tells it."""
    url = capture.url or (look.url if look else "")
    return Place(
        window=capture.window.id if capture.window else 0,
        app=_clean(capture.app),
        title=redact(_clean(capture.title)).text,
        url=redact(_clean(url)).text,
    )


def _trust(app: str, written_in: bool) -> Trust:
    if is_browser(app) or is_mail(app):
        return Trust.UNTRUSTED
    return Trust.DOCUMENT if written_in and is_editor(app) else Trust.SCREEN


def _clean(text: str) -> str:
    """Return the text without what no database and no screen can show: control characters, halves of characters."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def _put(kept: OrderedDict[tuple[int, str], Value], key: tuple[int, str], value: Value, most: int) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > most:
        kept.popitem(last=False)
