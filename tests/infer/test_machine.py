"""Any interleaving of support, contradiction, verdicts, undo, time and questions keeps what must always hold."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from gum.config import Config
from gum.infer.confidence import believe
from gum.infer.conflicts import conflicts
from gum.infer.questions import Inquiry
from gum.infer.rescore import rescore
from gum.paths import Home
from gum.records import Claim, Draft, Durability, Kind, Proposition, Relation, Stance, Status, Trust
from gum.store import SearchQuery, Store
from tests.infer.life import START, Life, ScriptedEngine, draft
from tests.store.conftest import BagEmbedder

CLAIMS = {
    "bern": Claim("lives_in", "bern"),
    "lisbon": Claim("lives_in", "lisbon"),
    "heron": Claim("works_on", "heron report"),
}
NAMES = st.sampled_from(sorted(CLAIMS))
TRUSTS = st.sampled_from([Trust.SYSTEM, Trust.TYPED, Trust.SCREEN, Trust.UNTRUSTED])
PERSON = "person"


def relation(new: Draft, known: Proposition) -> Relation:
    both = new.claim is not None and known.claim is not None and new.claim.predicate == known.claim.predicate
    return Relation.CONTRADICTS if both else Relation.UNRELATED


class BelievingMachine(RuleBasedStateMachine):
    """A person, an engine that says what it likes, and the store between them."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        clock = [START]
        store = Store.open(Home(self.folder), embedder=BagEmbedder(), index_on_disk=False, now=lambda: clock[0])
        self.life = Life(store, ScriptedEngine(), Config(), clock)
        self.life.engine.relation = relation
        self.inquiry = Inquiry(store, self.life.review, lambda: clock[0])
        self.days = 0.0
        self.firsts: dict[int, object] = {}

    def _draft(self, name: str, strength: int, stance: Stance) -> Draft:
        made = draft(
            f"The user is about {name}.",
            claim=CLAIMS[name],
            strength=strength,
            kind=Kind.FACT,
            durability=Durability.PHASE,
        )
        return dataclasses.replace(made, stance=stance)

    def _see(self, name: str, trust: Trust, made: Draft) -> None:
        before = {one.id: one for one in self.life.store.propositions.list()}
        evidence = {id: len(self.life.store.propositions.evidence(id)) for id in before}
        self.life.infer(self.life.look(f"{name}.md", self.days, trust=trust), made)
        for id, known in before.items():
            after = self.life.store.propositions.get(id)
            if known.status is Status.REJECTED:
                assert len(self.life.store.propositions.evidence(id)) == evidence[id]
                assert after.status is Status.REJECTED
            if known.edited or known.pinned or known.status is Status.CONFIRMED:
                assert (after.text, after.status is Status.SUPERSEDED) == (
                    known.text,
                    known.status is Status.SUPERSEDED,
                )
            if known.claim is not None and made.claim is not None and known.claim.predicate != made.claim.predicate:
                assert len(self.life.store.propositions.evidence(id)) == evidence[id]

    @rule(name=NAMES, strength=st.integers(1, 10), trust=TRUSTS, days=st.sampled_from([0.0, 0.1, 1.0, 20.0]))
    def support(self, name: str, strength: int, trust: Trust, days: float) -> None:
        self.days += days
        self._see(name, trust, self._draft(name, strength, Stance.FOR))

    @rule(name=NAMES, strength=st.integers(1, 10), trust=TRUSTS)
    def oppose(self, name: str, strength: int, trust: Trust) -> None:
        self._see(name, trust, self._draft(name, strength, Stance.AGAINST))

    @precondition(lambda self: self.life.store.propositions.list())
    @rule(
        pick=st.integers(0, 5),
        verdict=st.sampled_from(["confirm", "reject", "edit", "pin", "unpin", "never_infer", "retire"]),
    )
    def judge(self, pick: int, verdict: str) -> None:
        known = self.life.store.propositions.list()
        id = known[pick % len(known)].id
        if verdict == "edit":
            self.life.review.edit(id, f"In my words, {pick}.")
        elif verdict.endswith("pin"):
            self.life.review.pin(id, verdict == "pin")
        else:
            getattr(self.life.review, verdict)(id)

    @precondition(lambda self: self.life.store.propositions.list())
    @rule(pick=st.integers(0, 5), mine=st.booleans())
    def undo(self, pick: int, mine: bool) -> None:
        known = self.life.store.propositions.list()
        id = known[pick % len(known)].id
        standing = self.life.store.propositions.standing(id)
        own = [one for one in standing if one.author == PERSON]
        others = [one for one in standing if one.author != PERSON]
        if mine and own:
            self.life.review.undo(id)
        elif not mine and others:
            self.life.review.undo(id, others[-1].seq)

    @rule(days=st.sampled_from([0.5, 10.0, 200.0]))
    def wait(self, days: float) -> None:
        self.life.clock[0] += timedelta(days=days)
        self.days += days

    @rule(number=st.sampled_from(["1", "2", "3"]))
    def answer(self, number: str) -> None:
        self.inquiry.look(self.life.clock[0])
        for question in self.life.store.questions.list("open")[:1]:
            self.inquiry.answer(question.id, number)

    @invariant()
    def probabilities_are_what_the_evidence_adds_up_to(self) -> None:
        store, now = self.life.store, self.life.clock[0]
        rescore(store, now)
        rejected = {one.id for one in store.propositions.list() if one.status is Status.REJECTED}
        for one in store.propositions.list():
            assert 0 <= one.probability <= 0.99 + 1e-9
            if one.status is Status.CONFIRMED:
                continue
            heard = [piece for piece in store.propositions.evidence(one.id) if piece.rival not in rejected]
            raw = believe(one.kind, one.durability, heard, now).probability
            assert one.raw_probability == pytest.approx(raw, abs=2e-4)
            assert one.probability <= (0.01 if one.id in rejected else 0.99) + 1e-9

    @invariant()
    def history_tells_how_it_came_to_be(self) -> None:
        for one in self.life.store.propositions.list():
            assert self.firsts.setdefault(one.id, one.claim) == one.claim
            changes = self.life.store.propositions.revisions(one.id)
            assert [change.seq for change in changes] == list(range(1, len(changes) + 1))
            told = dict(changes[0].new)
            for change in changes[1:]:
                assert all(told[name] == value for name, value in change.old.items() if name in ("text", "valid_to"))
                told |= change.new
            assert (told["text"], told["pinned"], told["edited"]) == (one.text, one.pinned, one.edited)
            assert all(one.first_seen <= piece.at for piece in self.life.store.propositions.evidence(one.id))

    @invariant()
    def what_is_closed_has_an_end_and_what_is_buried_is_rejected(self) -> None:
        store = self.life.store
        known = {one.id: one for one in store.propositions.list()}
        for stone in store.tombstones.list():
            assert known[stone.proposition or 0].status is Status.REJECTED
        assert all(one.valid_to is not None for one in known.values() if one.status is Status.SUPERSEDED)
        for conflict in conflicts(store, self.life.clock[0]):
            assert Status.REJECTED not in {conflict.proposition.status, conflict.rival and conflict.rival.status}
        assert len({(one.claim, one.text) for one in known.values()}) == len(known)

    def teardown(self) -> None:
        if not hasattr(self, "life"):
            return
        store = self.life.store
        store.index.flush()
        assert not store.index.check().any
        for one in store.propositions.list():
            query = SearchQuery(text=one.text, statuses=tuple(Status), limit=10, min_probability=0.0)
            assert one.id in {hit.proposition.id for hit in store.search(query)}
        store.close()
        shutil.rmtree(self.folder)


BelievingMachine.TestCase.settings = settings(
    max_examples=25, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)
TestBelieving = BelievingMachine.TestCase
