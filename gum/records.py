"""The records that travel through the program: frozen, typed, free of behaviour.

Times are aware datetimes; they are stored in UTC and shown in local time.
Rectangles are in pixels of the whole screen, origin at its top left corner.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple


class Trust(StrEnum):
    """Where a text comes from, from most to least trusted."""

    STATED = "stated"
    TYPED = "typed"
    SYSTEM = "system"
    DOCUMENT = "document"
    SCREEN = "screen"
    UNTRUSTED = "untrusted"


class Kind(StrEnum):
    """What a proposition speaks about; each kind has its prior probability."""

    ACTIVITY = "activity"
    INTEREST = "interest"
    SKILL = "skill"
    PREFERENCE = "preference"
    RELATION = "relation"
    ROUTINE = "routine"
    COMMITMENT = "commitment"
    STATE = "state"
    FACT = "fact"


class Durability(StrEnum):
    """How long a proposition is expected to hold; each class has its half-life."""

    MOMENT = "moment"
    TASK = "task"
    PROJECT = "project"
    PHASE = "phase"
    TRAIT = "trait"


class Status(StrEnum):
    """Where a proposition stands in its life."""

    CANDIDATE = "candidate"
    ACTIVE = "active"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    RETIRED = "retired"


class Stance(StrEnum):
    """Whether a piece of evidence speaks for or against."""

    FOR = "for"
    AGAINST = "against"


class Theme(StrEnum):
    """Under which heading of the portrait a proposition stands."""

    WORK = "work"
    PROJECTS = "projects"
    PEOPLE = "people"
    HABITS = "habits"
    PREFERENCES = "preferences"
    TOOLS = "tools"
    LIFE = "life"


class Relation(StrEnum):
    """How a draft stands to a proposition that is already known."""

    SAME = "same"
    REFINES = "refines"
    CONTRADICTS = "contradicts"
    UNRELATED = "unrelated"


class InferenceState(StrEnum):
    """How far an observation or an episode has come."""

    PENDING = "pending"
    INFERRED = "inferred"
    FAILED = "failed"


class CoverageState(StrEnum):
    """What the observers did during an interval."""

    RECORDED = "recorded"
    PAUSED = "paused"
    EXCLUDED = "excluded"
    LOCKED = "locked"
    OFF = "off"
    FAILED = "failed"


# ------------------------------------------------------------------------- the observing side


class Rect(NamedTuple):
    """A rectangle in screen pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Window:
    """One managed window; `client` is its content, `frame` adds the decorations."""

    id: int
    app: str
    title: str
    pid: int | None
    client: Rect
    frame: Rect
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Monitor:
    """One monitor of the desktop; `scale` is device pixels per logical pixel."""

    name: str
    rect: Rect
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Raw pixels, rows of BGRX, 4 bytes a pixel; `rect` is where they lie on the screen."""

    rect: Rect
    pixels: bytes = field(repr=False)
    scale: float = 1.0
    monitor: str = ""


@dataclass(frozen=True, slots=True)
class InputCounts:
    """How much was typed and clicked since the last capture, never which keys."""

    keys: int = 0
    clicks: int = 0
    scrolls: int = 0
    idle_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Capture:
    """What an observer saw at one instant, already masked; never stored as such.

    `kind` is 'frame' (pixels), 'window' (focus or title changed), 'activity' (input counts) or
    'text' (a text from any other sensor).  `source` is unique for captures that may be sent
    twice (a replay, a spool): the store keeps one observation per source and kind.
    """

    observer: str
    kind: str
    captured_at: datetime
    app: str = ""
    title: str = ""
    url: str = ""
    text: str = ""
    window: Window | None = None
    frame: Frame | None = None
    input: InputCounts = InputCounts()
    trust: Trust = Trust.SYSTEM
    excluded: bool = False
    locked: bool = False
    source: str = ""


# ------------------------------------------------------------------------- what is kept


@dataclass(frozen=True, slots=True)
class Observation:
    """A durable fact about one moment: a text with its source, trust and frame.

    `kind` is 'window' (focus or title, text empty), 'screen' (text read from the window),
    'typed' (new text in the focused window during a burst of keys), 'activity' (input counts) or
    'text'.  `dwell_s` is how long the state lasted, `frame` the sha256 of the kept frame.
    """

    observer: str
    kind: str
    captured_at: datetime
    until: datetime
    app: str = ""
    title: str = ""
    url: str = ""
    text: str = ""
    trust: Trust = Trust.SCREEN
    frame: str = ""
    window: int | None = None
    keys: int = 0
    clicks: int = 0
    scrolls: int = 0
    source: str = ""
    content_hash: str = ""
    episode: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Episode:
    """Consecutive observations of one activity: same application and document, no long gap."""

    started_at: datetime
    ended_at: datetime
    app: str
    document: str
    topic: str
    dwell_s: float
    keys: int
    clicks: int
    observations: tuple[int, ...]
    state: InferenceState = InferenceState.PENDING
    tries: int = 0
    reason: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition's structured form, where an engine can give one.

    `predicate` is one of `gum.records.PREDICATES`, `object` what it is about in normal form,
    `qualifier` the detail that may change (a date, a time of day, a kind of work).
    """

    predicate: str
    object: str
    qualifier: str = ""


PREDICATES = (
    "works_on",
    "researches",
    "prefers_tool",
    "deals_with",
    "has_routine",
    "has_deadline",
    "has_commitment",
    "is_stuck_on",
    "lives_in",
    "works_at",
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that stand verbatim in the text, title or URL of one observation."""

    observation: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine proposes from one episode, before it is checked.

    `strength` is the evidence's strength from 1 to 10, never a probability.
    """

    text: str
    reasoning: str
    kind: Kind
    durability: Durability
    theme: Theme
    quotes: tuple[Quote, ...]
    strength: int
    claim: Claim | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    stance: Stance = Stance.FOR


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of support for or against a proposition; `weight` is in logits before fading.

    `rival` is the proposition that opposing evidence speaks for, None when it only speaks against.
    """

    proposition: int
    observation: int
    episode: int
    stance: Stance
    quote: str
    weight: float
    trust: Trust
    at: datetime
    engine: str = ""
    rival: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Proposition:
    """One plain-language belief about the person, with its calibrated probability."""

    text: str
    reasoning: str
    kind: Kind
    durability: Durability
    theme: Theme
    status: Status
    probability: float
    raw_probability: float
    trust: Trust
    first_seen: datetime
    last_supported: datetime
    engine: str
    claim: Claim | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    sensitivity: str = ""
    pinned: bool = False
    edited: bool = False
    version: int = 1
    id: int = 0


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of a proposition: who, why, and both states as JSON-able fields."""

    proposition: int
    seq: int
    author: str
    cause: str
    old: dict[str, Any]
    new: dict[str, Any]
    at: datetime
    undone: bool = False
    id: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the person said of a proposition or a suggestion.

    `shown_probability` is what was shown just before, `raw_probability` the same before calibration, and `bound` the
    class of trust whose cap bounded it.  `asked` says why it was before the person's eyes: 'review' for the review
    queue, 'question' for an answer, else empty.
    """

    target: str
    target_id: int
    verdict: str
    note: str
    at: datetime
    shown_probability: float | None = None
    raw_probability: float | None = None
    asked: str = ""
    bound: Trust | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A suggestion as a suggester offers it, before the gate has spoken.

    Benefit and costs are on one scale of 1 to 10 (GUMBO, paper section 4.3.2).  `action` names the
    action plug-in that would carry it out, `payload` is what that action needs.  `key` is the same
    for the same suggestion, so that it is never made twice.
    """

    kind: str
    title: str
    why: str
    action: str
    payload: dict[str, Any]
    propositions: tuple[int, ...]
    p_useful: float
    benefit: float
    cost_false_alarm: float
    cost_silence: float
    key: str
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggestion with what was decided of it and what became of it.

    `status` is 'shown', 'silent', 'snoozed' (put off until `snoozed_until`), 'accepted', 'dismissed', 'expired' or
    'undone'; `decision` holds the gate's numbers and its reason.  `intent` names what is about to be written for
    it: a file as 'SHA256  PLACE', its place below the folder of all results, a calendar entry as 'entry  UID'.
    """

    kind: str
    title: str
    why: str
    action: str
    payload: dict[str, Any]
    propositions: tuple[int, ...]
    status: str
    decision: dict[str, Any]
    key: str
    created_at: datetime
    expires_at: datetime | None = None
    result: dict[str, Any] = field(default_factory=dict)
    snoozed_until: datetime | None = None
    intent: tuple[str, ...] = ()
    id: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What an action would do: one line, and the content it would write.

    Where it was tried, also the files that it would write, below the folder of all results, the pages and documents
    that it would open, and the text that it would put onto the clipboard.
    """

    summary: str
    content: str
    files: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    clipboard: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action did in its folder, and what it asks to have done for it.

    `clipboard` is a text to put onto the clipboard, `opens` are addresses of pages and documents to open again,
    `entries` events for the person's own calendar file, each as a calendar of RFC 5545.  An action gets only what it
    says it `touches`.
    """

    summary: str = ""
    clipboard: str | None = None
    opens: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the observers did between two instants, and why."""

    started_at: datetime
    ended_at: datetime
    state: CoverageState
    reason: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result: a proposition and its relevance, 0 to 1 and comparable between queries."""

    proposition: Proposition
    score: float
    arms: tuple[str, ...] = ()
