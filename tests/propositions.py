"""Propositions to test with."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import Any

from gum.records import Durability, Kind, Proposition, Status, Theme, Trust

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def proposition(
    text: str = "The user drinks tea.", probability: float = 0.5, at: datetime = START, **more: Any
) -> Proposition:
    """Return one that was seen and last supported at an instant; name only what matters."""
    made = Proposition(
        text=text,
        reasoning="",
        kind=Kind.FACT,
        durability=Durability.PROJECT,
        theme=Theme.WORK,
        status=Status.ACTIVE,
        probability=probability,
        raw_probability=probability,
        trust=Trust.SCREEN,
        first_seen=at,
        last_supported=at,
        engine="test",
    )
    return dataclasses.replace(made, **more)
