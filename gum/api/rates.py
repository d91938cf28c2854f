"""How much one caller may ask, so that no program can keep the daemon from the person.

Every caller has a bucket of requests that refills at a steady rate, and a number of requests at one time.  Those
without a valid token share one small bucket, so that guessing is slow; it never holds up a caller with a token.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus

from gum.api.access.caller import Caller
from gum.api.problems import ProblemResponse


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` requests at once, then `per_s` each second; `together` at one time."""

    burst: int
    per_s: float
    together: int


PERSON = Rate(burst=2000, per_s=400, together=48)
CLIENT = Rate(burst=120, per_s=20, together=8)
UNKNOWN = Rate(burst=30, per_s=1, together=8)


@dataclass(slots=True)
class _Bucket:
    left: float
    filled: float
    running: int = 0


@dataclass
class Rates:
    """The buckets of all callers, used from one thread: the server's."""

    person: Rate = PERSON
    client: Rate = CLIENT
    unknown: Rate = UNKNOWN
    now: Callable[[], float] = time.monotonic
    _buckets: dict[str, _Bucket] = field(default_factory=dict)

    def refusal(self, caller: Caller | None) -> ProblemResponse | None:
        """Take one request from the caller's bucket; return the answer 429 when there is none left."""
        rate, bucket = self._of(caller)
        moment = self.now()
        bucket.left = min(rate.burst, bucket.left + (moment - bucket.filled) * rate.per_s)
        bucket.filled = moment
        if bucket.running >= rate.together:
            return _wait(1, f"At most {rate.together} requests are answered at one time.")
        if bucket.left < 1:
            return _wait(math.ceil((1 - bucket.left) / rate.per_s), "Too many requests; send fewer.")
        bucket.left -= 1
        return None

    @contextmanager
    def running(self, caller: Caller) -> Iterator[None]:
        """Count a request while it is answered."""
        _, bucket = self._of(caller)
        bucket.running += 1
        try:
            yield
        finally:
            bucket.running -= 1

    def _of(self, caller: Caller | None) -> tuple[Rate, _Bucket]:
        if caller is None:
            name, rate = "", self.unknown
        else:
            name, rate = caller.name, self.person if caller.is_person else self.client
        if name not in self._buckets:
            self._buckets[name] = _Bucket(rate.burst, self.now())
        return rate, self._buckets[name]


def _wait(seconds: int, sentence: str) -> ProblemResponse:
    return ProblemResponse(
        HTTPStatus.TOO_MANY_REQUESTS, f"{sentence} Try again in {seconds} s.", {"Retry-After": str(seconds)}
    )
