"""Every refusal is a sentence that names what is wrong, and repeats nothing that was sent."""

from __future__ import annotations

from typing import Any

import httpx
import pytest


def refused(answer: httpx.Response) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem["status"] == answer.status_code
    return problem


def test_a_missing_parameter_is_named_also_when_it_is_called_query(http: httpx.Client) -> None:
    assert refused(http.get("/v1/search"))["detail"] == "query: field required."
    assert refused(http.get("/v1/preferences"))["detail"] == "domain: field required."


def test_what_is_wrong_in_a_body_is_named_without_what_was_sent(http: httpx.Client) -> None:
    detail = refused(http.post("/v1/propositions", json={"text": "SECRET" * 1000, "more": "SECRET"}))["detail"]
    assert "text: " in detail
    assert "more: " in detail
    assert "SECRET" not in detail


@pytest.mark.parametrize("body", ["not json", "{", ""])
def test_a_body_that_is_no_json_is_called_so(http: httpx.Client, body: str) -> None:
    answer = http.post("/v1/propositions", content=body, headers={"Content-Type": "application/json"})
    assert refused(answer)["detail"] in {"The body is not JSON.", "The body: field required."}


def test_an_address_that_is_not_there_says_where_the_others_are_listed(http: httpx.Client) -> None:
    assert "/v1/docs" in refused(http.get("/v1/nothing"))["detail"]


def test_a_method_that_is_not_taken_names_those_that_are(http: httpx.Client) -> None:
    answer = http.delete("/v1/propositions/1")
    assert "Allow" in refused(answer)["detail"]
    assert answer.headers["allow"] == "GET"
