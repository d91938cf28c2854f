"""Commands for clients, context, events and sensors, on a running daemon."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from gum.cli import gumctl
from gum.client import Client
from gum.errors import ConfigError, RecordingError, RefusedError
from tests.cli.commands import run
from tests.waiting import until
from tests.working import HandClock, Running, running, text


@pytest.fixture
def now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A service in this process on the home in force, with one belief."""
    clock = HandClock()
    with running(tmp_path / "home", clock=clock) as service:
        monkeypatch.setenv("GUM_HOME", str(service.home.root))
        service.service.agent.receive(text("the harbour survey", clock()))
        clock.forward(hours=2)
        service.work()
        yield service


def test_a_client_is_added_shown_and_revoked(now: Running) -> None:
    token = run("clients", "add", "editor", "--scope", "read", "--theme", "work", "--for", "2d").stdout.strip()
    with Client(now.service.server.url, token) as client:
        assert client.propositions().total == 1
        listed = run("clients", "list").stdout
        assert "editor" in listed
        assert "topics work; nothing sensitive" in listed
        assert run("clients", "revoke", "editor").stdout == "editor has no access any more.\n"
        with pytest.raises(RefusedError):
            client.propositions()
    assert "revoked" in run("clients", "list").stdout
    assert "1 propositions (1)" in run("clients", "log").stdout


def test_every_answer_is_told_as_json_too(now: Running) -> None:
    added = json.loads(run("clients", "add", "editor", "--sensitive", "all", "--json").stdout)
    assert added["client"]["limits"]["sensitive"] is None
    assert added["client"]["scopes"] == ["context"]
    assert json.loads(run("clients", "list", "--json").stdout)[0]["name"] == "editor"
    preview = json.loads(run("clients", "preview", "editor", "harbour", "--json").stdout)
    assert (preview["seen"], preview["withheld"], preview["valid"]) == (1, 0, True)
    assert "harbour" in preview["context"]
    assert json.loads(run("clients", "log", "--json").stdout)["items"] == []
    assert json.loads(run("clients", "revoke", "editor", "--json").stdout)["revoked"] is True


def test_the_preview_says_what_the_client_may_and_what_it_would_see(now: Running) -> None:
    run("clients", "add", "editor", "--min-probability", "0.99")
    said = run("clients", "preview", "editor").stdout
    assert "may: context:" in said
    assert "may not: admin:" in said
    assert "It could see 0 propositions; 1 are withheld." in said


def test_a_name_that_cannot_be_one_is_explained(now: Running) -> None:
    result = CliRunner().invoke(gumctl, ["clients", "add", "Not Good"])
    assert isinstance(result.exception, (RefusedError, ConfigError))
    assert "use small letters" in str(result.exception)


def test_context_is_told_within_its_budget(now: Running) -> None:
    assert "The user works on the harbour survey" in run("context", "harbour").stdout
    view = json.loads(run("context", "harbour", "--max-tokens", "60", "--json").stdout)
    assert view["tokens"] <= 60


def test_events_are_told_as_they_happen(now: Running) -> None:
    def add() -> None:
        until(lambda: now.service.server.served.watcher.ring.listeners > 0)
        now.client.add_proposition("The user keeps bees.")

    thread = threading.Thread(target=add)
    thread.start()
    line = run("events", "--kind", "proposition", "--count", "1", "--json").stdout
    thread.join()
    assert json.loads(line)["change"] == "added"


def test_a_log_of_lines_becomes_observations_of_their_days(now: Running, tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    log.write_text("2026-02-27 ran 5 km\n2026-02-28 swam 1 km\n")
    kept = json.loads(run("observations", "add", str(log), "--each", "line", "--json").stdout)
    assert (kept["entries"], len(kept["observations"])) == (2, 2)
    days = [now.client.observation(id).captured_at.astimezone().date().isoformat() for id in kept["observations"]]
    assert days == ["2026-02-27", "2026-02-28"]
    again = json.loads(run("observations", "add", str(log), "--each", "line", "--json").stdout)
    assert again["observations"] == kept["observations"]


def test_a_script_sends_json_lines(now: Running) -> None:
    kept = run("observations", "add", "-", "--format", "jsonl", "--json", stdin='{"text": "bought flour"}\n').stdout
    (id,) = json.loads(kept)["observations"]
    assert now.client.observation(id).text == "bought flour"


def test_a_line_that_cannot_be_read_is_named_and_what_came_before_is_kept(now: Running) -> None:
    lines = '{"text": "bought flour"}\nnonsense\n'
    result = CliRunner().invoke(gumctl, ["observations", "add", "-", "--format", "jsonl"], input=lines)
    assert isinstance(result.exception, RecordingError)
    assert "Line 2" in str(result.exception)
    assert now.client.observations().items[-1].text == "bought flour"
