"""Reading what a suggestion gives an action."""

from __future__ import annotations

from typing import Any

from gum.errors import ActionError


def text_of(payload: dict[str, Any], key: str, what: str) -> str:
    """Return a text that is not empty.  Raises ActionError, which says that `what` needs it."""
    value = payload.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ActionError(f"{what} needs a {key}.")
    return value


def texts_of(payload: dict[str, Any], key: str, what: str, most: int = 200) -> list[str]:
    """Return a list of texts, one at least.  Raises ActionError."""
    value = payload.get(key)
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one.strip() for one in value):
        raise ActionError(f"{what} needs {key}.")
    if len(value) > most:
        raise ActionError(f"{what} takes at most {most} {key}.")
    return value


def line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())
