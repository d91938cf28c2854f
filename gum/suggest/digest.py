"""What waits for the person, gathered for one quiet moment of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from gum.records import Suggestion
from gum.store import Store
from gum.suggest.gate import OF_THE_MOMENT
from gum.suggest.triage import Triage, Triaged

TOLD = "digest_told"
_MOST = 10


@dataclass(frozen=True, slots=True)
class Digest:
    """Open suggestions, those held back by the moment alone, what was done, and the notifications of a day."""

    since: datetime
    made_at: datetime
    open: tuple[Suggestion, ...]
    held_back: tuple[Suggestion, ...]
    done: tuple[Suggestion, ...]
    notifications: tuple[Triaged, ...]

    @property
    def line(self) -> str:
        """The digest in one line, empty when there is nothing to tell."""
        waiting = len(self.open) + len(self.held_back)
        parts = [
            _counted(waiting, "suggestion"),
            _counted(sum(one.rank != "digest" for one in self.notifications), "notification"),
            _counted(len(self.done), "result"),
        ]
        return ", ".join(part for part in parts if part)


def digest(store: Store, now: datetime, local: datetime | None = None) -> Digest:
    """Return what waits now, and what was done and notified today; `local` is now in the person's zone."""
    here = local or now
    since = here.replace(hour=0, minute=0, second=0, microsecond=0)
    every = store.suggestions.list(["shown", "snoozed", "silent", "accepted"])
    silent = [one for one in every if one.status == "silent" and _of_the_moment(one) and one.created_at >= since]
    return Digest(
        since=since,
        made_at=now,
        open=tuple(one for one in every if one.status in ("shown", "snoozed")),
        held_back=tuple(one for one in silent if one.expires_at is None or one.expires_at > now)[:_MOST],
        done=tuple(one for one in every if one.status == "accepted" and one.created_at >= since - timedelta(days=1)),
        notifications=tuple(Triage(store).since(since, now + timedelta(seconds=1))),
    )


def due(at: str, now: datetime, told: datetime | None) -> bool:
    """Return whether the digest of today is to be told: its time has come, and it was not told since."""
    if not at:
        return False
    moment = datetime.combine(now.date(), time.fromisoformat(at), now.tzinfo)
    return moment <= now < moment + timedelta(hours=6) and (told is None or told < moment)


def _of_the_moment(one: Suggestion) -> bool:
    return one.decision.get("reason") in OF_THE_MOMENT


def _counted(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}" if count else ""
