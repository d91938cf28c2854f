"""Any recording is replayed through the whole pipeline; the keys of its result are kept."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gum.cli.exit_codes import ExitCode
from gum.demo import RECORDING
from gum.paths import Home
from tests.daemon.recordings import write
from tests.working import Daemon, gumctl

FOREIGN = Path(__file__).parents[3] / "shared" / "data" / "recordings"
NEEDED = {
    "observations": {"id", "time", "app", "title", "text"},
    "propositions": {"id", "text", "probability", "kind", "durability", "evidence"},
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def brought(home: Home, *arguments: str) -> dict[str, Any]:
    done = gumctl(home, "replay", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    for key, needed in NEEDED.items():
        assert all(needed <= one.keys() for one in result[key])
    for one in result["propositions"]:
        assert all({"observation", "quote", "stance"} <= piece.keys() for piece in one["evidence"])
    return result


def texts(result: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((one["kind"], one["text"]) for one in result["observations"])


def test_it_leaves_the_persons_own_home_alone(home: Home, tmp_path: Path) -> None:
    recording = write(tmp_path / "recording", notes=30, pictures=3)
    result = brought(home, str(recording))
    assert [text for kind, text in texts(result) if kind == "screen"]
    assert len([1 for kind, _ in texts(result) if kind == "text"]) == 30
    assert result["episodes"]
    assert not home.root.exists()


def test_every_piece_of_evidence_is_of_an_observation_in_the_result(home: Home) -> None:
    result = brought(home, str(RECORDING))
    seen = {one["id"]: " ".join(f"{one['text']} {one['title']} {one['url']}".split()) for one in result["observations"]}
    assert result["propositions"]
    for one in result["propositions"]:
        assert one["evidence"]
        assert all(" ".join(piece["quote"].split()) in seen[piece["observation"]] for piece in one["evidence"])


def test_into_a_home_without_a_daemon_it_is_kept_once(home: Home, tmp_path: Path) -> None:
    recording = write(tmp_path / "recording", notes=20)
    kept = Home(tmp_path / "kept")
    first = brought(home, str(recording), "--into", str(kept.root))
    again = brought(home, str(recording), "--into", str(kept.root))
    assert texts(first) == texts(again)
    with closing(sqlite3.connect(kept.database)) as disk:
        assert disk.execute("SELECT count(*) FROM observations").fetchone() == (20,)


@pytest.mark.timeout(240)
def test_through_a_daemon_it_brings_what_it_brings_without(home: Home, tmp_path: Path, daemon: Daemon) -> None:
    recording = write(tmp_path / "recording", notes=40, pictures=4)
    daemon.start()
    through = brought(home, str(recording), "--into", str(daemon.home.root))
    alone = brought(home, str(recording))
    assert texts(through) == texts(alone)
    assert [one["document"] for one in through["episodes"]] == [one["document"] for one in alone["episodes"]]


def test_what_is_no_recording_is_one_sentence(home: Home, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "recording.json").write_text("{")
    for name in ("empty", "broken", "absent"):
        done = gumctl(home, "replay", str(tmp_path / name))
        assert done.returncode == ExitCode.ERROR
        assert str(tmp_path / name) in done.stderr
        assert "Traceback" not in done.stderr
        assert done.stdout == ""


@pytest.mark.skipif(not FOREIGN.exists(), reason="the recordings that nobody here made are not on this machine")
@pytest.mark.timeout(240)
def test_recordings_that_nobody_here_made_replay_without_error(home: Home) -> None:
    folders = sorted(path for path in FOREIGN.iterdir() if path.is_dir())
    assert len(folders) == 6
    for folder in folders:
        result = brought(home, str(folder))
        assert result["observations"], folder.name
        assert result["episodes"], folder.name
        assert any(one["text"] for one in result["observations"]), folder.name
