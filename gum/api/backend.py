"""What the routes need behind them; the daemon's service offers it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Protocol, cast

from fastapi import Depends, Request

from gum.clock import Clock
from gum.config import Config
from gum.protocols import Forwarding
from gum.records import Capture, Proposition
from gum.wire import DaemonStatus, Imported, ImportIn

if TYPE_CHECKING:
    from gum.daemon.models import Models
    from gum.forget.forgetting import Forgetter, Preview
    from gum.forget.retention import Retention
    from gum.forget.selection import Selection
    from gum.infer.answering import Answering
    from gum.infer.audit import Answers
    from gum.infer.portrait import Portraits
    from gum.infer.verdicts import Review
    from gum.perceive.exclusion import Exclusions
    from gum.store import Store
    from gum.store.forgotten import Forgetting
    from gum.store.search.query import Rerank
    from gum.suggest.pipeline import Suggesting


class Backend(Protocol):
    """One running service."""

    @property
    def store(self) -> Store: ...

    @property
    def review(self) -> Review: ...

    @property
    def auditing(self) -> Answers: ...

    @property
    def portraits(self) -> Portraits: ...

    @property
    def reranker(self) -> Rerank | None:
        """The engine's say on the order of hits, None where it has none."""
        ...

    @property
    def forwarding(self) -> Forwarding | None:
        """The engine that passes chats on, None where none does."""
        ...

    @property
    def config(self) -> Config: ...

    @property
    def exclusions(self) -> Exclusions: ...

    @property
    def suggesting(self) -> Suggesting: ...

    @property
    def forgetter(self) -> Forgetter: ...

    @property
    def retention(self) -> Retention: ...

    @property
    def models(self) -> Models: ...

    @property
    def clock(self) -> Clock: ...

    def status(self) -> DaemonStatus: ...

    def pause(self, until: datetime | None) -> None: ...

    def resume(self) -> None: ...

    def ingest(self, capture: Capture) -> Sequence[int]:
        """Commit what a capture holds and return the observations' ids.  Raises ConflictError while paused."""
        ...

    def take_in(self, given: ImportIn) -> Imported:
        """Take in what another program has kept, all of it or nothing."""
        ...

    def propose(self, text: str, by: str) -> Proposition:
        """Keep what a client says of the person as a candidate.  Raises ConflictError for what is not to be kept."""
        ...

    def forget(
        self, selection: Selection, *, now: bool = False, window: timedelta | None = None
    ) -> tuple[Forgetting, Preview]:
        """Forget what is named, also what is still on its way into the store."""
        ...

    def ask(self, question: str, limit: int) -> Answering:
        """Return a question with what was found for it, to be answered."""
        ...


async def _backend(request: Request) -> Backend:  # async: a plain function would cost a change of threads
    return cast("Backend", request.app.state.backend)


Behind = Annotated[Backend, Depends(_backend)]
