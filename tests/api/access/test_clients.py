"""Clients with tokens of their own: what they may do and see, until when, and that all of it is logged."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from gum.api.access.recognised import MARKS
from gum.client import Client, ClientIn
from gum.errors import RefusedError
from gum.records import Status, Theme
from gum.store import PropositionQuery
from tests.working import HandClock, Running, text


@pytest.fixture
def known(served: Running) -> Running:
    """A home in which three things are believed: of work, of life, and one that is sensitive."""
    served.client.add_proposition("The user writes a thesis on beetles.")
    served.client.add_proposition("The user plays the cello.")
    served.client.add_proposition("The user sees a physiotherapist.")
    _change(served, "thesis", theme=Theme.WORK)
    _change(served, "physiotherapist", sensitivity="health")
    return served


def _change(served: Running, word: str, **changes: Any) -> int:
    store = served.service.store
    (found,) = store.propositions.list(PropositionQuery(text=word))
    store.propositions.update(found.id, changes, "test", "test")
    return found.id


@contextmanager
def client_of(served: Running, *scopes: str, name: str = "editor", **limits: Any) -> Iterator[Client]:
    added = served.client.add_client(name, scopes, **limits)
    with Client(served.service.server.url, added.token) as client:
        yield client


def texts(client: Client, **query: Any) -> set[str]:
    return {one.text.split()[-1] for one in client.propositions(**query).items}


def status_of(call: Any, *arguments: Any) -> int:
    with pytest.raises(RefusedError) as error:
        call(*arguments)
    return error.value.status


def test_a_client_gets_in_with_its_own_token(known: Running) -> None:
    with client_of(known, "read") as client:
        assert texts(client) == {"beetles.", "cello."}


def test_the_token_is_kept_as_a_digest_only(known: Running) -> None:
    token = known.client.add_client("editor", ["read"]).token
    assert len(token) >= 43
    known.service.store.close()
    for file in known.home.root.rglob("*"):
        if file.is_file():
            assert token.encode() not in file.read_bytes(), file


def test_a_scope_opens_what_it_names_and_nothing_else(known: Running) -> None:
    with client_of(known, "context") as client:
        assert "cello" in client.context("music").text
        for call in (client.propositions, client.status, client.clients, client.access, client.resume):
            assert status_of(call) == 403
        assert status_of(client.add_proposition, "The user is tired.") == 403
        assert status_of(client.confirm, 1) == 403


def test_the_refusal_names_the_scope(known: Running) -> None:
    with client_of(known, "context") as client, pytest.raises(RefusedError, match=r"scope 'verdict'.*'editor'"):
        client.confirm(1)


def test_topics_limit_what_is_listed_found_and_opened(known: Running) -> None:
    with client_of(known, "read", "context", "verdict", themes=["work"]) as client:
        assert texts(client) == {"beetles."}
        assert client.propositions(theme=["life"]).items == []
        assert [hit.proposition.id for hit in client.search("cello thesis")] == [1]
        assert status_of(client.proposition, 2) == 404
        assert status_of(client.confirm, 2) == 404
        assert "cello" not in client.context("cello").text


def test_what_is_sensitive_is_shown_only_when_named(known: Running) -> None:
    with client_of(known, "read") as client:
        assert "physiotherapist." not in texts(client, query="physiotherapist")
    with client_of(known, "read", name="doctor", sensitive=["health"]) as client:
        assert "physiotherapist." in texts(client)
    with client_of(known, "read", name="other", sensitive=["finances"]) as client:
        assert status_of(client.proposition, 3) == 404


def test_a_lowest_probability_hides_what_is_less_likely(known: Running) -> None:
    known.service.store.propositions.set_probability(2, 0.3, 0.3)
    with client_of(known, "read", min_probability=0.5) as client:
        assert texts(client) == {"beetles."}
        assert client.propositions(min_probability=0.0).total == 1


def test_an_age_limit_hides_what_is_older(known: Running, clock: HandClock) -> None:
    clock.forward(days=3)
    known.client.add_proposition("The user learns Finnish.")
    with client_of(known, "read", newest_days=1) as client:
        assert texts(client) == {"Finnish."}


def test_a_client_with_limits_sees_no_quote_and_no_history(known: Running) -> None:
    with client_of(known, "read") as client:
        detail = client.proposition(1)
    assert (detail.evidence, detail.revisions, detail.verdicts, detail.proposition.reasoning) == ([], [], [], "")


def test_what_cannot_be_told_in_part_is_refused_to_a_client_with_limits(known: Running) -> None:
    with client_of(known, "read") as client:
        for call in (client.observations, client.episodes):
            assert status_of(call) == 403
    with client_of(known, "read", name="all", all_sensitive=True) as client:
        assert client.observations().items == []
        assert len(client.proposition(1).revisions) > 0


def test_a_token_ends_when_its_time_is_over(known: Running, clock: HandClock) -> None:
    with client_of(known, "read", days=1) as client:
        assert client.propositions().total == 2
        clock.forward(days=1)
        assert status_of(client.propositions) == 401


def test_revoking_works_at_once(known: Running) -> None:
    with client_of(known, "read") as client:
        client.propositions()
        known.client.revoke_client("editor")
        assert status_of(client.propositions) == 401
    assert [one.revoked for one in known.client.clients()] == [True]


def test_a_revoked_name_can_be_given_again_with_another_token(known: Running) -> None:
    with client_of(known, "read") as old:
        known.client.revoke_client("editor")
        with client_of(known, "read") as new:
            assert new.propositions().total == 2
        assert status_of(old.propositions) == 401


def test_a_name_is_given_once(known: Running) -> None:
    known.client.add_client("editor", ["read"])
    assert status_of(known.client.add_client, "editor", ["read"]) == 409


@pytest.mark.parametrize("name", ["you", "person", "UPPER", "a b", "-x", "é", "a/b"])
def test_a_name_that_could_be_mistaken_is_refused(known: Running, name: str) -> None:
    assert status_of(known.client.add_client, name, ["read"]) == 400


def test_clients_survive_a_restart(known: Running) -> None:
    token = known.client.add_client("editor", ["read"]).token
    from gum.store.clients import Clients

    again = Clients(known.service.store.sql)
    found = again.of_token(token, known.service.clock())
    assert found is not None
    assert (found.name, found.scopes) == ("editor", {"read"})


# ---------------------------------------------------------------- what clients add


def test_what_a_client_adds_is_a_candidate_of_low_trust(known: Running) -> None:
    with client_of(known, "propose") as client:
        added = client.add_proposition("The user likes tea.").proposition
    assert (added.status, added.trust, added.probability < 0.3) == ("candidate", "untrusted", True)
    assert added.engine == "client:editor"


def test_a_candidate_of_a_client_reaches_no_other_client_as_context(known: Running) -> None:
    with client_of(known, "propose", "context") as client:
        id = client.add_proposition("The user likes tea.").proposition.id
        assert "tea" not in client.context("tea").text
        known.client.confirm(id)
        assert "tea" in client.context("tea").text


def test_it_stays_a_candidate_however_often_it_is_said(known: Running) -> None:
    with client_of(known, "propose") as client:
        ids = {client.add_proposition("The user likes tea.").proposition.id for _ in range(5)}
    known.work()
    (id,) = ids
    assert known.client.proposition(id).proposition.status is Status.CANDIDATE


def test_what_the_person_has_rejected_cannot_be_added_by_a_client(known: Running) -> None:
    known.client.reject(2)
    known.client.never_infer(1)
    with client_of(known, "propose") as client:
        assert status_of(client.add_proposition, "The user plays the cello.") == 409
        assert status_of(client.add_proposition, "the user writes a thesis on beetles") == 409


def test_what_is_sensitive_cannot_be_added_by_a_client_unless_allowed(known: Running) -> None:
    with client_of(known, "propose") as client:
        assert status_of(client.add_proposition, "The user has diabetes.") == 409


def test_a_verdict_through_a_client_says_whose_it_is(known: Running) -> None:
    with client_of(known, "verdict", all_sensitive=True) as client:
        client.confirm(2, "they said so")
    assert known.client.proposition(2).verdicts[-1].note == "through editor: they said so"


def test_an_observing_client_can_send_and_not_read(known: Running) -> None:
    from gum.client import CaptureIn

    capture = CaptureIn(observer="sensor", text="ran 5 km", trust="stated", captured_at=known.service.clock())
    with client_of(known, "observe") as client:
        (id,) = client.add_observation(capture).observations
        assert status_of(client.observation, id) == 403
        assert status_of(client.propositions) == 403
    assert known.client.observation(id).trust == "screen"


# ---------------------------------------------------------------- the preview and the log


def test_the_preview_shows_what_the_client_then_sees(known: Running) -> None:
    with client_of(known, "read", "context", themes=["work"]) as client:
        preview = known.client.preview_client("editor", "thesis")
        assert [one.id for one in preview.propositions] == [one.id for one in client.propositions().items]
        assert preview.context == client.context("thesis").text
    assert (preview.seen, preview.withheld) == (1, 2)
    assert [one.partition(":")[0] for one in preview.may] == ["context", "read"]


def test_every_answer_to_a_client_is_logged_with_ids_and_without_content(known: Running) -> None:
    with client_of(known, "read", "context") as client:
        client.propositions()
        client.search("cello")
        client.proposition(1)
        client.context("thesis")
    log = known.client.access("editor").items
    assert [one.route for one in log] == [
        "GET /v1/context",
        "GET /v1/propositions/{id}",
        "GET /v1/search",
        "GET /v1/propositions",
    ]
    assert log[1].shown == {"propositions": {"count": 1, "ids": [1]}}
    assert log[3].shown == {"propositions": {"count": 2, "ids": [1, 2]}}
    assert "cello" not in str(log)


def test_records_are_recognised_in_whatever_form_they_are_told(known: Running, clock: HandClock) -> None:
    (seen,) = known.service.ingest(text("beetle anatomy", known.service.clock()))
    known.work()
    clock.forward(minutes=5)
    with client_of(known, "read", all_sensitive=True) as client:
        client.observations()
        client.episodes()
        (found,) = (one for one in client.propositions(query="anatomy").items)
        client.proposition(found.id)
        client.review()
    log = {one.route: one.shown for one in known.client.access("editor").items}
    assert log["GET /v1/observations"]["observations"]["ids"] == [seen]
    assert log["GET /v1/episodes"] == {"episodes": {"count": 1, "ids": [1]}}
    assert log["GET /v1/propositions/{id}"]["observations"]["ids"] == [seen]
    assert found.id in log["GET /v1/review"]["propositions"]["ids"]


def test_what_a_program_has_added_only_the_person_can_confirm(known: Running) -> None:
    with client_of(known, "propose", "verdict", all_sensitive=True) as client:
        id = client.add_proposition("The user keeps bees.").proposition.id
        lending = (
            lambda: client.confirm(id),
            lambda: client.edit(id, "The user keeps hens."),
            lambda: client.pin(id),
        )
        assert [status_of(one) for one in lending] == [403] * 3
        assert known.client.proposition(id).proposition.status == Status.CANDIDATE
        assert known.client.confirm(id).proposition.status == Status.CONFIRMED
        assert client.pin(id).proposition.pinned
        other = client.add_proposition("The user keeps hens.").proposition.id
        assert client.reject(other).proposition.status == Status.REJECTED


def test_the_window_in_front_and_quotes_are_disclosures_too(known: Running, clock: HandClock) -> None:
    (seen,) = known.service.ingest(text("beetle anatomy", known.service.clock()))
    known.work()
    clock.forward(minutes=5)
    with client_of(known, "context", "read", all_sensitive=True) as client:
        assert client.context("anatomy", quotes=True).present
    (told,) = known.client.access("editor").items
    assert told.shown["observations"] == {"count": 1, "ids": [seen]}
    assert told.shown["episodes"] == {"count": 1, "ids": [1]}


def test_every_kind_of_record_that_an_answer_holds_is_recognised(known: Running) -> None:
    """A new kind of record needs its mark, or a place among those that are no content."""
    schemas = known.service.server.served.app.openapi()["components"]["schemas"]
    records = {name: one["properties"] for name, one in schemas.items() if "id" in one.get("properties", {})}
    unmarked = {name for name, fields in records.items() if not any(mark in fields for _, mark in MARKS)}
    assert unmarked == {"DisclosureView", "EvidenceView", "WindowIn"}  # ids alone; by its observation; what is sent
    told = {name: next(kind for kind, mark in MARKS if mark in records[name]) for name in records.keys() - unmarked}
    assert told["NotificationView"] == "observations"
    assert told["AuditView"] == "audit decisions"


def test_what_is_told_twice_counts_once_and_nothing_is_not_listed(known: Running) -> None:
    known.service.store.access_log.note("editor", "test", {"propositions": [2, 1, 2], "observations": []})
    assert known.client.access("editor").items[0].shown == {"propositions": {"count": 2, "ids": [1, 2]}}


def test_a_refusal_is_no_disclosure(known: Running) -> None:
    with client_of(known, "context") as client:
        status_of(client.propositions)
    assert known.client.access("editor").items == []


def test_the_persons_own_reading_is_not_logged_but_what_assistants_get_is(known: Running) -> None:
    known.client.propositions()
    known.client.context("cello")
    assert [(one.client, one.route) for one in known.client.access().items] == [("you", "GET /v1/context")]


def test_what_cannot_be_logged_is_not_told(known: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    from gum.errors import StoreFullError

    def full(*_: object) -> None:
        raise StoreFullError("No space is left.")

    with client_of(known, "read") as client:
        monkeypatch.setattr(known.service.store.access_log, "note", full)
        with pytest.raises(RefusedError, match="must be logged") as error:
            client.propositions()
    assert error.value.status == 503


def test_the_log_is_paged(known: Running) -> None:
    with client_of(known, "read") as client:
        for _ in range(5):
            client.propositions()
    first = known.client.access(limit=3)
    rest = known.client.access(limit=3, cursor=first.next)
    assert (len(first.items), len(rest.items), rest.next) == (3, 2, None)
    assert first.items[-1].id > rest.items[0].id


def test_a_scope_that_does_not_exist_is_named(known: Running) -> None:
    body = ClientIn(name="editor", scopes=["read"]).model_dump(mode="json") | {"scopes": ["reed"]}
    with pytest.raises(RefusedError, match=r"scopes.0"):
        known.client.send("POST", "/v1/clients", json=body)


def test_limits_are_unaffected_by_what_is_added_later(known: Running) -> None:
    with client_of(known, "read", themes=["work"]) as client:
        served = known.service.store.propositions
        kept = served.get(1)
        served.add(dataclasses.replace(kept, text="The user sails.", theme=Theme.LIFE), "test", "test")
        assert texts(client) == {"beetles."}
        assert known.service.ingest(text("something"))
