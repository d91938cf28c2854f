"""Audit decisions hold a draft while it waits, and nothing of it afterwards."""

from __future__ import annotations

import pytest

from gum.errors import NotFoundError
from gum.records import Observation, Quote
from gum.store import Store
from gum.store.audit import MOST_QUOTES, AuditDecision
from tests.store.conftest import START


def seen(store: Store, title: str) -> int:
    return store.observations.add(Observation("test", "screen", START, START, "mail", title)).id


def held(store: Store, *quotes: Quote, category: str = "health", matter: str = "") -> AuditDecision:
    shown = {"kind": "state", "text": "The user takes insulin."}
    return store.audit.add(AuditDecision(None, category, "held", "off", shown, START, matter=matter), quotes)


def test_a_decision_is_kept_with_its_draft_flow_and_quotes(store: Store) -> None:
    quote = Quote(seen(store, "the clinic"), "the clinic")
    made = store.audit.add(
        AuditDecision(None, "health", "held", "off", {"text": "ü"}, START, flow={"whose": "you"}), [quote]
    )
    assert store.audit.list() == [made]
    assert store.audit.quotes(made.id) == [quote]
    assert made.flow == {"whose": "you"}


def test_what_was_answered_holds_no_content(store: Store) -> None:
    made = held(store, Quote(seen(store, "the clinic"), "the clinic"), matter="m")
    answered = store.audit.answer(made.id, "refused", START)
    assert (answered.state, answered.draft, store.audit.quotes(made.id)) == ("refused", {"kind": "state"}, [])
    assert [one.id for one in store.audit.of_matters(["m"])] == [made.id]


def test_those_that_wait_are_told_from_those_that_were_answered(store: Store) -> None:
    first, second, _ = (held(store) for _ in range(3))
    store.audit.answer(first.id, "allowed", START)
    store.audit.answer(second.id, "refused", START)
    assert [len(store.audit.list(state)) for state in ("held", "allowed", "refused", None)] == [1, 1, 1, 3]
    assert store.audit.held() == 1


def test_a_waiting_decision_goes_with_the_last_of_its_observations(store: Store) -> None:
    one, other = seen(store, "the clinic"), seen(store, "the pharmacy")
    made = held(store, Quote(one, "the clinic"), Quote(other, "the pharmacy"))
    store._sql.write("DELETE FROM observations WHERE id=?", (one,))
    assert [quote.observation for quote in store.audit.quotes(made.id)] == [other]
    store._sql.write("DELETE FROM observations WHERE id=?", (other,))
    assert store.audit.list() == []


def test_an_answered_decision_stays_when_its_observations_go(store: Store) -> None:
    one = seen(store, "the clinic")
    made = held(store, Quote(one, "the clinic"), matter="m")
    store.audit.answer(made.id, "refused", START)
    store._sql.write("DELETE FROM observations WHERE id=?", (one,))
    assert [kept.id for kept in store.audit.of_matters(["m"])] == [made.id]


def test_a_matter_is_the_same_whatever_the_order_and_different_in_another_store(store: Store) -> None:
    assert store.audit.matter(["insulin", "takes"]) == store.audit.matter(["takes", "insulin", "takes"])
    before = store.audit.matter(["insulin"])
    assert before != store.audit.matter(["iron"])
    store.settings.set("audit_key", "00" * 32)
    assert store.audit.matter(["insulin"]) != before


def test_quotes_are_bounded(store: Store) -> None:
    made = held(store)
    one = seen(store, "the clinic")
    for number in range(MOST_QUOTES + 5):
        store.audit.add_quotes(made.id, [Quote(one, f"visit {number:02}")])
    assert len(store.audit.quotes(made.id)) == MOST_QUOTES


def test_an_unknown_decision_is_said(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.audit.get(7)


def test_decisions_are_removed(store: Store) -> None:
    made = held(store, Quote(seen(store, "the clinic"), "the clinic"))
    assert store.audit.remove([made.id]) == 1
    assert store.audit.list() == []
