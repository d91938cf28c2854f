"""What a plug-in must offer.  Ours come through the same entry points as strangers'."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from gum.errors import NotFoundError
from gum.records import (
    Candidate,
    Capture,
    Draft,
    Episode,
    Frame,
    InputCounts,
    Monitor,
    Observation,
    Outcome,
    Preview,
    Proposition,
    Rect,
    Relation,
    Suggestion,
    Window,
)

Excluded = Callable[[Window], bool]


class Stop(Protocol):
    """Says when to stop; a `threading.Event` is one."""

    def is_set(self) -> bool: ...
    def wait(self, timeout: float | None = None) -> bool: ...


# ------------------------------------------------------------------------- observing


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One consistent look at the desktop: geometry and titles were equal before and after the grab.

    `frames` hold one frame a monitor, excluded windows already black.  `active_excluded` is true
    when the focused window is on the exclusion list; its title and app are then empty.
    """

    taken_at: datetime
    windows: tuple[Window, ...]
    active: Window | None
    frames: tuple[Frame, ...]
    active_excluded: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True)
class DesktopEvent:
    """Something changed: 'focus', 'title', 'input', 'damage' or 'lost' (the display went away).

    `counts` is all input since the desktop was opened up to this event, so that what follows it is told apart.
    """

    kind: str
    at: datetime
    counts: InputCounts = field(default_factory=InputCounts)


class Desktop(Protocol):
    """One platform's desktop.  Observers are views of it; it is shared by them and thread-safe."""

    name: str

    def missing(self) -> list[str]:
        """Return a sentence for each thing the platform does not offer here; empty when all is well."""
        ...

    def monitors(self) -> list[Monitor]: ...

    def windows(self) -> list[Window]:
        """Return the managed windows, bottom to top."""
        ...

    def active(self) -> Window | None: ...

    def subscribe(self, receive: Callable[[DesktopEvent], None]) -> Callable[[], None]:
        """Call `receive` on each event from now on; return a function that ends it."""
        ...

    def look(self, excluded: Excluded) -> Snapshot:
        """Return what `snapshot` would, without pixels: `frames` is empty.  Raises DesktopError."""
        ...

    def snapshot(self, excluded: Excluded) -> Snapshot | None:
        """Grab every monitor; None when windows moved or titles changed during the grab.

        Raises DesktopError when the display went away.
        """
        ...

    def input_counts(self) -> InputCounts:
        """Return the counts since the desktop was opened, and the present idle time."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class ObserverContext:
    """What an observer is given: the desktop (None where there is none), the rules, its settings."""

    desktop: Desktop | None
    excluded: Excluded
    settings: dict[str, Any]
    now: Callable[[], datetime]


@runtime_checkable
class Observer(Protocol):
    """Yields captures until told to stop; each observer runs in its own thread."""

    name: str

    def __init__(self, context: ObserverContext) -> None: ...

    def captures(self, stop: Stop) -> Iterator[Capture]: ...


# ------------------------------------------------------------------------- perceiving


class Reader(Protocol):
    """Reads text from pixels."""

    name: str

    def read(self, frame: Frame, area: Rect) -> str:
        """Return the text in `area` (screen pixels) of the frame, lines top to bottom.

        Raises ReaderError; an empty string means that there is no text.
        """
        ...

    def close(self) -> None: ...


class Embedder(Protocol):
    """Turns texts into vectors on the device, without network."""

    name: str
    dimensions: int

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """Return one unit vector a text.  Raises EmbedderError."""
        ...


# ------------------------------------------------------------------------- inferring


def _no_frame(sha: str) -> bytes:
    raise NotFoundError(f"The frame {sha[:12]} is not kept.")


@dataclass(frozen=True, slots=True)
class EpisodeContext:
    """What an engine may look at: the episode, its observations, and what came before.

    `history` holds the episodes before this one, oldest first, the last `history_days` days at most;
    `earlier(episode_id)` gives the observations of one of them.  `neighbours` are known propositions
    near the episode.  `user_name` is empty when unknown.  `now` is the time of the episode's end.

    A model is given several episodes in a row at once: `episodes` holds them, oldest first (empty stands for `episode`
    alone), and `observations` are those of all.  `statements` is what counting says of the same episodes; `frame(sha)`
    returns a kept image, encoded (raises NotFoundError), and `images` how many of them may be shown.
    """

    episode: Episode
    observations: tuple[Observation, ...]
    history: tuple[Episode, ...]
    earlier: Callable[[int], Sequence[Observation]]
    neighbours: tuple[Proposition, ...]
    now: datetime
    user_name: str = ""
    rules: tuple[str, ...] = ()
    episodes: tuple[Episode, ...] = ()
    statements: tuple[str, ...] = ()
    frame: Callable[[str], bytes] = _no_frame
    images: int = 0


class Reasoner(Protocol):
    """An engine: proposes drafts, relates them, suggests, answers, captions (paper sections 5.3-5.5).

    `author` names engine, model and prompt version, as in 'statistical/1'.

    An engine with a true attribute `is_model` works beside the built-in one, on several episodes at once, when it
    disturbs nobody and within a budget of calls.  It may also offer `relate_all(drafts, neighbours)`, which relates all
    drafts in one call, `answer_stream(question, propositions)`, which yields an answer in pieces, `take_drops()`, the
    reasons why items of its answers were dropped, `usage` with its counts of `calls` and `images`, and `cancel()`.
    """

    name: str
    author: str

    def propose(self, context: EpisodeContext) -> Sequence[Draft]:
        """Return drafts from the episode, with quotes.  Raises EngineError."""
        ...

    def relate(self, draft: Draft, neighbours: Sequence[Proposition]) -> Sequence[Relation]:
        """Return one relation for each neighbour.  Raises EngineError."""
        ...

    def suggest(self, context: EpisodeContext, propositions: Sequence[Proposition]) -> Sequence[Candidate]: ...

    def answer(self, question: str, propositions: Sequence[Proposition]) -> str: ...

    def caption(self, frame: Frame, observation: Observation) -> str:
        """Return a sentence on what the frame shows; empty when the engine cannot see."""
        ...


@runtime_checkable
class Auditing(Protocol):
    """What an engine may offer beside `Reasoner`: its own eye for what is sensitive; the rules hold all the same."""

    def audit(self, drafts: Sequence[Draft]) -> Sequence[Sequence[str]]:
        """Return for each draft the sensitive categories that it touches, as named in `gum.infer.audit.CATEGORIES`.

        Raises EngineError.
        """
        ...


@runtime_checkable
class Reranking(Protocol):
    """What an engine may offer beside `Reasoner`: the last word on the order of what search found."""

    def rerank(self, query: str, propositions: Sequence[Proposition]) -> Sequence[float]:
        """Return for each proposition how well it serves the query, the higher the better.  Raises EngineError."""
        ...


@runtime_checkable
class Writing(Protocol):
    """What an engine may offer beside `Reasoner`: prose from sentences, for the portrait."""

    def write(self, title: str, sentences: Sequence[str]) -> str:
        """Return a short paragraph that says what the sentences say and nothing else.  Raises EngineError."""
        ...


# ------------------------------------------------------------------------- suggesting


@dataclass(frozen=True, slots=True)
class Situation:
    """What a suggester may look at: now, the live propositions, the recent episodes and their texts."""

    now: datetime
    propositions: tuple[Proposition, ...]
    episodes: tuple[Episode, ...]
    observations: Callable[[int], Sequence[Observation]]
    evidence: Callable[[int], Sequence[str]]


class Suggester(Protocol):
    """One kind of suggestion."""

    kind: str

    def candidates(self, situation: Situation) -> Sequence[Candidate]: ...


class Action(Protocol):
    """Carries out an accepted suggestion inside its own folder, reversibly."""

    name: str

    def preview(self, payload: dict[str, Any]) -> Preview: ...

    def perform(self, payload: dict[str, Any], folder: Path) -> Outcome:
        """Do it; write only below `folder`.  Raises ActionError, and then nothing was changed."""
        ...

    def undo(self, outcome: Outcome, folder: Path) -> None:
        """Take it back.  Raises ActionError when a file was changed by the person since."""
        ...


class Notifier(Protocol):
    """Tells the person of a suggestion, one line, without stealing focus."""

    name: str

    def notify(self, suggestion: Suggestion) -> None: ...


class Frontend(Protocol):
    """A user interface that `gumctl` can start by name."""

    name: str

    def run(self, url: str, token: str) -> int:
        """Run until the person leaves; return the exit code."""
        ...
