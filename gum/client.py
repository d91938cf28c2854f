"""The typed client of the local API, used by the command line, the terminal interface and any program.

Every method asks the daemon once and returns a model of `gum.wire`.  All raise DaemonAbsentError when nothing answers
and RefusedError, with the daemon's own sentence, when it says no.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from gum.errors import ClientError, DaemonAbsentError, RefusedError
from gum.wire import (
    Answer,
    ApiStatus,
    CaptureIn,
    ClaimView,
    CoverageView,
    DaemonStatus,
    DiskStatus,
    EpisodeView,
    EvidenceView,
    HitView,
    Ingested,
    ModelStatus,
    ObservationView,
    ObserverStatus,
    Page,
    PreviewView,
    Problem,
    PropositionDetail,
    PropositionView,
    QueueStatus,
    RevisionView,
    SuggestionView,
    TodayStatus,
    VerdictView,
    in_words,
)

__all__ = [
    "Answer",
    "ApiStatus",
    "CaptureIn",
    "ClaimView",
    "Client",
    "CoverageView",
    "DaemonStatus",
    "DiskStatus",
    "EpisodeView",
    "EvidenceView",
    "HitView",
    "Ingested",
    "ModelStatus",
    "ObservationView",
    "ObserverStatus",
    "Page",
    "PreviewView",
    "PropositionDetail",
    "PropositionView",
    "QueueStatus",
    "RevisionView",
    "SuggestionView",
    "TodayStatus",
    "VerdictView",
    "in_words",
]

Model = TypeVar("Model", bound=BaseModel)
Value = TypeVar("Value")


class Client:
    """One connection to one daemon; safe to use from several threads; a context manager."""

    def __init__(self, url: str, token: str, *, timeout: float = 10.0) -> None:
        self.url = url.rstrip("/")
        self._http = httpx.Client(
            base_url=self.url,
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
            timeout=httpx.Timeout(timeout, connect=2.0),
            trust_env=False,
            follow_redirects=False,
        )

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # ------------------------------------------------------------------ the daemon

    def healthy(self) -> bool:
        """Return whether a daemon answers at the address; it never raises."""
        try:
            return self._http.get("/healthz", timeout=2.0).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def status(self) -> DaemonStatus:
        """Return whether the daemon does what it should."""
        return self._get("/v1/status", DaemonStatus)

    def pause(self, minutes: float | None = None, until: datetime | None = None) -> DaemonStatus:
        """Stop seeing for some minutes, until an instant, or (with neither) until `resume`."""
        body = {"minutes": minutes, "until": until.isoformat() if until else None}
        return self._post("/v1/pause", DaemonStatus, body)

    def resume(self) -> DaemonStatus:
        """See again."""
        return self._post("/v1/resume", DaemonStatus)

    # ------------------------------------------------------------------ what was seen

    def observations(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        *,
        app: str | None = None,
        episode: int | None = None,
        limit: int = 100,
        cursor: str | None = None,
    ) -> Page[ObservationView]:
        """Return observations in order of time, of a span, an application or an episode."""
        query = _query(since=since, until=until, app=app, episode=episode, limit=limit, cursor=cursor)
        return self._get("/v1/observations", Page[ObservationView], query)

    def observation(self, id: int) -> ObservationView:
        """Return one observation."""
        return self._get(f"/v1/observations/{id}", ObservationView)

    def add_observation(self, capture: CaptureIn) -> Ingested:
        """Send one capture; when this returns, what it held is committed.  Sending a `source` again is harmless."""
        return self._post("/v1/observations", Ingested, capture.model_dump(mode="json", exclude_none=True))

    def episodes(self, since: datetime | None = None, until: datetime | None = None) -> list[EpisodeView]:
        """Return the episodes that touch a span, oldest first; the last day without one."""
        return self._list("/v1/episodes", EpisodeView, _query(since=since, until=until))

    def coverage(self, since: datetime | None = None, until: datetime | None = None) -> list[CoverageView]:
        """Return what the observers did during a span, oldest first; the last day without one."""
        return self._list("/v1/coverage", CoverageView, _query(since=since, until=until))

    def frame(self, sha: str) -> bytes:
        """Return a kept frame as WebP."""
        return self._send("GET", f"/v1/frames/{sha}", headers={"Accept": "image/webp"}).content

    # ------------------------------------------------------------------ what is believed

    def propositions(
        self,
        query: str = "",
        *,
        status: Sequence[str] = (),
        kind: Sequence[str] = (),
        theme: Sequence[str] = (),
        min_probability: float = 0.0,
        sort: str = "-probability",
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[PropositionView]:
        """Return propositions, filtered and sorted; with a query the best matches first, `sort` then being ignored.

        `sort` is one of probability, first_seen, last_supported, with '-' in front for the largest first.
        """
        parameters = _query(
            query=query or None,
            status=list(status),
            kind=list(kind),
            theme=list(theme),
            min_probability=min_probability or None,
            sort=sort,
            limit=limit,
            cursor=cursor,
        )
        return self._get("/v1/propositions", Page[PropositionView], parameters)

    def proposition(self, id: int) -> PropositionDetail:
        """Return a proposition with its evidence, history and verdicts."""
        return self._get(f"/v1/propositions/{id}", PropositionDetail)

    def add_proposition(self, text: str) -> PropositionDetail:
        """State something about the person, in the person's name."""
        return self._post("/v1/propositions", PropositionDetail, {"text": text})

    def confirm(self, id: int, note: str = "") -> PropositionDetail:
        """Say that it is true."""
        return self._verdict(id, "confirm", {"note": note})

    def reject(self, id: int, note: str = "") -> PropositionDetail:
        """Say that it is false; it is not inferred again from the same evidence."""
        return self._verdict(id, "reject", {"note": note})

    def edit(self, id: int, text: str, note: str = "") -> PropositionDetail:
        """Give it the person's own wording, which later inference keeps."""
        return self._verdict(id, "edit", {"text": text, "note": note})

    def pin(self, id: int, on: bool = True) -> PropositionDetail:
        """Keep it on top, or no longer."""
        return self._verdict(id, "pin", {"on": on})

    def undo(self, id: int) -> PropositionDetail:
        """Take back its last change."""
        return self._verdict(id, "undo")

    def never_infer(self, id: int) -> PropositionDetail:
        """Reject it and never infer anything like it again."""
        return self._verdict(id, "never")

    def search(self, query: str, limit: int = 10) -> list[HitView]:
        """Return the propositions nearest to a query, best first."""
        return self._list("/v1/search", HitView, _query(query=query, limit=limit))

    def ask(self, question: str, limit: int = 10) -> Answer:
        """Have the engine answer a question about the person from what is believed."""
        return self._post("/v1/ask", Answer, {"question": question, "limit": limit})

    # ------------------------------------------------------------------ suggestions

    def suggestions(self, status: Sequence[str] = ("shown",), limit: int = 50) -> list[SuggestionView]:
        """Return suggestions of these states, newest first; of every state when none is named."""
        return self._list("/v1/suggestions", SuggestionView, _query(status=list(status), limit=limit))

    def suggestion(self, id: int) -> SuggestionView:
        """Return one suggestion."""
        return self._get(f"/v1/suggestions/{id}", SuggestionView)

    def preview(self, id: int) -> PreviewView:
        """Return what accepting would do; nothing is done."""
        return self._get(f"/v1/suggestions/{id}/preview", PreviewView)

    def accept(self, id: int) -> SuggestionView:
        """Carry it out."""
        return self._post(f"/v1/suggestions/{id}/accept", SuggestionView)

    def dismiss(self, id: int, reason: str = "") -> SuggestionView:
        """Turn it down."""
        return self._post(f"/v1/suggestions/{id}/dismiss", SuggestionView, {"reason": reason})

    def undo_suggestion(self, id: int) -> SuggestionView:
        """Take back what accepting did."""
        return self._post(f"/v1/suggestions/{id}/undo", SuggestionView)

    # ------------------------------------------------------------------ asking

    def _verdict(self, id: int, verdict: str, body: dict[str, Any] | None = None) -> PropositionDetail:
        return self._post(f"/v1/propositions/{id}/{verdict}", PropositionDetail, body)

    def _get(self, path: str, model: type[Model], query: dict[str, Any] | None = None) -> Model:
        return _read(self._send("GET", path, params=query), TypeAdapter(model))

    def _list(self, path: str, model: type[Model], query: dict[str, Any] | None = None) -> list[Model]:
        adapter: TypeAdapter[list[Model]] = TypeAdapter(list[model])  # type: ignore[valid-type]
        return _read(self._send("GET", path, params=query), adapter)

    def _post(self, path: str, model: type[Model], body: dict[str, Any] | None = None) -> Model:
        return _read(self._send("POST", path, json=body or {}), TypeAdapter(model))

    def _send(self, method: str, path: str, **request: Any) -> httpx.Response:
        try:
            answer = self._http.request(method, path, **request)
        except httpx.TimeoutException as error:
            raise DaemonAbsentError(f"The daemon at {self.url} did not answer in time; try again.") from error
        except httpx.HTTPError as error:
            raise DaemonAbsentError(f"No daemon answers at {self.url}; start it with: gumctl start") from error
        if answer.is_error:
            raise RefusedError(_detail(answer), answer.status_code)
        return answer


def _read(answer: httpx.Response, adapter: TypeAdapter[Value]) -> Value:
    try:
        return adapter.validate_json(answer.content)
    except ValidationError as error:
        raise ClientError(
            f"The answer to {answer.request.url.path} could not be read; the daemon may be of another version."
        ) from error


def _detail(answer: httpx.Response) -> str:
    """Return the daemon's sentence, or the status where something else answered."""
    try:
        return Problem.model_validate_json(answer.content).detail
    except ValidationError:
        return f"The daemon answered {answer.status_code} {answer.reason_phrase}."


def _query(**parameters: Any) -> dict[str, Any]:
    """Return the parameters that are set, times as ISO 8601 in text."""
    return {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in parameters.items()
        if value is not None
    }
