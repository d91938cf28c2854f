"""The evaluation of retrieval: what it reads, what it counts, and what it says of our search."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from gum import plugins
from gum.cli import gumctl
from gum.errors import RecordingError
from gum.evaluate.retrieval import ways
from gum.evaluate.retrieval.dialogues import Dialogue, Fact, Question, read
from gum.evaluate.retrieval.recall import bootstrap, evaluate, outcome
from tests.store.conftest import START, BagEmbedder

SAMPLE = Path(__file__).with_name("dialogues.json")
LOCOMO = Path(__file__).parents[3] / "shared" / "data" / "locomo" / "locomo.json.gz"
WAYS = {"ours", "fts5", "chroma"}


@pytest.fixture(scope="module")
def minilm() -> object:
    folder = os.environ.get("GUM_TEST_MINILM")
    if not folder:
        pytest.skip("GUM_TEST_MINILM does not name the folder of the built-in embedder")
    return plugins.load("gum.embedders", "minilm")(Path(folder))


# ------------------------------------------------------------------ reading


def test_facts_and_questions_are_read_with_their_turns_and_times() -> None:
    first, second = read(SAMPLE)
    assert (first.name, len(first.facts), len(first.questions)) == ("sample-1", 24, 11)
    assert first.facts[0].turns == {"D1:1"}
    assert f"{first.facts[0].at:%Y-%m-%d %H:%M}" == "2024-04-03 09:15"
    assert second.questions[0] == Question("What food must Tomoko avoid?", frozenset({"D1:2"}), 3)


def test_a_compressed_file_reads_the_same(tmp_path: Path) -> None:
    packed = tmp_path / "dialogues.json.gz"
    packed.write_bytes(gzip.compress(SAMPLE.read_bytes()))
    assert read(packed) == read(SAMPLE)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b'[{"qa": []}]', b"\x1f\x8bbroken", gzip.compress(b"[]", mtime=0)[:-9], b"\xff\xfe"]
)
def test_a_file_of_another_form_is_named_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other"
    file.write_bytes(content)
    with pytest.raises(RecordingError, match=r"other does not hold dialogues"):
        read(file)


def test_a_file_that_is_absent_or_without_evidence_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="cannot be read: No such file"):
        read(tmp_path / "absent")
    file = tmp_path / "mute"
    file.write_text(json.dumps([json.loads(SAMPLE.read_text())[0] | {"qa": []}]))
    with pytest.raises(RecordingError, match="no question with evidence"):
        read(file)


# ------------------------------------------------------------------ counting


def test_a_question_is_met_by_any_of_its_evidence_within_the_depth() -> None:
    facts = tuple(Fact(f"fact {number}", frozenset({f"D1:{number}"}), START) for number in range(8))
    dialogue = Dialogue("one", facts, (Question("?", frozenset({"D1:1", "D1:6"}), 1),))
    found = outcome("", lambda _: [[0, 1, 2, 3, 4, 5, 6]], [dialogue])
    assert {depth: bool(met[0]) for depth, met in found.any.items()} == {1: False, 5: True, 10: True, 20: True}
    assert {depth: bool(met[0]) for depth, met in found.all.items()} == {1: False, 5: False, 10: True, 20: True}


def test_the_bootstrap_tells_a_real_gain_from_none() -> None:
    chosen = np.random.default_rng(0)
    base = chosen.random(800) < 0.6
    gain = bootstrap(base | (chosen.random(800) < 0.2), base)
    assert gain["low"] > 0
    assert gain["low"] < gain["difference"] < gain["high"]
    assert gain["p"] < 0.001
    shuffled = bootstrap(chosen.permutation(base), base)
    assert shuffled["low"] < 0 < shuffled["high"]
    assert shuffled["p"] > 0.05
    assert bootstrap(base, base) == {"difference": 0, "low": 0, "high": 0, "p": 1}


# ------------------------------------------------------------------ the report


def test_the_report_compares_three_ways_at_every_depth() -> None:
    report = evaluate(SAMPLE, BagEmbedder())
    assert (report["dialogues"], report["facts"], report["questions"], report["answerable"]) == (2, 32, 16, 1)
    for kind in ("recall_at", "all_evidence_at"):
        for way in WAYS:
            shares = [report[f"{kind}_{depth}"][way] for depth in (1, 5, 10, 20)]
            assert shares == sorted(shares)
            assert all(0 <= share <= 1 for share in shares)
    assert set(report["bootstrap"]) == {"fts5", "chroma"}
    assert sum(one["questions"] for one in report["categories"].values()) == 16
    assert set(report["by_dialogue"]) == {"sample-1", "sample-2"}


def test_baselines_stand_at_their_best_setting() -> None:
    report = evaluate(SAMPLE, BagEmbedder())
    for name in ("fts5", "chroma"):
        assert report["recall_at_10"][name] == max(report["tried"][name].values())
        assert report["tried"][name][report["settings"][name]] == report["recall_at_10"][name]


def test_the_same_file_gives_the_same_report() -> None:
    assert evaluate(SAMPLE, BagEmbedder()) == evaluate(SAMPLE, BagEmbedder())


def test_no_text_is_embedded_twice() -> None:
    real = BagEmbedder()
    remembering = ways.Remembering(real)
    assert remembering.embed(["a", "b", "a"]) == [*remembering.embed(["a", "b"]), *remembering.embed(["a"])]
    assert real.texts == ["a", "b"]


def test_the_command_needs_an_embedder_and_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUM_HOME", str(tmp_path / "home"))
    done = CliRunner().invoke(gumctl, ["eval", "retrieval", str(SAMPLE), "--json"])
    assert "gumctl models embedder" in str(done.exception)


def test_the_command_prints_json_and_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, minilm: object) -> None:
    assert minilm
    models = tmp_path / "home" / "models"
    models.mkdir(parents=True)
    (models / "minilm").symlink_to(os.environ["GUM_TEST_MINILM"], target_is_directory=True)
    monkeypatch.setenv("GUM_HOME", str(tmp_path / "home"))
    report = json.loads(CliRunner().invoke(gumctl, ["eval", "retrieval", str(SAMPLE), "--json"]).stdout)
    assert set(report["recall_at_10"]) == WAYS
    told = CliRunner().invoke(gumctl, ["eval", "retrieval", str(SAMPLE)]).stdout
    assert "16 questions on 32 facts of 2 dialogues" in told
    assert "recall at 10" in told
    assert "95 % interval" in told


@pytest.mark.skipif(not LOCOMO.exists(), reason="LoCoMo is not beside this checkout; its licence keeps it out of it")
def test_on_long_dialogues_our_search_is_really_better_than_either_arm_alone(minilm: object) -> None:
    report = evaluate(LOCOMO, minilm)  # type: ignore[arg-type]
    for other in ("fts5", "chroma"):
        assert report["bootstrap"][other]["low"] > 0.03
        assert report["all_evidence_at_10"]["ours"] > report["all_evidence_at_10"][other]
