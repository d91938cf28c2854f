"""Idempotency keys, and changes that depend on what was read."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from gum.errors import EngineError
from tests.working import HandClock, Running, running

ADD = {"text": "The user plays the cello."}


def post(http: httpx.Client, path: str, body: Any, key: str | None = None, **headers: str) -> httpx.Response:
    return http.post(path, json=body, headers=headers | ({"Idempotency-Key": key} if key else {}))


def test_a_post_sent_twice_under_a_key_is_done_once(http: httpx.Client, served: Running) -> None:
    first = post(http, "/v1/propositions", ADD, "k")
    served.client.reject(first.json()["proposition"]["id"])
    again = post(http, "/v1/propositions", ADD, "k")
    assert again.content == first.content
    assert (again.status_code, again.headers["etag"]) == (201, first.headers["etag"])
    assert again.headers["idempotency-replayed"] == "true"
    assert served.service.store.propositions.count() == 1


def test_a_refusal_is_repeated_too(http: httpx.Client) -> None:
    first = post(http, "/v1/propositions/77/confirm", {}, "k")
    assert first.status_code == 404
    assert post(http, "/v1/propositions/77/confirm", {}, "k").content == first.content


def test_the_same_key_with_another_request_is_refused(http: httpx.Client) -> None:
    post(http, "/v1/propositions", ADD, "k")
    assert post(http, "/v1/propositions", {"text": "Something else."}, "k").status_code == 422
    assert post(http, "/v1/propositions/1/confirm", {}, "k").status_code == 422


def test_a_key_belongs_to_its_caller(http: httpx.Client, served: Running) -> None:
    post(http, "/v1/propositions", ADD, "k")
    token = served.client.add_client("editor", ["propose"]).token
    other = post(http, "/v1/propositions", {"text": "Tea."}, "k", Authorization=f"Bearer {token}")
    assert other.status_code == 201


def test_a_key_is_kept_a_day_and_over_a_restart(tmp_path: Any, clock: HandClock) -> None:
    for expected in ({"Idempotency-Replayed"}, set()):
        with running(tmp_path / "home", clock=clock) as now:
            headers = {"Authorization": f"Bearer {now.token}", "Idempotency-Key": "k"}
            with httpx.Client(base_url=now.service.server.url, headers=headers, trust_env=False) as http:
                http.post("/v1/propositions", json=ADD)
                clock.forward(hours=23) if expected else clock.forward(days=2)
                again = http.post("/v1/propositions", json=ADD)
        assert ("idempotency-replayed" in again.headers) == bool(expected)


def test_of_two_at_one_time_one_is_told_to_wait(http: httpx.Client, served: Running) -> None:
    with served.service.store.transaction(), ThreadPoolExecutor(2) as pool:
        calls = [pool.submit(post, http, "/v1/propositions", ADD, "k") for _ in range(2)]
        first = next(call for call in iter(lambda: next((c for c in calls if c.done()), None), object()) if call)
        assert first.result().status_code == 409
        assert first.result().headers["retry-after"] == "1"
        slow = next(call for call in calls if call is not first)
        assert not slow.done()


def test_a_failure_of_ours_can_be_tried_again(
    http: httpx.Client, served: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise EngineError("The engine is away.")

    with monkeypatch.context() as broken:
        broken.setattr(served.service.agent.parts.engine, "answer", failing)
        assert post(http, "/v1/ask", {"question": "What?"}, "k").status_code == 503
    assert post(http, "/v1/ask", {"question": "What?"}, "k").status_code == 200


def test_a_key_that_is_none_is_refused(http: httpx.Client, served: Running) -> None:
    assert post(http, "/v1/propositions", ADD, "x" * 256).status_code == 400
    assert served.service.store.propositions.count() == 0


# ---------------------------------------------------------------- If-Match


def test_a_change_of_what_was_read_passes(http: httpx.Client) -> None:
    tag = post(http, "/v1/propositions", ADD).headers["etag"]
    assert http.get("/v1/propositions/1").headers["etag"] == tag
    changed = post(http, "/v1/propositions/1/edit", {"text": "The user plays the viola."}, **{"If-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


def test_a_change_of_what_has_changed_since_is_refused(http: httpx.Client, served: Running) -> None:
    tag = post(http, "/v1/propositions", ADD).headers["etag"]
    served.client.edit(1, "The user plays the viola.")
    refused = post(http, "/v1/propositions/1/reject", {}, **{"If-Match": tag})
    assert refused.status_code == 412
    assert "has changed since you read it" in refused.json()["detail"]
    assert served.client.proposition(1).proposition.status == "confirmed"


def test_a_star_matches_anything_and_nothing_is_asked_without_the_header(http: httpx.Client, served: Running) -> None:
    post(http, "/v1/propositions", ADD)
    served.client.edit(1, "The user plays the viola.")
    assert post(http, "/v1/propositions/1/confirm", {}, **{"If-Match": "*"}).status_code == 200
    assert post(http, "/v1/propositions/1/confirm", {}).status_code == 200
    assert post(http, "/v1/propositions/1/confirm", {}, **{"If-Match": '"x", "1-99"'}).status_code == 412


def test_a_body_that_grows_too_large_under_a_key_is_cut_off_as_any_other(http: httpx.Client, served: Running) -> None:
    def endless() -> Iterator[bytes]:
        yield b'{"text": "'
        for _ in range(60):
            yield b"x" * 1_000_000
        yield b'"}'

    headers = {"Content-Type": "application/json", "Idempotency-Key": "k"}
    try:
        answer = http.post("/v1/propositions", content=endless(), headers=headers)
        said = (answer.status_code, answer.headers["content-type"])
    except httpx.TransportError:  # the line was cut while the rest was still being sent
        said = (413, "application/problem+json")
    assert said == (413, "application/problem+json")
    assert post(http, "/v1/propositions", ADD, "k").status_code == 201
