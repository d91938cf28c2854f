"""Exports that are read by people and programs: JSON Lines and Markdown, written piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gum.api import views
from gum.records import Stance, Theme
from gum.store.proposition_query import PropositionQuery
from gum.wire import EpisodeView, ObservationView, in_words, one_line

if TYPE_CHECKING:
    from pydantic import BaseModel

    from gum.store import Store

PARTS = ("propositions", "observations", "episodes")
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is exported: propositions by their filters, and what was seen in the same time."""

    query: PropositionQuery = field(default_factory=lambda: PropositionQuery(sort="id"))
    parts: Sequence[str] = PARTS


def json_lines(store: Store, chosen: Chosen) -> Iterator[str]:
    """Yield one JSON object a line: its `type`, and the fields that /v1 has for it."""
    since, until = chosen.query.since, chosen.query.until
    if "propositions" in chosen.parts:
        for one in store.propositions.list(chosen.query):
            yield _line("proposition", views.detail(store, one.id))
    if "episodes" in chosen.parts:
        for episode in store.episodes.between(since, until):
            yield _line("episode", EpisodeView.model_validate(episode))
    if "observations" in chosen.parts:
        for seen in _observations(store, since, until):
            yield _line("observation", seen)


def markdown(store: Store, chosen: Chosen) -> Iterator[str]:
    """Yield the propositions under their topics, each with how likely it is, since when, and its latest quotes."""
    yield "# What is believed about me\n"
    found = store.propositions.list(chosen.query)
    for theme in Theme:
        of_theme = sorted((one for one in found if one.theme is theme), key=lambda one: -one.probability)
        if of_theme:
            yield f"\n## {theme.capitalize()}\n\n"
        for one in of_theme:
            yield (
                f"- {one_line(one.text)} — {in_words(one.probability)} ({one.probability:.2f}), {one.status}, "
                f"{one.first_seen:%Y-%m-%d} to {one.last_supported:%Y-%m-%d} [{one.id}]\n"
            )
            support = [piece for piece in store.propositions.evidence(one.id) if piece.stance is Stance.FOR]
            for piece in support[-3:]:
                yield f"  - “{one_line(piece.quote)[:200]}”, {piece.at:%Y-%m-%d}\n"


def _observations(store: Store, since: datetime | None, until: datetime | None) -> Iterator[ObservationView]:
    offset = 0
    while page := store.observations.between(since, until, limit=_AT_ONCE, offset=offset):
        yield from (ObservationView.model_validate(one) for one in page)
        offset += len(page)


def _line(kind: str, model: BaseModel) -> str:
    fields: dict[str, Any] = {"type": kind, **model.model_dump(mode="json")}
    return json.dumps(fields, ensure_ascii=False) + "\n"
