"""The index: ids and vectors only, equal to SQLite after every flush, repaired or rebuilt when it is not."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from gum.errors import ConflictError, EmbedderError, StoreError
from gum.paths import Home
from gum.records import Proposition
from gum.store import SearchQuery, Store
from gum.store.chroma import ChromaCollection
from gum.store.index import Drift
from tests.store.conftest import BagEmbedder, HandClock

Make = Callable[..., Proposition]


@pytest.fixture
def on_disk(home: Home, embedder: BagEmbedder) -> Callable[[], Store]:
    return lambda: Store.open(home, embedder=embedder)


def _add(store: Store, proposition: Make, *texts: str) -> list[int]:
    return [store.propositions.add(proposition(text), "e", "c").id for text in texts]


def test_without_an_embedder_there_is_no_index(store: Store, proposition: Make) -> None:
    _add(store, proposition, "The user drinks tea.")
    assert (store.index.flush(), store.index.check(), store.index.repair()) == (0, Drift(), Drift())
    assert store.index.state == "absent"
    assert store.propositions.nearest("tea", 3) == []
    assert list(store.home.index.glob("*")) == []


def test_adding_embeds_nothing_until_the_flush(meaning: Store, proposition: Make, embedder: BagEmbedder) -> None:
    (id,) = _add(meaning, proposition, "The user drinks tea.")
    assert embedder.texts == []
    assert meaning.propositions.nearest("The user drinks tea.", 3) == []
    assert meaning.index.flush() == 1
    assert meaning.index.state == "ready"
    ((found, cosine),) = meaning.propositions.nearest("The user drinks tea.", 3)
    assert found == id
    assert cosine == pytest.approx(1.0, abs=2e-3)


def test_a_flush_with_nothing_new_makes_nothing(meaning: Store, proposition: Make, embedder: BagEmbedder) -> None:
    _add(meaning, proposition, "one", "two")
    assert meaning.index.flush() == 2
    assert meaning.index.flush() == 0
    assert len(embedder.texts) == 2


def test_the_persons_names_are_embedded_as_the_user(meaning: Store, proposition: Make, embedder: BagEmbedder) -> None:
    _add(meaning, proposition, "jordan lee (JLEE) met Jordan Leeds.")
    meaning.index.flush()
    assert embedder.texts == ["the user (the user) met Jordan Leeds."]


def test_a_changed_text_gets_a_new_vector(meaning: Store, proposition: Make) -> None:
    (id,) = _add(meaning, proposition, "The user drinks tea.")
    meaning.index.flush()
    meaning.propositions.update(id, {"text": "Rust compiles slowly."}, "person", "edit")
    assert meaning.propositions.nearest("tea", 3) == []
    assert meaning.index.flush() == 1
    assert meaning.propositions.nearest("Rust compiles slowly.", 1)[0][1] == pytest.approx(1.0, abs=2e-3)
    assert not meaning.index.check().any


def test_a_change_that_is_no_text_keeps_the_vector(meaning: Store, proposition: Make) -> None:
    (id,) = _add(meaning, proposition, "The user drinks tea.")
    meaning.index.flush()
    meaning.propositions.update(id, {"pinned": True}, "person", "pin")
    assert meaning.index.flush() == 0


@pytest.fixture
def by_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the index of a store of any size; a small one compares all its vectors instead."""
    monkeypatch.setattr("gum.store.index._ALL_UP_TO", 0)


@pytest.mark.usefixtures("by_index")
def test_the_nearest_come_in_the_same_order_from_index_and_table(meaning: Store, proposition: Make) -> None:
    texts = [f"The user reads about {topic} on {day}." for topic in ("bees", "rust", "chess") for day in range(20)]
    _add(meaning, proposition, *texts)
    meaning.index.flush()
    vectors = meaning.index._vectors
    for text in texts[::7]:
        vector = vectors.embed([text])[0]
        exact = vectors.nearest_to(vector, 5)
        approximate = meaning.index.nearest(vector, 5)
        assert approximate[0][0] == exact[0][0]  # further on, equal ones may be others
        assert [cosine for _, cosine in approximate] == pytest.approx([cosine for _, cosine in exact], abs=4e-3)


@pytest.mark.usefixtures("by_index")
def test_what_waits_for_the_index_is_compared_by_itself(
    meaning: Store, proposition: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = _add(meaning, proposition, "The user drinks tea.", "The user plays chess.")
    meaning.index.flush()
    meaning.propositions.update(old, {"text": "The user grinds grain."}, "person", "edit")
    vectors = meaning.index._vectors
    vectors.fill()
    compared: list[object] = []
    near = vectors.nearest_to
    monkeypatch.setattr(vectors, "nearest_to", lambda *asked: compared.append(asked[2:]) or near(*asked))
    found = meaning.index.nearest(vectors.embed(["The user grinds grain."])[0], 2)
    assert [id for id, _ in found] == [old, new]
    assert compared == [({old},)]


def test_another_embedder_embeds_everything_anew(
    home: Home, on_disk: Callable[[], Store], proposition: Make, caplog: pytest.LogCaptureFixture
) -> None:
    with on_disk() as store:
        _add(store, proposition, "one", "two")
        store.index.flush()
    other = BagEmbedder()
    other.name, other.dimensions = "bag/2", 32
    with Store.open(home, embedder=other) as store:
        assert store.propositions.nearest("one", 2) == []
        assert store.index.flush() == 2
        assert store.index.state == "ready"
        assert not store.index.check().any
        assert store.propositions.nearest("one", 1)[0][0] == 1
    assert "made for another embedder" in caplog.text


def test_the_index_on_disk_holds_no_text(on_disk: Callable[[], Store], proposition: Make, home: Home) -> None:
    with on_disk() as store:
        _add(store, proposition, "The user drinks lapsang.")
        store.index.flush()
    files = [file for file in home.index.rglob("*") if file.is_file()]
    assert files
    assert not any(b"lapsang" in file.read_bytes() for file in files)
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)


def test_missing_and_extra_ids_are_seen_and_repaired(meaning: Store, proposition: Make) -> None:
    ids = _add(meaning, proposition, "one", "two", "three")
    meaning.index.flush()
    held = _held(meaning)
    held.remove(ids[:2])
    held.put([999], meaning.index._vectors.embed(["gone"]))
    drift = meaning.index.check()
    assert (drift.missing, drift.extra, drift.any) == (2, 1, True)
    assert meaning.index.repair() == drift
    assert not meaning.index.check().any
    assert _held(meaning).ids() == set(ids)


def test_vectors_that_do_not_find_themselves_are_seen_and_rebuilt(meaning: Store, proposition: Make) -> None:
    ids = _add(meaning, proposition, "bees", "rust", "chess", "tea", "yoga", "Bach")
    meaning.index.flush()
    vectors = meaning.index._vectors
    held = _held(meaning)
    held.put(ids[:1], -vectors.of(ids[:1])[1])
    drift = meaning.index.check()
    assert drift.unreachable == 1
    meaning.index.repair()
    assert not meaning.index.check().any


def test_drift_is_repaired_by_the_first_flush_after_opening(
    on_disk: Callable[[], Store], home: Home, proposition: Make
) -> None:
    with on_disk() as store:
        ids = _add(store, proposition, "one", "two")
        store.index.flush()
        _held(store).remove(ids[:1])
    with on_disk() as store:
        assert store.index.state == "closed"
        store.index.flush()
        assert not store.index.check().any


@pytest.mark.parametrize("damage", [b"", b"no database at all " * 400], ids=["empty", "nonsense"])
def test_a_damaged_index_is_thrown_away_and_rebuilt(
    on_disk: Callable[[], Store], home: Home, proposition: Make, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with on_disk() as store:
        ids = _add(store, proposition, "one", "two")
        store.index.flush()
    (home.index / "chroma.sqlite3").write_bytes(damage)
    with on_disk() as store:
        store.index.flush()
        assert store.index.state == "ready"
        assert _held(store).ids() == set(ids)
        assert not store.index.check().any


@pytest.mark.usefixtures("by_index")
def test_an_index_bricked_while_in_use_is_given_up_then_rebuilt(
    on_disk: Callable[[], Store], proposition: Make, caplog: pytest.LogCaptureFixture
) -> None:
    with on_disk() as store:
        ids = _add(store, proposition, "one", "two")
        store.index.flush()
        collection = _held(store)
        collection._client.delete_collection(collection._name)  # from now on every call fails, as after a crash
        assert store.search(SearchQuery("two"))[0].proposition.id == ids[1]
        assert store.index.state == "broken"
        assert store.index.reason != ""
        store.index.flush()
        assert store.index.state == "ready"
        assert not store.index.check().any
    assert "cannot be used" in caplog.text


def test_an_index_that_cannot_be_kept_says_so_and_search_goes_on(
    on_disk: Callable[[], Store], home: Home, proposition: Make
) -> None:
    home.create()
    home.index.rmdir()
    with on_disk() as store:
        (id,) = _add(store, proposition, "The user drinks tea.")
        home.index.rmdir()
        home.index.write_text("a file where the folder should be")
        with pytest.raises(StoreError, match=r"index"):
            store.index.flush()
        (hit,) = store.search(SearchQuery("The user drinks tea."))
        assert (hit.proposition.id, hit.arms) == (id, ("words", "meaning"))
        home.index.unlink()
        home.index.mkdir()
        store.index.flush()
        assert store.index.state == "ready"


def test_the_index_is_not_used_inside_a_transaction(meaning: Store) -> None:
    with meaning.transaction(), pytest.raises(ConflictError, match="inside a transaction"):
        meaning.index.flush()
    assert meaning.index.flush() == 0


def test_a_failing_embedder_loses_nothing(home: Home, proposition: Make) -> None:
    class Failing(BagEmbedder):
        fails = True

        def embed(self, texts: object) -> list[list[float]]:
            if self.fails:
                raise EmbedderError("The embedder failed.")
            return super().embed(texts)  # type: ignore[arg-type]

    embedder = Failing()
    with Store.open(home, embedder=embedder, index_on_disk=False) as store:
        _add(store, proposition, "one")
        with pytest.raises(EmbedderError):
            store.index.flush()
        embedder.fails = False
        assert store.index.flush() == 1


def test_flushing_searching_and_adding_at_once_goes_well(meaning: Store, proposition: Make) -> None:
    failures: list[BaseException] = []

    def work(step: Callable[[int], object]) -> threading.Thread:
        def run() -> None:
            try:
                for number in range(15):
                    step(number)
            except BaseException as error:  # noqa: BLE001 - reported below
                failures.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    threads = [
        work(lambda number: _add(meaning, proposition, f"fact {number}")),
        work(lambda _: meaning.index.flush()),
        work(lambda _: meaning.index.flush()),
        work(lambda number: meaning.search(SearchQuery(f"fact {number}"))),
        work(lambda _: meaning.index.check()),
    ]
    for thread in threads:
        thread.join()
    assert failures == []
    meaning.index.flush()
    assert not meaning.index.check().any
    assert meaning.index.check().waiting == 0


def test_two_stores_in_memory_do_not_see_each_other(tmp_path: Path, proposition: Make, clock: HandClock) -> None:
    with (
        Store.open(Home(tmp_path / "a"), embedder=BagEmbedder(), index_on_disk=False) as one,
        Store.open(Home(tmp_path / "b"), embedder=BagEmbedder(), index_on_disk=False) as two,
    ):
        _add(one, proposition, "only here")
        one.index.flush()
        two.index.flush()
        assert _held(two).ids() == set()


def test_chroma_reads_no_surroundings_and_embeds_nothing_itself(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"IS_PERSISTENT=banana\nCHROMA_OTEL_COLLECTION_ENDPOINT=http://192.0.2.1\nX=\xff\n")
    program = """
from gum.store.chroma import ChromaCollection
import numpy as np
collection = ChromaCollection(None, "propositions")
collection.put([1], np.eye(3, dtype=np.float32)[:1])
import chromadb
settings = chromadb.config.Settings()
assert collection._held._embedding_function is None
print(settings.chroma_otel_collection_endpoint == "", settings.allow_reset, settings.is_persistent)
collection.close()
"""
    surroundings = os.environ | {"ALLOW_RESET": "banana", "CHROMA_OTEL_GRANULARITY": "all"}
    command = [sys.executable, "-W", "error", "-c", program]
    ended = subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (0, "True False False\n"), ended.stderr


def test_the_log_of_a_repair_holds_no_text(meaning: Store, proposition: Make, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="gum")
    ids = _add(meaning, proposition, "The user drinks lapsang.")
    meaning.index.flush()
    _held(meaning).remove(ids)
    meaning.index.repair()
    assert "1 missing" in caplog.text
    assert "lapsang" not in caplog.text


def _held(store: Store) -> ChromaCollection:
    assert store.index._collection is not None
    return store.index._collection
