"""One connection to a daemon: it asks once, reads the answer, and turns a refusal into an error of ours."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from gum.errors import ClientError, DaemonAbsentError, RefusedError
from gum.wire import Problem

Model = TypeVar("Model", bound=BaseModel)
Value = TypeVar("Value")


class Connection:
    """One connection to one daemon; safe to use from several threads; a context manager.

    `where` tells the daemon's address, or nothing while none runs.  It is asked once the daemon has not answered, and
    before anything is sent again: one that was started anew is found, and another program at its old address is told
    nothing.
    """

    def __init__(
        self,
        url: str,
        token: str,
        *,
        timeout: float = 10.0,
        verify: ssl.SSLContext | bool = True,
        where: Callable[[], str] | None = None,
    ) -> None:
        self.url = url.rstrip("/")
        self._where = where
        self._lost = False
        self.http = httpx.Client(
            base_url=self.url,
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
            timeout=httpx.Timeout(timeout, connect=2.0),
            trust_env=False,
            verify=verify if self.url.startswith("https:") else _no_authorities(),
            follow_redirects=False,
        )

    def close(self) -> None:
        self.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def get(self, path: str, model: type[Model], query: dict[str, Any] | None = None) -> Model:
        return _read(self.send("GET", path, params=query), TypeAdapter(model))

    def list_of(self, path: str, model: type[Model], query: dict[str, Any] | None = None) -> list[Model]:
        adapter: TypeAdapter[list[Model]] = TypeAdapter(list[model])  # type: ignore[valid-type]
        return _read(self.send("GET", path, params=query), adapter)

    def post(
        self, path: str, model: type[Model], body: dict[str, Any] | None = None, headers: dict[str, str] | None = None
    ) -> Model:
        return _read(self.send("POST", path, json=body or {}, headers=headers), TypeAdapter(model))

    def delete(self, path: str, model: type[Model], query: dict[str, Any] | None = None) -> Model:
        return _read(self.send("DELETE", path, params=query), TypeAdapter(model))

    def send(self, method: str, path: str, **request: Any) -> httpx.Response:
        self._find()
        try:
            answer = self.http.request(method, path, **request)
        except httpx.TimeoutException as error:
            self._lost = True
            raise DaemonAbsentError(f"The daemon at {self.url} did not answer in time; try again.") from error
        except httpx.HTTPError as error:
            self._lost = True
            raise DaemonAbsentError(_why_absent(self.url, error)) from error
        if answer.is_error:
            raise refused(answer)
        return answer

    def _find(self) -> None:
        """Look where a daemon is that has not answered.  Raises DaemonAbsentError while none runs."""
        if not self._lost or self._where is None:
            return
        url = self._where()
        if not url:
            raise DaemonAbsentError("No daemon runs; start it with: gumctl start")
        self.url = url.rstrip("/")
        self.http.base_url = self.url
        self._lost = False


def _why_absent(url: str, error: BaseException) -> str:
    """Return the sentence for a daemon that could not be reached."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"The certificate of {url} is not trusted ({cause.verify_message}); name the one to trust with --ca."
        cause = cause.__cause__ or cause.__context__
    return f"No daemon answers at {url}; start it with: gumctl start"


def _no_authorities() -> ssl.SSLContext:
    """Return what trusts nobody: without encryption no list of authorities is needed, and it is slow to read."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _read(answer: httpx.Response, adapter: TypeAdapter[Value]) -> Value:
    try:
        return adapter.validate_json(answer.content)
    except ValidationError as error:
        raise ClientError(
            f"The answer to {answer.request.url.path} could not be read; the daemon may be of another version."
        ) from error


def refused(answer: httpx.Response) -> RefusedError:
    """Return the error for an answer that says no."""
    return RefusedError(_detail(answer), answer.status_code)


def _detail(answer: httpx.Response) -> str:
    """Return the daemon's sentence, or the status where something else answered."""
    try:
        return Problem.model_validate_json(answer.content).detail
    except ValidationError:
        return f"The daemon answered {answer.status_code} {answer.reason_phrase}."


def query_of(**parameters: Any) -> dict[str, Any]:
    """Return the parameters that are set, times as ISO 8601 in text."""
    return {
        key: value.isoformat() if isinstance(value, datetime) else value
        for key, value in parameters.items()
        if value is not None
    }
