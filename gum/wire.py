"""What travels over the local API: one frozen model for each answer and each request.

Times are ISO 8601 with an offset, UTC in answers.  The client re-exports every name of this module.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, computed_field

from gum.records import CoverageState, Durability, InferenceState, Kind, Stance, Status, Theme, Trust

Item = TypeVar("Item")

Moment = Annotated[AwareDatetime, Field(description="An instant with its offset from UTC.")]

#: Lower bounds of the probabilities that each word covers, as words of estimative probability are commonly read.
LIKELIHOODS = (
    (0.95, "almost certain"),
    (0.80, "very likely"),
    (0.60, "likely"),
    (0.40, "about even"),
    (0.20, "unlikely"),
    (0.05, "very unlikely"),
    (0.00, "almost certainly not"),
)


def in_words(probability: float) -> str:
    """Return the word for a probability, such as 'very likely' for 0.85."""
    return next(word for bound, word in LIKELIHOODS if probability >= bound)


class Wire(BaseModel):
    """Base of every answer: frozen; keys of a newer daemon are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", from_attributes=True)


class Request(BaseModel):
    """Base of every request: frozen; an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Page(Wire, Generic[Item]):
    """Some items; `next` is the cursor of the following page, None on the last; `total` where it is counted."""

    items: list[Item]
    next: str | None = None
    total: int | None = None
    note: str = ""


# ------------------------------------------------------------------------- what was seen


class ObservationView(Wire):
    """One kept observation; `frame` is the hash to ask `/v1/frames/{sha}` for, empty when no pixels are kept."""

    id: int
    observer: str
    kind: str
    captured_at: datetime
    until: datetime
    app: str
    title: str
    url: str
    text: str
    trust: Trust
    frame: str
    keys: int
    clicks: int
    scrolls: int
    source: str
    episode: int | None


class EpisodeView(Wire):
    """One stretch of one activity; `observations` are ids in order."""

    id: int
    started_at: datetime
    ended_at: datetime
    app: str
    document: str
    topic: str
    dwell_s: float
    keys: int
    clicks: int
    observations: list[int]
    state: InferenceState
    reason: str


class CoverageView(Wire):
    """What the observers did between two instants."""

    started_at: datetime
    ended_at: datetime
    state: CoverageState
    reason: str


# ------------------------------------------------------------------------- what is believed


class ClaimView(Wire):
    """A proposition's structured form."""

    predicate: str
    object: str
    qualifier: str


class PropositionView(Wire):
    """One belief about the person, as it stands now."""

    id: int
    text: str
    reasoning: str
    kind: Kind
    durability: Durability
    theme: Theme
    status: Status
    probability: float
    trust: Trust
    first_seen: datetime
    last_supported: datetime
    valid_from: datetime | None
    valid_to: datetime | None
    engine: str
    claim: ClaimView | None
    sensitivity: str
    pinned: bool
    edited: bool
    version: int

    @computed_field  # type: ignore[prop-decorator]
    @property
    def likelihood(self) -> str:
        """The probability in words."""
        return in_words(self.probability)


class EvidenceView(Wire):
    """One quote for or against a proposition, with where and when it stood on screen."""

    id: int
    observation: int
    episode: int
    stance: Stance
    quote: str
    weight: float
    trust: Trust
    at: datetime
    engine: str
    app: str
    title: str
    url: str
    frame: str


class RevisionView(Wire):
    """One change of a proposition: who, why, and the changed fields before and after."""

    seq: int
    author: str
    cause: str
    old: dict[str, Any]
    new: dict[str, Any]
    at: datetime
    undone: bool


class VerdictView(Wire):
    """What the person said."""

    verdict: str
    note: str
    at: datetime
    shown_probability: float | None


class PropositionDetail(Wire):
    """A proposition with all that stands behind it."""

    proposition: PropositionView
    evidence: list[EvidenceView]
    revisions: list[RevisionView]
    verdicts: list[VerdictView]


class HitView(Wire):
    """One search result; `score` is 0 to 1, `arms` names what found it (words, meaning)."""

    proposition: PropositionView
    score: float
    arms: list[str]


class Answer(Wire):
    """An engine's answer to a question, with the propositions it was given."""

    text: str
    engine: str
    propositions: list[PropositionView]
    note: str = ""


# ------------------------------------------------------------------------- suggestions


class SuggestionView(Wire):
    """One suggestion and what became of it; `decision` holds the gate's numbers, `files` the paths it wrote."""

    id: int
    kind: str
    title: str
    why: str
    action: str
    propositions: list[int]
    status: str
    decision: dict[str, Any]
    created_at: datetime
    expires_at: datetime | None
    result: dict[str, Any]
    files: list[str] = []


class PreviewView(Wire):
    """What accepting would do, and the content it would write."""

    summary: str
    content: str


# ------------------------------------------------------------------------- status


class ApiStatus(Wire):
    """Where the API listens."""

    url: str


class ObserverStatus(Wire):
    """One observer: 'running', 'waiting' (it failed and is tried again), 'paused' or 'stopped'; `missing` says why."""

    name: str
    state: Literal["running", "waiting", "paused", "stopped"]
    last_event_age_s: float | None
    missing: list[str]
    restarts: int = 0


class QueueStatus(Wire):
    """Work between seeing and believing.

    `captures` are to be perceived, `unsorted` observations to be put into episodes, and of the inferences from
    episodes so many are `waiting`, `running` and `failed`; the oldest waits for `oldest_age_s`.
    """

    waiting: int
    running: int
    failed: int
    oldest_age_s: float | None
    captures: int = 0
    unsorted: int = 0


class ModelStatus(Wire):
    """The engine that proposes, and whether it works."""

    engine: str
    state: str


class DiskStatus(Wire):
    """Bytes of kept frames, and how many may be kept."""

    used_bytes: int
    budget_bytes: int


class TodayStatus(Wire):
    """Counts since local midnight; `propositions` are those first seen today."""

    observations: int
    episodes: int
    propositions: int
    suggestions: int


class DaemonStatus(Wire):
    """Whether the daemon does what it should, and if not, why.

    `verdict` is 'recording', 'paused', 'not capturing', 'degraded', 'stopped' or, in a home that only shows a
    recording, 'demonstration'; `verdict_text` is a sentence.
    """

    verdict: Literal["recording", "paused", "not capturing", "degraded", "stopped", "demonstration"]
    verdict_text: str
    api: ApiStatus
    since: datetime
    paused_until: datetime | None
    paused: bool
    last_frame_age_s: float | None
    observers: list[ObserverStatus]
    queue: QueueStatus
    model: ModelStatus
    reader: str
    embedder: str
    index: str
    disk: DiskStatus
    today: TodayStatus
    problems: list[str]
    now: str
    version: str
    home: str
    pid: int
    clock: datetime


# ------------------------------------------------------------------------- requests


class NoteIn(Request):
    """A verdict's optional note."""

    note: str = Field("", max_length=4000)


class EditIn(NoteIn):
    """A new wording by the person."""

    text: str = Field(min_length=1, max_length=2000)


class PinIn(Request):
    """Pin or unpin."""

    on: bool


class PropositionIn(Request):
    """A proposition that the person states."""

    text: str = Field(min_length=1, max_length=2000)


class DismissIn(Request):
    """Why a suggestion was not wanted."""

    reason: str = Field("", max_length=4000)


class PauseIn(Request):
    """How long to pause; without minutes or an end it lasts until resumed."""

    minutes: float | None = Field(None, gt=0, le=60 * 24 * 31)
    until: AwareDatetime | None = None


class QuestionIn(Request):
    """A question about the person."""

    question: str = Field(min_length=1, max_length=2000)
    limit: int = Field(10, ge=1, le=50)


class RectIn(Request):
    """A rectangle in screen pixels."""

    x: int
    y: int
    width: int = Field(ge=0, le=65535)
    height: int = Field(ge=0, le=65535)


class WindowIn(Request):
    """A window as an observer saw it."""

    id: int
    app: str = Field("", max_length=1000)
    title: str = Field("", max_length=10000)
    pid: int | None = None
    client: RectIn
    frame: RectIn
    hidden: bool = False


class FrameIn(Request):
    """Pixels as a WebP or PNG image in base64, and where they lie on the screen."""

    rect: RectIn
    image: str = Field(max_length=40_000_000, description="Base64 of a WebP or PNG image as large as `rect`.")
    scale: float = Field(1.0, gt=0, le=8)
    monitor: str = Field("", max_length=200)


class InputIn(Request):
    """Counts of input since the last capture, never which keys."""

    keys: int = Field(0, ge=0)
    clicks: int = Field(0, ge=0)
    scrolls: int = Field(0, ge=0)
    idle_s: float = Field(0.0, ge=0)


class CaptureIn(Request):
    """One capture from any sensor; `source` makes sending it again harmless.

    `observer` names the sensor.  `kind` is 'text' for a text of its own; 'frame', 'window' and 'activity' are what
    the built-in observers send.  A sender may lower the trust of its text, never raise it above 'document'.
    """

    observer: str = Field(min_length=1, max_length=100, pattern=r"^[\w.:-]+$")
    kind: Literal["frame", "window", "activity", "text"] = "text"
    captured_at: AwareDatetime | None = Field(None, description="When it was seen; now, when absent.")
    app: str = Field("", max_length=1000)
    title: str = Field("", max_length=10000)
    url: str = Field("", max_length=10000)
    text: str = Field("", max_length=1_000_000)
    window: WindowIn | None = None
    frame: FrameIn | None = None
    input: InputIn = InputIn()
    trust: Trust = Trust.SCREEN
    excluded: bool = False
    locked: bool = False
    source: str = Field("", max_length=500)


class Ingested(Wire):
    """What one capture became: ids of the observations committed; none when nothing new was in it."""

    observations: list[int]


class Problem(Wire):
    """An error as application/problem+json (RFC 9457); `detail` is a sentence for the person."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
