"""Forgetting, retention and encryption."""

from __future__ import annotations

from datetime import datetime

from pydantic import AwareDatetime, Field

from gum.wire.base import Request, Wire

__all__ = [
    "EncryptionStatus",
    "ForgetIn",
    "ForgetPreview",
    "ForgetRequest",
    "Forgotten",
    "LimitView",
    "RemovedView",
    "RetentionStatus",
]


class ForgetIn(Request):
    """What is to be forgotten: everything named must hold; or one proposition, or everything."""

    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    last_minutes: float | None = Field(None, gt=0, description="The time up to now, in place of `since`.")
    app: str = Field("", max_length=500, description="An application by its whole name.")
    site: str = Field("", max_length=500, description="A host name; its subdomains are covered.")
    title: str = Field("", max_length=2000, description="Words in a window's title.")
    text: str = Field("", max_length=2000, description="Words anywhere.")
    person: str = Field("", max_length=500, description="A name, as whole words.")
    proposition: int | None = None
    everything: bool = False


class ForgetRequest(Request):
    """Forget a selection; `now` leaves no time to undo it, `undo_minutes` another time than the settings'."""

    selection: ForgetIn
    now: bool = False
    undo_minutes: float | None = Field(None, ge=0, le=60 * 24 * 365)


class ForgetPreview(Wire):
    """What would go: counts by thing, and a few examples, the latest first.

    `exports` and `left` are files that the program leaves where they are: what was exported since, and what it wrote
    and the person has changed.  Of what is never to be inferred, `tombstones_kept` entries tell of it and stay.
    """

    counts: dict[str, int]
    titles: list[str]
    propositions: list[str]
    exports: list[str]
    left: list[str]
    alone: dict[str, int] = Field(description="Other observations in which a part of the name stands alone.")


class Forgotten(Wire):
    """Something forgotten; `state` is 'hidden' (it can be undone until `erase_at`), 'erasing', 'erased' or 'undone'."""

    id: int
    at: datetime
    erase_at: datetime
    state: str
    selection: dict[str, str | int | float | bool] = Field(description="What was named, while it can be undone.")
    counts: dict[str, int]
    exports: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


class LimitView(Wire):
    """How many days something is kept; None keeps it until it is forgotten."""

    what: str
    days: float | None


class RemovedView(Wire):
    """How much was removed on one local day, by reason: 'age' or 'budget'."""

    day: str
    what: str
    reason: str
    count: int


class RetentionStatus(Wire):
    """The policy in force, the room taken in bytes, and what was removed in the last 30 days.

    `over` says that the budget cannot be held without removing what propositions rest on, which is never done.
    """

    limits: list[LimitView]
    budget_bytes: int
    used_bytes: dict[str, int]
    removed: list[RemovedView]
    last_run: datetime | None
    over: bool
    undo_hours: float


class EncryptionStatus(Wire):
    """Whether what is kept lies encrypted on the disk, and where the key is held: 'passphrase', 'keyring' or 'file'."""

    encrypted: bool
    held_by: str = ""
    database: str
    frames: str
    index: str
