"""The present moment as far as it bears on speaking: what the person is in the middle of, and the time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from gum.perceive.applications import BROWSERS, CHATS, EDITORS, MAIL, TERMINALS
from gum.records import Observation
from gum.suggest.need.estimate import shipped
from gum.suggest.need.observed import steps_of

RECENT = timedelta(minutes=15)
# So many keys in one count of input, not longer ago than this, are a burst of typing.
_BURST_KEYS = 10
_BURST_S = 10.0
# A call goes on for so long after its window was last in front.
_CALL_LASTS = timedelta(minutes=5)
_SHARE_LASTS = timedelta(minutes=2)
_CALL = re.compile(
    r"\bmeet [-\N{EN DASH}\N{EM DASH}] |\bgoogle meet\b|\bzoom (?:meeting|webinar|workplace)|\bjitsi meet\b|\bwebex\b"
    r"|\bhuddle\b|\bbigbluebutton\b|\b(?:in|ongoing|video|voice|group) (?:a )?call\b|\bcall with\b"
    r"|\bmeeting (?:in|with|\|)|\| (?:meeting|call)\b|\bwhereby\b",
    re.I,
)
_SHARE = re.compile(
    r"\bslide ?show\b|\bpresenter (?:view|console)|\bpresenting\b|\bsharing (?:your|the|this|a) (?:screen|window|tab)"
    r"|\bscreen ?shar(?:e|ing)\b|\bimpress slideshow\b|\bpresentation mode\b",
    re.I,
)
_CALL_APPS = ("zoom", "webex", "jitsi-meet")
# Keys in so many of the last quarter of an hour's counts, all in one document, are steady work.
_STEADY_COUNTS = 6
_STEADY_KEYS = 20
_CONTEXTS = {
    "browser": BROWSERS,
    "editor": EDITORS,
    "terminal": TERMINALS,
    "mail": MAIL,
    "chat": CHATS,
}
_BANDS = ((5, "night"), (9, "early"), (12, "morning"), (14, "midday"), (18, "afternoon"), (22, "evening"))


@dataclass(frozen=True, slots=True)
class Moment:
    """The present state as far as it bears on speaking; `local` is the person's time of day.

    `meeting`: a call goes on.  `presenting`: the screen is shown to others.  `full_screen`: one window fills the
    monitor.  `steady`: dense typing in one document for a while.  `need`: the estimate that help is needed, None
    when nothing was observed lately.  `context`: the kind of application in front.  `new`: the person is not known
    for long enough.
    """

    now: datetime
    local: time
    typing: bool
    shown_last_minute: int
    shown_today: int
    meeting: bool = False
    presenting: bool = False
    full_screen: bool = False
    steady: bool = False
    need: float | None = None
    context: str = "other"
    new: bool = False

    @property
    def band(self) -> str:
        """The part of the day."""
        return next((name for until, name in _BANDS if self.local.hour < until), "night")


def typing(observations: Iterable[Observation], now: datetime) -> bool:
    """Return whether the person is in the middle of a burst of keys."""
    recent = now - timedelta(seconds=_BURST_S)
    return any(
        one.kind == "activity" and one.keys >= _BURST_KEYS and recent <= one.until <= now for one in observations
    )


def in_call(observations: Iterable[Observation], now: datetime) -> bool:
    """Return whether a window of a call was in front a moment ago."""
    return any(_is_call(one) for one in observations if one.kind == "window" and one.until > now - _CALL_LASTS)


def presenting(observations: Iterable[Observation], now: datetime) -> bool:
    """Return whether a window that shows slides, or shares the screen, was in front a moment ago."""
    return any(
        _SHARE.search(one.title) for one in observations if one.kind == "window" and one.until > now - _SHARE_LASTS
    )


def steady(observations: Sequence[Observation]) -> bool:
    """Return whether the person has typed in one document for a while."""
    dense = [one for one in observations if one.kind == "activity" and one.keys >= _STEADY_KEYS]
    return len(dense) >= _STEADY_COUNTS and len({one.title for one in dense}) == 1


def context(app: str) -> str:
    """Return the kind of an application by its window class."""
    name = app.casefold().rpartition(".")[2]
    return next((kind for kind, names in _CONTEXTS.items() if name in names), "other")


def need(observations: Sequence[Observation]) -> float | None:
    """Return the estimate that help is needed; None without anything to tell it by."""
    steps = steps_of(observations)
    return shipped().of(steps) if steps else None


def quiet(local: time, since: str, until: str) -> bool:
    """Return whether a time of day is within the quiet hours, which may pass midnight; equal ends mean none."""
    begins, ends = time.fromisoformat(since), time.fromisoformat(until)
    if begins <= ends:
        return begins <= local < ends
    return local >= begins or local < ends


def _is_call(seen: Observation) -> bool:
    return bool(_CALL.search(seen.title)) or (seen.app.casefold() in _CALL_APPS and "meeting" in seen.title.casefold())
