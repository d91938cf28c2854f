"""Questions to a child, one at a time: a death or a silence is made good once, then it is left alone for a while."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from typing import Any

from gum.errors import GumError
from gum.protocols import WorkerState
from gum_models.apart.child import Child, ChildDiedError
from gum_models.apart.keeper import Keeper

START_S = 60.0
FIRST_REST_S, LONGEST_REST_S = 2.0, 300.0


class Apart:
    """Asks `module` in a process of its own; what goes wrong there is of the kind `error`.

    Safe to call from several threads.  `what` names it in sentences, as in 'The reader'.
    """

    def __init__(
        self, what: str, module: str, argument: Mapping[str, Any], *, idle_s: float, error: type[GumError]
    ) -> None:
        self._what, self._error = what, error
        self._ids = itertools.count(1)
        self._failures = 0
        self._rests_until = 0.0
        self._keeper = Keeper(lambda: Child(what, module, argument), self._greet, idle_s)

    def ask(self, request: Mapping[str, Any], timeout_s: float, data: bytes = b"") -> dict[str, Any]:
        """Return the reply.  Raises the kind of error given."""
        with self._keeper.turn:
            try:
                return self._ask_twice(request, timeout_s, data)
            finally:
                self._keeper.rest()

    def state(self) -> WorkerState:
        """Return how the process is and how it has fared."""
        return self._keeper.state()

    def rest(self) -> None:
        """End the process at once, unless it is at work."""
        self._keeper.unload()

    def close(self) -> None:
        """End the process for good, in the middle of its work too."""
        self._keeper.close()

    def _ask_twice(self, request: Mapping[str, Any], timeout_s: float, data: bytes) -> dict[str, Any]:
        if (left := self._rests_until - time.monotonic()) > 0:
            raise self._error(f"{self._keeper.health.trouble} It is tried again in {left:.0f} s.")
        try:
            reply = self._ask(request, timeout_s, data)
        except ChildDiedError:
            try:
                reply = self._ask(request, timeout_s, data)
            except ChildDiedError as error:
                self._rest()
                raise self._error(str(error)) from error
        self._failures = 0
        if "error" in reply:
            raise self._error(reply["error"])
        return reply

    def _ask(self, request: Mapping[str, Any], timeout_s: float, data: bytes) -> dict[str, Any]:
        if self._keeper.closed:
            raise self._error(f"{self._what} is closed.")
        try:
            child = self._keeper.started()
        except OSError as error:
            raise self._error(f"{self._what}'s process cannot be started: {error.strerror or error}.") from error
        try:
            return child.ask(next(self._ids), request, timeout_s, data=data)
        except ChildDiedError as error:
            if self._keeper.closed:
                raise self._error(f"{self._what} is closed.") from error
            self._keeper.died(child, error)
            raise

    def _rest(self) -> None:
        """Start no other process for a while, longer each time: what fails at once would fail again."""
        self._failures += 1
        self._rests_until = time.monotonic() + min(FIRST_REST_S * 2**self._failures, LONGEST_REST_S)

    def _greet(self, child: Child) -> None:
        try:
            hello = child.hello(START_S)
        except ChildDiedError as error:
            if not self._keeper.closed:
                self._keeper.died(child, error)
            raise
        if "error" in hello:
            self._keeper.health.trouble = hello["error"]
            self._rest()
            raise self._error(hello["error"])
