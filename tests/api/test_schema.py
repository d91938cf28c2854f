"""Requests made from our own OpenAPI description, by every kind of caller: none fails, and none gets past its scopes.

GUM_TEST_EXAMPLES sets how many requests are made of each operation by the person and by a client of each scope.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode

from gum.api.access import Scope
from gum.api.access.require import asked
from gum.api.rates import Rate, Rates
from tests.working import Running, running, text

EXAMPLES = int(os.environ.get("GUM_TEST_EXAMPLES", "3"))
PERSON = "person"
CALLERS = (PERSON, *Scope)
#: A stream never ends, so it is listened to in test_events; fetching a model would leave the machine.
LEFT_OUT = {"/v1/events", "/v1/models/{name}/pull"}
#: It watches for as long as it is asked to; it is asked only by those whom it refuses at once (see test_privacy).
WAITING = {"/v1/egress"}
REFUSALS = {400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429}
PLENTY = Rate(10**9, 10**9, 64)


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A home with something of everything, and a client for each scope, without limits."""
    with running(tmp_path_factory.mktemp("schema") / "home") as now:
        now.service.server.served.guard.rates = Rates(PLENTY, PLENTY, PLENTY)
        for words in ("beetle anatomy", "train to Basel"):
            now.service.ingest(text(words))
        now.work()
        now.client.add_proposition("The user plays the cello.")
        yield now


@pytest.fixture(scope="module")
def tokens(life: Running) -> dict[str, str]:
    made = {scope: life.client.add_client(f"only-{scope}", [scope], all_sensitive=True).token for scope in Scope}
    return {PERSON: life.token, **made}


def document(life: Running) -> dict[str, Any]:
    return life.service.server.served.app.openapi()


def operations(life: Running) -> Iterator[Any]:
    schema = schemathesis.openapi.from_dict(document(life))
    schema.config.generation.update(modes=list(GenerationMode))
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path not in LEFT_OUT:
            yield operation


FEW = settings(
    max_examples=EXAMPLES,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("caller", CALLERS)
def test_no_request_fails_and_none_gets_past_its_scope(life: Running, tokens: dict[str, str], caller: str) -> None:
    scopes = asked(life.service.server.served.app)
    session = requests.Session()
    session.trust_env = False
    session.headers["Authorization"] = f"Bearer {tokens[caller]}"
    for operation in operations(life):
        allowed = caller == PERSON or caller in scopes[operation.path, operation.method.upper()]
        if not (allowed and operation.path in WAITING):
            _ask(operation, life.service.server.url, session, allowed)
    assert life.client.status().verdict


def _ask(operation: Any, url: str, session: requests.Session, allowed: bool) -> None:
    @seed(len(operation.path))
    @FEW
    @given(case=operation.as_strategy())
    def ask(case: Case) -> None:
        answer = case.call(url, session=session, timeout=30)
        where = f"{case.method} {case.formatted_path}: {answer.status_code} {answer.content[:200]!r}"
        assert answer.status_code < 500, where
        assert allowed or answer.status_code in REFUSALS, where
        if answer.status_code >= 400:
            assert answer.headers["content-type"][0].startswith("application/problem+json"), where

    ask()


def test_the_description_names_the_scope_of_every_operation(life: Running) -> None:
    for path, methods in document(life)["paths"].items():
        for method, operation in methods.items():
            assert operation["x-scopes"], f"{method} {path}"


def test_every_body_has_an_example_that_its_schema_allows(life: Running) -> None:
    described = document(life)
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            for body in (operation.get("requestBody", {}), *operation["responses"].values()):
                media = body.get("content", {}).get("application/json")
                if media and media["schema"]:
                    whole = media["schema"] | {"components": described["components"]}
                    errors = list(jsonschema_rs.validator_for(whole).iter_errors(media["example"]))
                    assert not errors, f"{method} {path}: {errors[0]}"


def test_every_parameter_says_what_it_means_and_a_needed_one_how_it_looks(life: Running) -> None:
    described = document(life)
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            for parameter in operation.get("parameters", []):
                where = f"{method} {path}: {parameter['name']}"
                assert parameter["description"], where
                if parameter.get("required"):
                    errors = list(jsonschema_rs.validator_for(parameter["schema"]).iter_errors(parameter["example"]))
                    assert not errors, f"{where}: {errors[0]}"
