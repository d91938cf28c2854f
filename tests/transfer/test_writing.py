"""Exports for people and programs, everything or a selection."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gum.cli import gumctl
from gum.client import Client
from gum.errors import RefusedError
from gum.paths import Home
from gum.store.encryption import conversion
from gum.store.encryption.holders import FileHolder
from gum.store.lock import OwnerLock
from gum.wire import ForgetIn
from tests.working import HandClock, Running, running, text


@pytest.fixture
def now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    clock = HandClock()
    with running(tmp_path / "home", clock=clock) as service:
        monkeypatch.setenv("GUM_HOME", str(service.home.root))
        for n in range(3):
            service.service.agent.receive(text(f"report number {n}", clock()))
            clock.forward(hours=2)
        service.work()
        service.client.add_proposition("The user plays the cello.")
        yield service


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(gumctl, ["export", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_json_lines_hold_everything(now: Running, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    done = json.loads(run(str(path), "--json").stdout)
    found = lines(path)
    assert done["bytes"] == path.stat().st_size
    assert path.stat().st_mode & 0o077 == 0
    count = {kind: sum(one["type"] == kind for one in found) for kind in ("proposition", "episode", "observation")}
    assert count == {"proposition": 4, "episode": 3, "observation": 3}
    belief = next(one for one in found if one["type"] == "proposition")
    assert belief["evidence"][0]["quote"] == "report number 0"
    assert belief["revisions"][0]["seq"] == 1


def test_a_selection_holds_what_it_names(now: Running, tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    run(str(path), "--part", "propositions", "--status", "confirmed")
    assert [one["proposition"]["text"] for one in lines(path)] == ["The user plays the cello."]
    run(str(path), "--part", "observations", "--until", "2026-03-02T10:00+00:00")
    assert [one["text"] for one in lines(path)] == ["report number 0"]


def test_markdown_is_for_reading(now: Running, tmp_path: Path) -> None:
    path = tmp_path / "me.md"
    run(str(path), "--format", "markdown")
    page = path.read_text()
    assert "## Work" in page
    assert "- The user plays the cello. — almost certain" in page
    assert "  - “report number 1”, 2026-03-02" in page


def test_forgetting_names_the_exports(now: Running, tmp_path: Path) -> None:
    path = tmp_path / "me.md"
    run(str(path), "--format", "markdown")
    assert now.client.forget_preview(ForgetIn(text="report")).exports == [str(path)]
    assert [one.path for one in now.client.exports()] == [str(path)]


def test_a_client_needs_the_scope_and_no_limits(now: Running) -> None:
    limited = now.client.add_client("limited", ["read"]).token
    reader = now.client.add_client("reader", ["read"], all_sensitive=True).token
    with Client(now.service.server.url, limited) as client, pytest.raises(RefusedError):
        client.export(io.BytesIO())
    with Client(now.service.server.url, reader) as client:
        client.export(io.BytesIO())
        with pytest.raises(RefusedError, match="admin"):
            client.export(io.BytesIO(), "archive")
    (told,) = [one for one in now.client.access("reader").items if one.status == 200]
    assert told.shown["propositions"]["count"] == 4


def test_an_archive_goes_out_and_in_by_command(now: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "life.zip"
    run(str(path), "--format", "archive")
    monkeypatch.setenv("GUM_HOME", str(tmp_path / "there"))
    done = CliRunner().invoke(gumctl, ["import", str(path)], catch_exceptions=False)
    assert done.stdout.startswith("Restored: 3 observations")
    again = CliRunner().invoke(gumctl, ["import", str(path)])
    assert "holds something already" in str(again.exception)


def test_an_encrypted_home_warns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path / "secret")
    with running(home.root):
        pass
    with OwnerLock(home):
        conversion.encrypt(home, FileHolder.new(tmp_path / "key"))
    monkeypatch.setenv("GUM_HOME", str(home.root))
    with running(home.root):
        assert "will not be" in run(str(tmp_path / "x.jsonl")).stderr
