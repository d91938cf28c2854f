"""What is believed can be asked for, and what the person says of it has effect."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from gum.errors import RefusedError
from gum.records import Stance
from tests.working import START, HandClock, Running, text


@pytest.fixture
def believing(served: Running, clock: HandClock) -> Running:
    """Three things were seen on one morning, and inferred from."""
    for number, words in enumerate(("the harbour survey", "a bread recipe", "the tide tables")):
        served.service.agent.receive(text(words, START + timedelta(minutes=20 * number), app=f"App{number}"))
    clock.forward(hours=2)
    served.work()
    return served


def test_propositions_are_listed_with_words_for_their_probability(believing: Running) -> None:
    page = believing.client.propositions()
    assert {one.text.removeprefix("The user works on ") for one in page.items} == {
        "the harbour survey",
        "a bread recipe",
        "the tide tables",
    }
    assert page.total == 3
    assert all(0 < one.probability < 1 and one.likelihood for one in page.items)


def test_pages_join_without_gap_or_repeat(believing: Running) -> None:
    everything = [one.id for one in believing.client.propositions(sort="first_seen").items]
    first = believing.client.propositions(sort="first_seen", limit=2)
    second = believing.client.propositions(sort="first_seen", limit=2, cursor=first.next)
    assert [one.id for one in (*first.items, *second.items)] == everything
    assert first.next
    assert second.next is None


def test_filters_choose(believing: Running) -> None:
    client = believing.client
    assert client.propositions(theme=["people"]).items == []
    assert client.propositions(theme=["people", "work"]).total == 3
    assert client.propositions(kind=["routine"]).total == 0
    assert client.propositions(min_probability=1.0).total == 0
    best = client.propositions().items[0]
    client.confirm(best.id)
    assert [one.id for one in client.propositions(status=["confirmed"]).items] == [best.id]


@pytest.mark.parametrize("bad", [{"status": ["nice"]}, {"sort": "random"}, {"limit": 0}, {"min_probability": 2.0}])
def test_a_filter_that_does_not_exist_is_refused(believing: Running, bad: dict[str, object]) -> None:
    with pytest.raises(RefusedError) as refusal:
        believing.client.propositions(**bad)  # type: ignore[arg-type]
    assert refusal.value.status == 422


def test_a_query_finds_the_nearest_first(believing: Running) -> None:
    assert believing.client.propositions("bread").items[0].text.endswith("a bread recipe")
    hits = believing.client.search("tide tables")
    assert hits[0].proposition.text.endswith("the tide tables")
    assert hits[0].arms == ["words"]
    assert 0 <= hits[0].score <= 1


def test_evidence_says_where_and_when_its_quote_stood(believing: Running) -> None:
    one = believing.client.search("harbour survey")[0].proposition
    piece = believing.client.proposition(one.id).evidence[0]
    seen = believing.client.observation(piece.observation)
    assert piece.quote in seen.text
    assert (piece.app, piece.title, piece.at) == (seen.app, seen.title, seen.captured_at)


def test_a_verdict_changes_probability_and_leaves_a_revision(believing: Running) -> None:
    one = believing.client.propositions().items[0]
    confirmed = believing.client.confirm(one.id, "yes, for months")
    assert confirmed.proposition.status == "confirmed"
    assert confirmed.proposition.probability > one.probability
    assert [(said.verdict, said.note) for said in confirmed.verdicts] == [("confirm", "yes, for months")]
    assert confirmed.verdicts[0].shown_probability == pytest.approx(one.probability)
    undone = believing.client.undo(one.id)
    assert undone.proposition.status == one.status
    assert len(undone.revisions) > len(confirmed.revisions)


def test_what_was_rejected_is_not_inferred_again(believing: Running, clock: HandClock) -> None:
    one = believing.client.search("bread")[0].proposition
    believing.client.reject(one.id)
    believing.service.agent.receive(text("a bread recipe", clock.forward(minutes=30)))
    believing.work(clock.forward(hours=1))
    assert believing.client.proposition(one.id).proposition.status == "rejected"
    assert "bread" not in " ".join(hit.proposition.text for hit in believing.client.search("bread"))


def test_an_edit_survives_later_inference(believing: Running, clock: HandClock) -> None:
    one = believing.client.search("bread")[0].proposition
    believing.client.edit(one.id, "The user bakes rye bread on Saturdays.")
    believing.service.agent.receive(text("a bread recipe", clock.forward(minutes=30)))
    believing.work(clock.forward(hours=1))
    assert believing.client.proposition(one.id).proposition.text == "The user bakes rye bread on Saturdays."


def test_pinning_and_never_inferring_are_kept(believing: Running) -> None:
    first, second, _ = believing.client.propositions().items
    assert believing.client.pin(first.id).proposition.pinned
    assert not believing.client.pin(first.id, False).proposition.pinned
    assert believing.client.never_infer(second.id).proposition.status == "rejected"
    assert len(believing.service.store.tombstones.list()) == 1


def test_what_the_person_states_is_believed(believing: Running) -> None:
    stated = believing.client.add_proposition("The user is vegetarian.").proposition
    assert (stated.status, stated.trust) == ("confirmed", "stated")
    assert stated.probability > 0.9


@pytest.mark.parametrize("words", ["", "x" * 2001])
def test_nothing_and_too_much_cannot_be_stated(believing: Running, words: str) -> None:
    with pytest.raises(RefusedError, match="text"):
        believing.client.add_proposition(words)


def test_what_is_not_there_is_said_so(believing: Running) -> None:
    for ask in (believing.client.proposition, believing.client.confirm, believing.client.undo):
        with pytest.raises(RefusedError) as refusal:
            ask(999)
        assert refusal.value.status == 404


def test_the_engine_answers_from_what_is_believed(believing: Running) -> None:
    answer = believing.client.ask("What about the tide?")
    assert "tide tables" in answer.text
    assert answer.engine == "echo/1"
    assert "search by meaning" in answer.note


def test_emoji_and_right_to_left_texts_come_back_as_they_were(served: Running) -> None:
    words = "🌊 סקר הנמל – 港口调查 \u200f"
    served.service.agent.receive(text(words))
    served.work(START + timedelta(hours=1))
    assert words.strip() in served.client.propositions().items[0].text + " \u200f"


def test_more_filters_choose_by_durability_trust_engine_time_and_sensitivity(believing: Running) -> None:
    client, (first, *_) = believing.client, believing.client.propositions().items
    assert client.propositions(durability=[first.durability.value]).total == 3
    assert client.propositions(durability=["moment"]).total == 0
    assert client.propositions(trust=["untrusted"]).total == 0
    assert client.propositions(trust=[first.trust.value]).total == 3
    assert client.engines() == [first.engine]
    assert client.propositions(engine=first.engine).total == 3
    assert client.propositions(engine="another/1").total == 0
    assert client.propositions(sensitive=True).total == 0
    assert client.propositions(until=START - timedelta(days=1)).total == 0
    assert client.propositions(since=START - timedelta(days=1)).total == 3


def test_what_an_episode_or_an_observation_led_to_is_told(believing: Running) -> None:
    client = believing.client
    for one in client.propositions().items:
        (piece, *_) = client.proposition(one.id).evidence
        assert one.id in [each.id for each in client.propositions(episode=piece.episode).items]
        assert [each.id for each in client.propositions("works", observation=piece.observation).items] == [
            each.id for each in client.propositions(observation=piece.observation).items
        ]
    assert client.propositions(episode=4711).total == 0


def test_a_page_starts_at_any_row(believing: Running) -> None:
    client = believing.client
    everything = [one.id for one in client.propositions(sort="first_seen").items]
    page = client.propositions(sort="first_seen", offset=1, limit=1)
    assert [one.id for one in page.items] == everything[1:2]
    assert page.next
    assert sorted(one.id for one in client.propositions(ids=everything[1:]).items) == sorted(everything[1:])


def test_what_clashes_comes_before_what_is_about_the_same(believing: Running) -> None:
    store, client = believing.service.agent.store, believing.client
    one, rival, other = (each.id for each in client.propositions().items)
    (piece, *_) = store.propositions.evidence(rival)
    against = dataclasses.replace(piece, id=0, proposition=one, stance=Stance.AGAINST, weight=-1.0, rival=rival)
    store.propositions.add_evidence([against])
    claimed = store.propositions.get(one).claim
    store.propositions.update(other, {"claim": claimed}, "test", "test")
    assert [(each.proposition.id, each.relation) for each in client.related(one)][:2] == [
        (rival, "conflict"),
        (other, "same subject"),
    ]
    with pytest.raises(RefusedError):
        client.related(4711)
