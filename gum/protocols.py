"""What a plug-in must offer.  Ours come through the same entry points as strangers'."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol, runtime_checkable

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


#: No pause is stretched beyond this, so that frames which stop coming are noticed within half a minute.
LONGEST_PAUSE_S = 18.0


def unhurried() -> float:
    """Return the pace where nothing has to be spared."""
    return 1.0


def longest_pause(heartbeat_s: float, pace: float) -> float:
    """Return how long an active window may go without a frame, for a heartbeat and a pace, in seconds."""
    return max(heartbeat_s, min(heartbeat_s * pace, LONGEST_PAUSE_S))


@dataclass(frozen=True, slots=True)
class ObserverContext:
    """What an observer is given: the desktop (None where there is none), the rules, its settings.

    `pace()` is how many times as long its pauses are to be just now, to hold what the daemon may take of the processor
    and the battery; a change of window waits for nothing.
    """

    desktop: Desktop | None
    excluded: Excluded
    settings: dict[str, Any]
    now: Callable[[], datetime]
    pace: Callable[[], float] = unhurried


@runtime_checkable
class Observer(Protocol):
    """Yields captures until told to stop; each observer runs in its own thread."""

    name: str

    def __init__(self, context: ObserverContext) -> None: ...

    def captures(self, stop: Stop) -> Iterator[Capture]: ...


# ------------------------------------------------------------------------- perceiving


@dataclass(frozen=True, slots=True)
class WorkerState:
    """A process that a plug-in keeps for its native code: `pid` is None and `memory_bytes` 0 while it rests.

    It was started `starts` times and died `deaths` times by itself; `trouble` is what went wrong last.
    """

    pid: int | None
    memory_bytes: int
    starts: int
    deaths: int
    trouble: str


@runtime_checkable
class Apart(Protocol):
    """What a reader, embedder or engine may offer that works in a process of its own."""

    def worker(self) -> WorkerState: ...

    def rest(self) -> None:
        """End the process at once, unless it is at work; the next question starts another."""
        ...


class Reader(Protocol):
    """Reads text from pixels.

    Its constructor may ask for `language`, and for `apart_s`: the daemon gives a number of seconds, after which a
    process of its own, in which it is to work, ends when nothing is asked; None lets it work in the present process.
    """

    name: str

    def read(self, frame: Frame, area: Rect) -> str:
        """Return the text in `area` (screen pixels) of the frame, lines top to bottom.

        Raises ReaderError; an empty string means that there is no text.
        """
        ...

    def close(self) -> None: ...


class Embedder(Protocol):
    """Turns texts into vectors on the device, without network.

    Its constructor may ask for the `folder` of its model, and for `apart_s` as a reader may.
    """

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
    reasons why items of its answers were dropped, `usage` with its counts of `calls` and `images`, `cancel()`,
    `condition()`, how it is in words, and `leaves_to`, the server that it sends things to.
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
class Forwarding(Protocol):
    """What an engine may offer beside `Reasoner`: passing a chat on to the server that it asks itself."""

    def forward(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to an OpenAI-compatible chat request, as the server gives it.  Raises EngineError."""
        ...

    def forward_stream(self, body: dict[str, Any]) -> Iterator[str]:
        """Yield the lines of the answer as server-sent events, as they come.  Raises EngineError."""
        ...


@runtime_checkable
class Writing(Protocol):
    """What an engine may offer beside `Reasoner`: prose from sentences, for the portrait."""

    def write(self, title: str, sentences: Sequence[str]) -> str:
        """Return a short paragraph that says what the sentences say and nothing else.  Raises EngineError."""
        ...


@runtime_checkable
class Rewriting(Protocol):
    """What an engine may offer beside `Reasoner`: a result's text written anew as the person wishes."""

    def rewrite(self, text: str, wish: str, statements: Sequence[str]) -> str:
        """Return the text as wished, from itself and from these statements alone.  Raises EngineError."""
        ...


# ------------------------------------------------------------------------- getting models

#: Told of a file's name, the bytes that are done, and the bytes in all (0 where they are not known).
Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """One file of a model that can be had; `sha256` is empty where it is not known."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that can be had.

    `memory_gb` is the memory of a whole machine that it suits, `needs_mb` what it takes itself, `handler` what reads
    its images.
    """

    name: str
    title: str
    licence: str
    repository: str
    handler: str
    memory_gb: int
    needs_mb: int
    files: tuple[OfferedFile, ...]
    note: str = ""

    @property
    def bytes(self) -> int:
        """The size of all files."""
        return sum(file.bytes for file in self.files)


@dataclass(frozen=True, slots=True)
class KeptModel:
    """A model on this machine; `trust` says against what its files are checked, `bench` is what was measured last."""

    name: str
    title: str
    bytes: int
    source: str
    trust: str
    in_use: bool
    sees: bool
    bench: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """Whether a file of a model is as it must be; `against` says what that was known from."""

    file: str
    sha256: str
    intact: bool
    against: str


class Setup(Protocol):
    """Gets models for the engine of the same name and keeps them below `folder`; all raise EngineError."""

    name: str

    def lacking(self) -> str:
        """Return how to add what the engine needs beside a model, such as a library; empty when nothing lacks."""
        ...

    def offers(self) -> Sequence[Offer]:
        """Return what can be had, smallest first."""
        ...

    def fitting(self, memory_bytes: int) -> str:
        """Return the name of the offer that suits a machine with so much memory."""
        ...

    def kept(self, folder: Path) -> Sequence[KeptModel]: ...

    def pull(self, folder: Path, model: str, mirror: str, report: Report) -> KeptModel:
        """Get a model over the network; what an earlier try has got is kept.  The first model is used at once."""
        ...

    def elsewhere(self) -> Sequence[str]:
        """Return the models that other programs keep on this machine, each as `take` understands it."""
        ...

    def take(self, folder: Path, source: str, projector: str, name: str, report: Report) -> KeptModel:
        """Take over files that are on this machine already."""
        ...

    def use(self, folder: Path, model: str) -> KeptModel:
        """Let the engine use this one from its next start on."""
        ...

    def remove(self, folder: Path, model: str) -> int:
        """Remove a model's files; return how many bytes went."""
        ...

    def verify(self, folder: Path, model: str, report: Report) -> Sequence[CheckedFile]:
        """Compare a model's files with the sums that are known of them."""
        ...

    def bench(self, folder: Path, config: Any, report: Report) -> dict[str, Any]:
        """Measure the model in use, keep what was measured and return it; its keys end in their units."""
        ...

    def keep_key(self, folder: Path, key: str, by_file: bool) -> str:
        """Keep the key that a server asks for; return a sentence on where."""
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
    """One kind of suggestion.

    A suggester with a true attribute `withdraws` offers again whatever still holds; what it offered before and offers
    no longer is taken back.
    """

    kind: str

    def candidates(self, situation: Situation) -> Sequence[Candidate]: ...


class Action(Protocol):
    """Prepares what an accepted suggestion is about: files in a folder of its own, and what else it asks to have done.

    `touches` names all that it may touch: 'files' (new ones, in its folder), 'clipboard', 'opens' (pages and documents
    that were observed) and 'calendar' (new events in the person's file).  It is held to that.  Its constructor may ask
    for `config`.  What it made is removed, and what was done for it taken back, without it.
    """

    name: str
    touches: frozenset[str]

    def preview(self, payload: dict[str, Any]) -> Preview:
        """Say what `perform` would do; nothing is done.  Raises ActionError when it cannot."""
        ...

    def perform(self, payload: dict[str, Any], folder: Path) -> Outcome:
        """Do it; write only into `folder`, which is empty.  Raises ActionError."""
        ...


class ReportStep(Protocol):
    """Told of each step of a piece of work: what is being done, and the share that is done, where it is known."""

    def __call__(self, words: str, share: float | None = None) -> None: ...


@runtime_checkable
class Stepping(Protocol):
    """What an action may offer beside `Action`, where it takes long: to tell its steps while it works."""

    def perform_in_steps(self, payload: dict[str, Any], folder: Path, report: ReportStep) -> Outcome:
        """Do what `perform` does.  Raises ActionError."""
        ...


@runtime_checkable
class Rewritable(Protocol):
    """What an action may offer beside `Action`: its result is a text that can be written anew."""

    def text(self, payload: dict[str, Any]) -> str:
        """Return the text of a payload.  Raises ActionError."""
        ...

    def with_text(self, payload: dict[str, Any], text: str) -> dict[str, Any]:
        """Return the payload that makes this text in its place.  Raises ActionError."""
        ...


#: Takes the person's answer to a suggestion: its id, and 'accept', 'later' or 'dismiss'.
Answer = Callable[[int, str], None]


class Notifier(Protocol):
    """Tells the person on the desktop, in one line, without stealing focus.  All raise DesktopError where it cannot."""

    name: str

    def __init__(self, answer: Answer) -> None:
        """Make ready; `answer` is called in a thread of the notifier's own."""
        ...

    def tell(self, suggestion: int, title: str) -> None:
        """Show a suggestion, with Accept, Later and Dismiss where that can be."""
        ...

    def say(self, title: str, line: str) -> None:
        """Show a line that asks for nothing."""
        ...

    def withdraw(self, suggestion: int) -> None:
        """Take a suggestion off the screen, where it still is."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification that a program handed to our own server.

    `capture` is what may be kept of it, and is seen or excluded like any other; `names` are all names that its program
    goes by.  `replaces` is the id in whose place it comes, or 0.  It is `ours` when this very process sent it.
    """

    capture: Capture
    names: frozenset[str]
    urgency: str
    replaces: int = 0
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What becomes of a notification: it is shown at once, held for later, or left to the digest.

    `kept` is false for one that may not be kept, which has to be shown, then.
    """

    id: int
    fate: Literal["show", "hold", "leave"]
    kept: bool


class NotificationKeeper(Protocol):
    """Answers for the notifications that a server receives; all may raise StoreError."""

    def take(self, notice: Notice) -> Taken:
        """Commit a notification and say what becomes of it; the server answers its program after that alone."""
        ...

    def unshown(self, id: int) -> None:
        """Note that one could not be shown: it waits for a display."""
        ...

    def closed(self, id: int) -> None:
        """Note that one is done with: read, expired, or taken back by its program."""
        ...


class NotificationServer(Protocol):
    """Receives the notifications of other programs in the place of the desktop's own server, and shows them."""

    name: str

    def __init__(self, keeper: NotificationKeeper, now: Callable[[], datetime]) -> None: ...

    def serve(self, stop: Stop, ready: Callable[[], None]) -> None:
        """Be the server until told to stop, and say when it begins.

        Raises DesktopError where another is the server, and where it cannot go on; then it is the server no longer.
        """
        ...

    def show(self, id: int, title: str, text: str, urgency: str) -> None:
        """Show one; its words as its program gave them go before these.  Raises DesktopError without a display."""
        ...

    def drop(self, id: int) -> None:
        """Be done with one, shown or not, and tell its program."""
        ...


class Frontend(Protocol):
    """A user interface that `gumctl` can start by name."""

    name: str

    def run(self, url: str, token: str) -> int:
        """Run until the person leaves; return the exit code."""
        ...
