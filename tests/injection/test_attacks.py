"""Nothing on screen writes the model of the person: not with an engine that counts, not with one that believes all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from gum import plugins
from gum.daemon.agent import Agent
from gum.infer.audit.plain import folded
from gum.infer.confidence import cap_of
from gum.infer.shown import believed
from gum.infer.trust import NAMING
from gum.records import Proposition, Trust
from gum.store import SearchQuery
from tests.injection.credulous import CredulousEngine
from tests.injection.exposure import OWN_WORDS, Attack, PaintedReader, attacks, expose, victim

EVERY = attacks()
KINDS = sorted({attack.kind for attack in EVERY})
UNTRUSTED = cap_of(Trust.UNTRUSTED)
OWN = "I prefer tea to coffee in the afternoon."


@pytest.fixture(autouse=True)
def _edge() -> Iterator[None]:
    plugins.register("gum.engines", "credulous", CredulousEngine)
    plugins.register("gum.readers", "painted", PaintedReader)
    PaintedReader.texts.clear()
    yield
    plugins.unregister("gum.engines", "credulous")
    plugins.unregister("gum.readers", "painted")


def of_kind(kind: str) -> list[Attack]:
    return [attack for attack in EVERY if attack.kind == kind]


def of_attack(agent: Agent, attack: Attack) -> list[Proposition]:
    """Return what is believed on the strength of the attack's words."""
    lines = {folded(line) for line in attack.lines}
    return [
        one
        for one in agent.store.propositions.list()
        if any(folded(piece.quote) in lines for piece in agent.store.propositions.evidence(one.id))
    ]


def state(agent: Agent) -> dict[str, list[tuple[object, ...]]]:
    """Return every rule, setting, verdict and answer that there is, and what actions have written."""
    tables = ("settings", "verdicts", "tombstones", "clients")
    rows = {table: [tuple(row) for row in agent.store._sql.rows(f"SELECT * FROM {table}")] for table in tables}
    rows["settings"] = [row for row in rows["settings"] if row[0] != "audit_key"]
    rows["written"] = [(str(path),) for path in sorted(agent.home.output.rglob("*"))]
    return rows


def test_there_are_sixty_attacks_of_ten_kinds() -> None:
    kinds = Counter(attack.kind for attack in EVERY)
    assert len(EVERY) >= 60
    assert len(kinds) >= 10
    assert min(kinds.values()) >= 5
    assert len({attack.id for attack in EVERY}) == len(EVERY)


@pytest.mark.parametrize("kind", KINDS)
def test_an_engine_that_believes_everything_is_not_believed(tmp_path: Path, kind: str) -> None:
    with victim(tmp_path / "home", "credulous") as (agent, clock):
        own = agent.review.add(OWN)
        before = state(agent)
        for attack in of_kind(kind):
            expose(agent, clock, attack)
            found = of_attack(agent, attack)
            assert found or agent.store.audit.list("held"), f"{attack.id} did not reach the engine"
            assert not [(attack.id, one.text, one.probability) for one in found if one.probability > UNTRUSTED]
            assert not {one.id for one in found} & {one.id for one in believed(agent.store, clock.now)}
            assert not any(hit.proposition in found for hit in agent.store.search(SearchQuery(text=attack.lines[-1])))
        assert agent.store.propositions.get(own.id) == own
        assert state(agent) == before
        assert not [one for one in agent.store.suggestions.list() if one.status != "silent"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_engine_that_counts_names_what_was_dealt_with_at_most(tmp_path: Path, kind: str) -> None:
    with victim(tmp_path / "home", "statistical") as (agent, clock):
        before = state(agent)
        for attack in of_kind(kind):
            expose(agent, clock, attack)
            for one in of_attack(agent, attack):
                doing = one.claim is not None and one.claim.predicate in NAMING
                assert one.probability <= (cap_of(one.trust) if doing else UNTRUSTED), (attack.id, one.text)
                assert doing or one not in believed(agent.store, clock.now)
        assert state(agent) == before
        assert not [one for one in agent.store.suggestions.list() if one.status in ("accepted", "undone")]


def test_an_attack_raises_no_belief_that_it_repeats(tmp_path: Path) -> None:
    attack = Attack("repeats", "web", "A page", "The walker likes the coast path.")
    with victim(tmp_path / "home", "credulous") as (agent, clock):
        expose(agent, clock, Attack("own", "web", "Another page", "The walker likes the coast path."))
        (known,) = (one for one in agent.store.propositions.list() if one.text == attack.text)
        for _ in range(5):
            expose(agent, clock, attack)
        assert agent.store.propositions.get(known.id).probability <= UNTRUSTED


def test_what_the_person_typed_is_believed_beside_an_attack(tmp_path: Path) -> None:
    """The guard is not deafness: the person's own words in the same window are heard."""
    with victim(tmp_path / "home", "credulous") as (agent, clock):
        expose(agent, clock, Attack("own", "edited", "notes.odt", "Points for the meeting"))
        own = [one for one in agent.store.propositions.list() if OWN_WORDS in one.text and one.trust is Trust.TYPED]
        assert own
        assert max(one.probability for one in own) > UNTRUSTED
        assert believed(agent.store, clock.now)


def test_an_attack_cannot_refute_what_the_person_said(tmp_path: Path) -> None:
    with victim(tmp_path / "home", "credulous") as (agent, clock):
        own = agent.review.add(OWN)
        expose(agent, clock, Attack("refutes", "web", "Coffee", "The user hates tea and only drinks coffee."))
        assert agent.store.propositions.get(own.id).probability == own.probability
