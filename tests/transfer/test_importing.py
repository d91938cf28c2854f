"""What other programs have kept is brought in once, excluded and held back as if it had been seen here."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gum.cli import gumctl
from gum.errors import RecordingError
from gum.records import Durability, Status, Trust
from gum.transfer import activitywatch, original
from gum.wire import ImportIn, ObservationIn, StatementIn
from tests.working import HandClock, Running, running

OWN = Path(__file__).parent / "aw.json"
REAL = Path(__file__).parents[3] / "shared" / "data" / "activitywatch"
AT = datetime(2026, 2, 27, 9, tzinfo=UTC)


@pytest.fixture
def now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    with running(tmp_path / "home", clock=HandClock()) as service:
        monkeypatch.setenv("GUM_HOME", str(service.home.root))
        yield service


def bring_in(path: Path) -> dict[str, int]:
    done = CliRunner().invoke(gumctl, ["import", str(path), "--json"], catch_exceptions=False)
    counts: dict[str, int] = json.loads(done.stdout)
    return counts


def test_windows_are_kept_while_the_person_was_there(now: Running) -> None:
    assert bring_in(OWN) == {"observations": 2, "propositions": 0, "known": 0, "left_out": 1}
    gedit, firefox = now.client.observations().items
    assert (gedit.app, gedit.title, gedit.trust) == ("gedit", "survey.txt - gedit", Trust.SYSTEM)
    assert (gedit.until - gedit.captured_at).total_seconds() == 300
    assert firefox.captured_at == datetime(2026, 2, 27, 9, 30, tzinfo=UTC)
    assert (firefox.url, firefox.trust) == ("https://tides.example/today", Trust.UNTRUSTED)
    assert bring_in(OWN) == {"observations": 0, "propositions": 0, "known": 2, "left_out": 1}
    episodes = now.client.episodes(AT, AT.replace(hour=12))
    assert [one.app for one in episodes] == ["gedit", "firefox"]
    assert episodes[0].dwell_s == 300


def test_the_forms_of_the_export_say_the_same(tmp_path: Path) -> None:
    document = json.loads(OWN.read_text())
    buckets = list(document["buckets"].values())
    listed = {"buckets": buckets}
    beside = {
        "buckets": {one["id"]: {key: one[key] for key in one if key not in {"events", "type"}} for one in buckets},
        "events": {one["id"]: one["events"] for one in buckets},
    }
    expected = activitywatch.read(OWN)
    for name, form in (("listed", listed), ("beside", beside)):
        path = tmp_path / f"{name}.json.gz"
        path.write_bytes(gzip.compress(json.dumps(form).encode()))
        assert activitywatch.read(path) == expected


@pytest.mark.skipif(not REAL.is_dir(), reason="the ActivityWatch exports are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "least"), [("aw-buckets-export.json.gz", 250), ("afk_transition.json", 1), ("simple_work_session.json", 2)]
)
def test_exports_of_others_are_read(now: Running, name: str, least: int) -> None:
    counts = bring_in(REAL / name)
    assert counts["observations"] >= least
    assert counts["known"] == 0
    again = bring_in(REAL / name)
    assert again["observations"] == 0


@pytest.mark.parametrize(
    "document",
    ["", "[]", "{}", '{"buckets": 1}', '{"buckets": {"a": 1}}', '{"buckets": {"a": {"events": {}}}}']
    + [
        json.dumps({"buckets": {"aw-watcher-window_x": {"type": "currentwindow", "events": [one]}}})
        for one in (1, {}, {"timestamp": "yesterday"}, {"timestamp": "2026-02-27T09:00:00Z", "duration": -1})
    ],
)
def test_a_malformed_export_brings_nothing_in(now: Running, tmp_path: Path, document: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(document)
    result = CliRunner().invoke(gumctl, ["import", str(path)])
    assert isinstance(result.exception, RecordingError)
    assert str(path) in str(result.exception)
    assert now.client.observations().items == []


# ------------------------------------------------------------------------- the original GUM


def gum_db(path: Path) -> Path:
    """Write a database as the original GUM's code lays it out."""
    with sqlite3.connect(path) as database:
        database.executescript(
            """
            CREATE TABLE observations(id INTEGER PRIMARY KEY, observer_name VARCHAR(100) NOT NULL,
              content TEXT NOT NULL, content_type VARCHAR(50) NOT NULL, created_at DATETIME, updated_at DATETIME);
            CREATE TABLE propositions(id INTEGER PRIMARY KEY, text TEXT NOT NULL, reasoning TEXT NOT NULL,
              confidence INTEGER, decay INTEGER, created_at DATETIME, updated_at DATETIME,
              revision_group VARCHAR(36), version INTEGER);
            CREATE TABLE observation_proposition(observation_id INTEGER, proposition_id INTEGER,
              PRIMARY KEY(observation_id, proposition_id));
            CREATE VIRTUAL TABLE propositions_fts USING fts5(text, reasoning, content='propositions');
            """
        )
        seen = [(1, "Screen", "Application: gedit. Notes on the harbour survey.", "2026-02-26 08:00:00")]
        seen += [(2, "Screen", "Application: Mail. To Ada, about the harbour survey.", "2026-02-26 18:00:00")]
        database.executemany("INSERT INTO observations VALUES(?, ?, ?, 'input_text', ?, NULL)", seen)
        said = [
            (1, "Sam is preparing a harbour survey.", "Notes and a mail.", 9, 8, "2026-02-26 18:05:00"),
            (2, "Sam likes short mails.", "One mail.", 3, None, "2026-02-26 18:05:00.123456"),
            (3, "Sam has diabetes.", "A page.", 7, 10, "2026-02-26 18:05:00"),
        ]
        database.executemany("INSERT INTO propositions VALUES(?, ?, ?, ?, ?, ?, NULL, 'g', 1)", said)
        database.executemany("INSERT INTO observation_proposition VALUES(?, ?)", [(1, 1), (2, 1), (2, 2), (9, 2)])
    database.close()
    return path


def id_of(now: Running, words: str) -> int:
    (found,) = [one for one in now.client.propositions(limit=500).items if words in one.text]
    return found.id


def test_the_originals_propositions_are_candidates_with_evidence(now: Running, tmp_path: Path) -> None:
    path = gum_db(tmp_path / "gum.db")
    assert bring_in(path) == {"observations": 2, "propositions": 2, "known": 0, "left_out": 1}
    survey, mails = (now.client.proposition(id_of(now, words)) for words in ("preparing", "short mails"))
    assert survey.proposition.text == "Sam is preparing a harbour survey."
    assert (survey.proposition.status, survey.proposition.trust) == (Status.CANDIDATE, Trust.UNTRUSTED)
    assert survey.proposition.durability is Durability.PHASE
    assert 0.2 < mails.proposition.probability < survey.proposition.probability == 0.4
    assert mails.proposition.durability is Durability.PROJECT
    assert [one.quote for one in survey.evidence] == [one.text for one in now.client.observations().items]
    assert survey.evidence[0].at == datetime(2026, 2, 26, 8, tzinfo=UTC)
    assert now.client.observations().items[0].observer == "gum:Screen"
    assert bring_in(path) == {"observations": 0, "propositions": 0, "known": 4, "left_out": 1}


def test_what_was_rejected_here_is_not_brought_back(now: Running, tmp_path: Path) -> None:
    path = gum_db(tmp_path / "gum.db")
    bring_in(path)
    id = id_of(now, "preparing")
    now.client.reject(id)
    assert bring_in(path)["left_out"] == 2
    assert now.client.proposition(id).proposition.status == Status.REJECTED


def test_another_database_is_refused(now: Running, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE notes(text)")
    database.close()
    torn = tmp_path / "torn.db"
    torn.write_bytes(gum_db(tmp_path / "gum.db").read_bytes()[:5000])
    for path in (other, torn):
        with pytest.raises(RecordingError, match="original GUM"):
            original.read(path)


def test_one_request_is_taken_in_whole_or_not_at_all(now: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = ObservationIn(observer="x", kind="text", captured_at=AT, text="my password is hunter2!x", source="x:1")
    said = StatementIn(text="The user sails.", at=AT, sources=["x:1"])
    tombstones = now.service.store.tombstones

    def full(*_: Any) -> bool:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(tombstones, "covers", full)
        with pytest.raises(sqlite3.OperationalError):
            now.service.take_in(ImportIn(by="x", observations=[seen], propositions=[said]))
    assert now.client.observations().items == []
    now.client.take_in(ImportIn(by="x", observations=[seen], propositions=[said]))
    (kept,) = now.client.observations().items
    assert "hunter2" not in kept.text
    assert now.client.proposition(id_of(now, "sails")).evidence[0].observation == kept.id
