"""Starts, watches and ends the model's process; its death or silence is an EngineError, never ours."""

from __future__ import annotations

import base64
import contextlib
import itertools
import threading
from collections.abc import Iterator
from typing import Any

from gum.errors import EngineError, EngineInterruptedError, EngineUnavailableError
from gum.protocols import WorkerState
from gum_models.apart.child import Child, ChildDiedError, NotAwaitedError, Tell
from gum_models.apart.keeper import Health, Keeper
from gum_models.llama.installed import Installed
from gum_models.llama.settings import LlamaSettings
from gum_models.reasoning import Prompt, PromptTooLongError

LOAD_TIMEOUT_S = 300.0
_WORKER = "gum_models.llama.worker"
_ENVIRONMENT = {"OMP_WAIT_POLICY": "passive", "GGML_NO_BACKTRACE": "1"}


class Supervisor:
    """One worker process at most: started on the first request, again after a death, ended when idle.

    A request may come from any thread; they wait for each other.  An urgent one interrupts one that is not.
    """

    def __init__(self, files: Installed, settings: LlamaSettings) -> None:
        self._files, self._settings = files, settings
        self._keeper = Keeper(self._made, self._greet, settings.idle_unload_s)
        self._state = threading.Lock()
        self._urgent_waiting = 0
        self._running: tuple[int, bool] | None = None
        self._ids = itertools.count(1)
        self.last: dict[str, Any] = {}
        self.refused = ""  # why the last try to load it failed

    def ask(self, prompt: Prompt, *, urgent: bool = False, tell: Tell | None = None) -> str:
        """Return the model's text.  One death or silence is made good by a fresh worker.

        Raises EngineUnavailableError when the model cannot be loaded, EngineInterruptedError when something more
        urgent came, PromptTooLongError, and EngineError when the answer failed twice.
        """
        with self._my_turn(urgent):
            told: list[str] = []

            def telling(piece: str) -> None:
                told.append(piece)
                if tell is not None:
                    tell(piece)

            try:
                return self._ask(prompt, urgent, telling if tell is not None else None)
            except ChildDiedError as error:
                if told:  # it cannot be told again from the start
                    raise EngineError(str(error)) from error
            try:
                return self._ask(prompt, urgent, tell)
            except ChildDiedError as error:
                raise EngineError(str(error)) from error

    def cancel(self) -> None:
        """Stop what is being answered; a worker that does not stop soon is ended."""
        with self._state:
            running, child = self._running, self._keeper.child
        if running is not None and child is not None:
            child.cancel(running[0])

    def close(self) -> None:
        """End the worker for good: what is asked from now on is refused."""
        self._keeper.close()

    def stop(self) -> None:
        """End the worker and give its memory back; harmless when none runs."""
        self._keeper.stop()

    @property
    def health(self) -> Health:
        return self._keeper.health

    @property
    def pid(self) -> int | None:
        """The worker's process, None when none runs."""
        return self._keeper.pid

    def memory_bytes(self) -> int:
        """Return how much memory the worker holds, 0 when none runs."""
        return self._keeper.memory_bytes()

    def state(self) -> WorkerState:
        """Return how the worker is and how it has fared."""
        return self._keeper.state()

    def rest(self) -> None:
        """End the worker at once, unless it is at work."""
        self._keeper.unload()

    @contextlib.contextmanager
    def _my_turn(self, urgent: bool) -> Iterator[None]:
        if urgent:
            with self._state:
                self._urgent_waiting += 1
                interrupt = self._running is not None and not self._running[1]
            if interrupt:
                self.cancel()
        try:
            self._keeper.turn.acquire()
        finally:
            if urgent:
                with self._state:
                    self._urgent_waiting -= 1
        try:
            if self._keeper.closed:
                raise EngineInterruptedError("The model is being put away.")
            if self._urgent_waiting and not urgent:
                raise EngineInterruptedError("The model gave way to a question.")
            yield
        finally:
            self._keeper.rest()
            self._keeper.turn.release()

    def _ask(self, prompt: Prompt, urgent: bool, tell: Tell | None) -> str:
        if self._keeper.closed:
            raise EngineInterruptedError("The model is being put away.")
        child = self._keeper.started()
        id = next(self._ids)
        with self._state:
            self._running = (id, urgent)
        try:
            reply = child.ask(id, self._request(prompt, tell is not None), self._settings.timeout_s, tell)
        except NotAwaitedError as error:
            raise EngineInterruptedError(str(error)) from error
        except ChildDiedError as error:
            self._keeper.died(child, error)
            raise
        finally:
            with self._state:
                self._running = None
        if "error" in reply:
            raise _error(reply)
        self.last = reply
        return str(reply["text"])

    def _made(self) -> Child:
        return Child("The model", _WORKER, self._argument(self._files.sums), _ENVIRONMENT)

    def _greet(self, child: Child) -> None:
        """Wait until the model is loaded.  Raises EngineUnavailableError."""
        try:
            hello = child.hello(LOAD_TIMEOUT_S)
        except ChildDiedError as error:
            self._keeper.died(child, error)
            raise self._not_loaded(str(error)) from error
        if "error" in hello:
            raise self._not_loaded(hello["error"])
        self.refused = ""
        if any(not self._files.sums.get(role) for role in hello["sums"]):
            self._files.pin(hello["sums"])

    def _not_loaded(self, why: str) -> EngineUnavailableError:
        self.refused = self.health.trouble = f"The model could not be loaded. {why}"
        return EngineUnavailableError(self.refused)

    def _argument(self, sums: dict[str, str]) -> dict[str, Any]:
        settings = self._settings
        return {
            "model": str(self._files.model),
            "projector": str(self._files.projector) if self._files.projector else "",
            "sums": sums,
            "context": settings.context,
            "threads": settings.threads,
            "gpu_layers": settings.gpu_layers,
            "image_tokens": settings.image_tokens,
            "temperature": settings.temperature,
        }

    def _request(self, prompt: Prompt, stream: bool) -> dict[str, Any]:
        return {
            "system": prompt.system,
            "shared": prompt.shared,
            "task": prompt.task,
            "images": [base64.b64encode(image).decode() for image in prompt.images],
            "schema": prompt.schema,
            "max_tokens": prompt.max_tokens,
            "timeout_s": self._settings.timeout_s,
            "seed": self._settings.seed,
            "stream": stream,
        }


def _error(reply: dict[str, Any]) -> EngineError:
    kinds = {"too long": PromptTooLongError, "cancelled": EngineInterruptedError}
    return kinds.get(reply.get("why", ""), EngineError)(str(reply["error"]))
