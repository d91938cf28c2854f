"""A cursor names the last item of a page: what comes or goes meanwhile neither repeats nor hides another item."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import httpx
import pytest

from gum.records import Episode, Suggestion
from tests.working import START, HandClock, Running, text

SORTS = ("probability", "-probability", "first_seen", "-first_seen", "last_supported", "-last_supported")


@pytest.fixture
def stated(served: Running, clock: HandClock) -> list[int]:
    """Eight statements; the first four of one instant, so that only the id tells them apart."""
    made = []
    for number in range(8):
        if number >= 4:
            clock.forward(minutes=1)
        made.append(served.client.add_proposition(f"The user likes number {number}.").proposition.id)
    return made


def pages(http: httpx.Client, path: str, between: Any = None, **query: Any) -> list[int]:
    """Return the ids of all pages of two, and do something after each page."""
    found: list[int] = []
    cursor: dict[str, str] = {}
    while True:
        page = http.get(path, params={**query, "limit": 2, **cursor}).raise_for_status().json()
        assert len(page["items"]) <= 2
        found += [one["id"] for one in page["items"]]
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}
        if between:
            between()


@pytest.mark.parametrize("sort", SORTS)
def test_what_is_added_between_two_pages_repeats_and_hides_nothing(
    served: Running, http: httpx.Client, stated: list[int], clock: HandClock, sort: str
) -> None:
    def add() -> None:
        if len(added) < 5:
            clock.forward(minutes=1)
            added.append(served.client.add_proposition(f"The user also likes {len(added)}.").proposition.id)

    added: list[int] = []
    found = pages(http, "/v1/propositions", add, sort=sort)
    assert len(found) == len(set(found))
    assert set(found) - set(added) == set(stated)


def test_what_is_forgotten_between_two_pages_hides_nothing_else(
    served: Running, http: httpx.Client, stated: list[int]
) -> None:
    first = http.get("/v1/propositions", params={"sort": "first_seen", "limit": 2}).json()
    http.post("/v1/forget", json={"selection": {"proposition": stated[0]}}).raise_for_status()
    rest = http.get("/v1/propositions", params={"sort": "first_seen", "cursor": first["next"]}).json()
    assert [one["id"] for one in rest["items"]] == stated[2:]
    assert rest["total"] == 7


def test_episodes_come_in_pages_and_the_client_joins_them(served: Running, http: httpx.Client) -> None:
    for number in range(5):
        at = START - timedelta(hours=number // 2)
        served.service.store.episodes.add(Episode(at, at + timedelta(minutes=1), f"App{number}", "", "", 1.0, 0, 0, ()))
    span = {"since": (START - timedelta(days=1)).isoformat(), "until": (START + timedelta(hours=1)).isoformat()}
    ids = pages(http, "/v1/episodes", **span)
    assert ids == [5, 3, 4, 1, 2]
    assert [one.id for one in served.client.episodes(START - timedelta(days=1), START + timedelta(hours=1))] == ids


def test_suggestions_come_in_pages_and_the_client_joins_them(served: Running, http: httpx.Client) -> None:
    base = Suggestion("resume", "", "", "open", {}, (), "shown", {}, "", START)
    for number in range(5):
        at = START + timedelta(hours=number // 2)
        one = dataclasses.replace(base, key=str(number), created_at=at, status=("shown", "silent")[number % 2])
        served.service.store.suggestions.add(one)
    assert pages(http, "/v1/suggestions") == [5, 4, 3, 2, 1]
    assert pages(http, "/v1/suggestions", status="shown") == [5, 3, 1]
    assert [one.id for one in served.client.suggestions((), 4)] == [5, 4, 3, 2]


@pytest.mark.parametrize(
    "cursor", ["2", "nonsense", "~", "first_seen~2026~1", "-probability~high~1", "-probability~0.5~one", "\0"]
)
def test_a_cursor_that_was_not_given_for_this_order_is_refused(http: httpx.Client, cursor: str) -> None:
    answer = http.get("/v1/propositions", params={"cursor": cursor})
    assert answer.status_code == 400
    assert "not one that was given" in answer.json()["detail"]


def test_observations_of_one_instant_are_split_over_pages(served: Running, http: httpx.Client) -> None:
    for number in range(5):
        served.service.ingest(text(f"number {number}", START))
    assert len(pages(http, "/v1/observations")) == len(set(pages(http, "/v1/observations"))) == 5
