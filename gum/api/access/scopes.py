"""What a token may be used for."""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """One right; none contains another, so a client is given each that it needs."""

    CONTEXT = "context"
    READ = "read"
    PROPOSE = "propose"
    VERDICT = "verdict"
    WRITE = "write"
    OBSERVE = "observe"
    ADMIN = "admin"


MEANINGS = {
    Scope.CONTEXT: "get the propositions that matter now, without what they were read from",
    Scope.READ: "read propositions; without limits also what they were read from, texts and frames",
    Scope.PROPOSE: "add propositions, as candidates of low trust until you confirm them",
    Scope.VERDICT: "confirm, reject and correct propositions, and answer suggestions, in your name",
    Scope.WRITE: "change what is kept and how the daemon works: pause, forget, exclude, import",
    Scope.OBSERVE: "send observations, and nothing else",
    Scope.ADMIN: "manage clients, and read the access log",
}
