"""One server: questions over HTTP, tried again with back-off while it is busy or away, its refusals in words."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

import httpx

from gum.errors import EngineError, EngineUnavailableError, NetworkError
from gum_models.openai.settings import Settings
from gum_models.reasoning import PromptTooLongError

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 20.0
CONNECT_S = 5.0
_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_TOO_LONG = re.compile(r"context (?:length|window|size)|context_length|exceed_context|too many tokens", re.IGNORECASE)
_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})

Wait = Callable[[float], None]


class RequestRefusedError(EngineError):
    """The server does not take a request of this form."""


class Server:
    """The API below one address.  Thread-safe; `wait` is how time passes between two tries."""

    def __init__(self, settings: Settings, key: str = "", wait: Wait = time.sleep) -> None:
        self._settings = settings
        self._wait = wait
        self._http = httpx.Client(
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=httpx.Timeout(settings.timeout_s, connect=CONNECT_S),
            trust_env=False,
            follow_redirects=False,
        )

    def models(self) -> list[str]:
        """Return the names of the models that it serves."""
        answer = self._tried(lambda: self._http.get(f"{self._settings.address}/models"))
        try:
            return [str(one["id"]) for one in answer.json()["data"]]
        except (ValueError, KeyError, TypeError) as error:
            raise EngineUnavailableError(f"{self._settings.where} does not speak the OpenAI-compatible API.") from error

    def ask(self, body: dict[str, Any], tries: int | None = None) -> dict[str, Any]:
        """Return a whole answer."""
        answer = self._tried(lambda: self._http.post(self._place, json=body), tries)
        try:
            found = answer.json()
            return found if isinstance(found["choices"], list) and found["choices"] else {}
        except (ValueError, KeyError, TypeError) as error:
            raise EngineError(f"{self._settings.where} gave an answer of another form.") from error

    def stream(self, body: dict[str, Any]) -> Iterator[str]:
        """Yield the words of an answer as they come; only what has not begun is tried again."""
        answer = self._tried(lambda: self._http.send(self._streamed(body), stream=True))
        end = time.monotonic() + self._settings.timeout_s
        try:
            for line in answer.iter_lines():
                if time.monotonic() > end:
                    raise EngineError(f"{self._settings.where} did not finish its answer in its time.")
                piece = _piece(line)
                if piece is None:
                    return
                if piece:
                    yield piece
        except httpx.HTTPError as error:
            raise EngineError(f"{self._settings.where} broke its answer off ({type(error).__name__}).") from error
        finally:
            answer.close()

    def lines(self, body: dict[str, Any]) -> Iterator[str]:
        """Yield the lines of a streamed answer as the server sends them; only what has not begun is tried again."""
        answer = self._tried(lambda: self._http.send(self._streamed(body), stream=True))
        try:
            yield from answer.iter_lines()
        except httpx.HTTPError as error:
            raise EngineError(f"{self._settings.where} broke its answer off ({type(error).__name__}).") from error
        finally:
            answer.close()

    def close(self) -> None:
        """End every connection."""
        self._http.close()

    @property
    def _place(self) -> str:
        return f"{self._settings.address}/chat/completions"

    def _streamed(self, body: dict[str, Any]) -> httpx.Request:
        return self._http.build_request("POST", self._place, json={**body, "stream": True})

    def _tried(self, send: Callable[[], httpx.Response], tries: int | None = None) -> httpx.Response:
        """Return an answer that is none of an error, after a few tries.

        Raises EngineUnavailableError when the server cannot be reached, is busy all the time or refuses the key,
        PromptTooLongError, RequestRefusedError, NetworkError turned into EngineUnavailableError.
        """
        left = self._settings.tries if tries is None else tries
        wait_s = FIRST_WAIT_S
        while True:
            left -= 1
            told_s = 0.0
            try:
                answer = send()
            except NetworkError as error:
                raise EngineUnavailableError(str(error)) from error
            except httpx.HTTPError as error:
                failure: EngineError = EngineUnavailableError(
                    f"The server {self._settings.where} could not be reached ({type(error).__name__})."
                )
            else:
                if not answer.is_error:
                    return answer
                answer.read()
                answer.close()
                failure = self._failure(answer)
                if answer.status_code not in _AGAIN or isinstance(failure, PromptTooLongError):
                    raise failure
                told_s = _told_wait(answer)
            if left <= 0:
                raise failure
            self._wait(min(LONGEST_WAIT_S, max(told_s, wait_s * random.uniform(0.5, 1.5))))  # noqa: S311  # jitter
            wait_s *= 2

    def _failure(self, answer: httpx.Response) -> EngineError:
        """Return the error for an answer that says no, without the server's own words, which may repeat the prompt."""
        status, where = answer.status_code, self._settings.where
        if _TOO_LONG.search(answer.text):
            return PromptTooLongError(f"The prompt does not fit the context of the model at {where}.")
        if status in _REFUSED:
            return EngineUnavailableError(f"{where} refused the key; keep the right one with: gumctl models key")
        if status == HTTPStatus.NOT_FOUND:
            return EngineUnavailableError(
                f"{where} has no such model or no such API; see openai.model and openai.address."
            )
        if status in _AGAIN and status != HTTPStatus.INTERNAL_SERVER_ERROR:
            return EngineUnavailableError(f"{where} is busy or away ({status}).")
        return RequestRefusedError(f"{where} could not answer ({status}).")


def _piece(line: str) -> str | None:
    """Return the words in one line of the stream, None at its end."""
    name, _, value = line.partition(":")
    value = value.strip()
    if name != "data" or not value:
        return ""
    if value == "[DONE]":
        return None
    try:
        told = json.loads(value)
        if "error" in told:
            raise EngineError("The server failed in the middle of its answer.")
        return str(told["choices"][0]["delta"].get("content") or "") if told.get("choices") else ""
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        return ""


def _told_wait(answer: httpx.Response) -> float:
    """Return how many seconds the server asks to wait, 0 where it does not say."""
    try:
        return max(0.0, float(answer.headers.get("retry-after", 0)))
    except ValueError:
        return 0.0
