"""Prompts that a person can pick in their assistant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gum.api.access import Caller, Scope
from gum.api.backend import Backend
from gum.api.context import Asked, context


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt; `argument` is the one it takes, with its meaning."""

    name: str
    description: str
    scope: Scope
    argument: tuple[str, str]
    write: Callable[[Backend, Caller, str], str]

    def written(self, behind: Backend, caller: Caller, given: Mapping[str, str]) -> str:
        """Return the prompt's text; it is called in a thread, and may raise GumError."""
        return self.write(behind, caller, given.get(self.argument[0], "")[:2000])


def _with_context(behind: Backend, caller: Caller, task: str) -> str:
    known = context(behind.store, Asked(task), caller, behind.clock()).text
    return f"{known}\n\nWith that in mind: {task or 'what should I do next?'}"


def _review(behind: Backend, caller: Caller, about: str) -> str:
    known = context(behind.store, Asked(about), caller, behind.clock()).text
    return (
        f"{known}\n\nGo through these with me one by one. Ask whether each is right, and only after I have answered, "
        "pass my answer on with give_feedback, or with forget_memory where I want it gone."
    )


PROMPTS = (
    Prompt(
        "with_my_context",
        "Do something with what is known about me in mind.",
        Scope.CONTEXT,
        ("task", "What is to be done."),
        _with_context,
    ),
    Prompt(
        "review_memories",
        "Go through what is believed about me and correct it.",
        Scope.VERDICT,
        ("about", "Only what concerns this."),
        _review,
    ),
)
