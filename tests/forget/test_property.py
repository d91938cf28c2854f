"""Whatever is forgotten of whatever life: nothing of it is left, all else is, and undoing brings all back."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gum.forget.forgetting import Forgetter
from gum.forget.selection import Selection
from gum.infer.rescore import rescore
from gum.paths import Home
from gum.store import Store
from tests.forget.conftest import Life
from tests.store.conftest import START, HandClock

WORDS = ("zebra", "quokka", "walrus", "ibexes", "jerboa")
words = st.sampled_from(WORDS)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(
    seen=st.lists(st.tuples(st.integers(0, 3), words, words), min_size=1, max_size=7),
    beliefs=st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True), max_size=5),
    chosen=st.one_of(
        st.builds(lambda app: Selection(app=f"App{app}"), st.integers(0, 3)),
        st.builds(lambda word: Selection(text=word), words),
        st.builds(
            lambda first, length: Selection(
                since=START + timedelta(minutes=first), until=START + timedelta(minutes=first + length)
            ),
            st.integers(0, 60),
            st.integers(1, 60),
        ),
    ),
)
def test_nothing_of_it_is_left_and_all_else_is(
    seen: list[tuple[int, str, str]], beliefs: list[list[int]], chosen: Selection
) -> None:
    clock = HandClock()
    clock.move(hours=3)
    with tempfile.TemporaryDirectory() as folder, Store.open(Home(Path(folder)), now=clock) as store:
        life = Life(store, Forgetter(store, 300.0, timedelta(hours=1), clock), clock)
        made = [
            life.see(10 * n, f"App{app}", title, f"{text} {n}", frame=f"{n}".encode())
            for n, (app, title, text) in enumerate(seen)
        ]
        for rests in beliefs:
            word = seen[rests[0] % len(seen)][2]  # what is believed stands in what it rests on
            life.believe(f"The user likes {word}.", *{made[n % len(made)] for n in rests}, reasoning=f"It said {word}.")
        rescore(store, clock())
        before = life.dump()

        done, _ = life.forgetter.forget(chosen)
        kept = store.observations.between(None, None)
        assert [one.id for one in kept] == [one.id for one in made if not chosen.covers(one)]
        for one in store.propositions.list():
            assert all(piece.observation in {seen.id for seen in kept} for piece in store.propositions.evidence(one.id))
        life.forgetter.undo(done.id)
        assert life.dump() == before

        life.forgetter.forget(chosen, now=True)
        told = {word for word in WORDS for one in kept if word in f"{one.title} {one.text}"}
        gone = {word for one in made if chosen.covers(one) for word in (one.title, one.text.split()[0])} - told
        assert life.holds(*gone) == set()
        assert life.holds(*told) == told
        assert not store.sql.rows("PRAGMA foreign_key_check")
        store.sql.write("INSERT INTO propositions_fts(propositions_fts, rank) VALUES('integrity-check', 1)")
