"""Commands on a running daemon: results on stdout, as words or as JSON, with effect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from gum.cli import gumctl
from gum.cli.exit_codes import ExitCode
from gum.errors import GumError
from tests.cli.commands import read, run
from tests.working import START, HandClock, Running, running, text

HOSTILE = "\x1b]0;owned\x07 harbour \x9b2J survey"


@pytest.fixture
def now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A service in this process on the home in force, with three beliefs."""
    clock = HandClock()
    with running(tmp_path / "home", clock=clock) as service:
        monkeypatch.setenv("GUM_HOME", str(service.home.root))
        for number, words in enumerate(("the harbour survey", "a bread recipe", "the tide tables")):
            service.service.agent.receive(text(words, START + timedelta(minutes=20 * number), app=f"App{number}"))
        clock.forward(hours=2)
        service.work()
        yield service


def test_propositions_are_listed_and_shown(now: Running) -> None:
    assert "harbour survey" in run("propositions", "list").stdout
    page = read("propositions", "list", "--query", "bread")
    (one,) = [item for item in page["items"] if "bread" in item["text"]]
    assert {"id", "text", "probability", "kind", "durability", "likelihood"} <= one.keys()
    shown = run("propositions", "show", str(one["id"])).stdout
    assert "“a bread recipe”" in shown
    assert read("propositions", "show", str(one["id"]))["evidence"][0]["quote"] == "a bread recipe"


def test_each_verdict_has_effect(now: Running) -> None:
    first, second, third = (str(one["id"]) for one in read("propositions", "list")["items"])
    assert read("propositions", "confirm", first, "--note", "yes")["proposition"]["status"] == "confirmed"
    assert read("propositions", "undo", first)["proposition"]["status"] == "active"
    assert read("propositions", "confirm", first)["proposition"]["status"] == "confirmed"
    assert run("propositions", "undo", first).stderr == "Taken back: change 4, confirm by person.\n"
    assert read("propositions", "edit", first, "The user bakes.")["proposition"]["text"] == "The user bakes."
    assert read("propositions", "pin", first)["proposition"]["pinned"] is True
    assert read("propositions", "pin", first, "--off")["proposition"]["pinned"] is False
    assert read("propositions", "reject", second)["proposition"]["status"] == "rejected"
    assert read("propositions", "never", third)["proposition"]["status"] == "rejected"
    assert [one["id"] for one in read("propositions", "list")["items"]] == [int(first)]
    assert len(read("propositions", "list", "--all")["items"]) == 3
    assert read("propositions", "add", "The user is vegetarian.")["proposition"]["trust"] == "stated"


def test_what_is_not_there_is_one_sentence(now: Running) -> None:
    with pytest.raises(GumError, match=r"There is no proposition 99\b"):
        run("propositions", "show", "99")


def test_a_number_too_large_for_the_database_is_refused_in_a_sentence(now: Running) -> None:
    with pytest.raises(GumError, match="less than or equal to"):
        run("propositions", "show", "9" * 23)


def test_an_empty_text_is_refused_in_plain_words(now: Running) -> None:
    for arguments in (("propositions", "edit", "1", ""), ("ask", "")):
        with pytest.raises(GumError, match="there must be some text"):
            run(*arguments)


def test_propositions_are_chosen_by_the_words_that_are_shown(now: Running) -> None:
    for choice in (("--status", "active"), ("--kind", "activity"), ("--theme", "work")):
        (shown,) = {one[choice[0][2:]] for one in read("propositions", "list", *choice)["items"]}
        assert shown == choice[1]
    result = CliRunner().invoke(gumctl, ["propositions", "list", "--status", "gone"])
    assert result.exit_code == ExitCode.USAGE
    assert "'active'" in result.stderr


def test_search_and_ask(now: Running) -> None:
    assert read("search", "tide")[0]["proposition"]["text"].endswith("the tide tables")
    assert " words " in run("search", "tide").stdout
    answer = run("ask", "What about the tide?")
    assert "tide tables" in answer.stdout
    assert "echo/1" in answer.stderr


def test_a_file_or_a_text_can_be_added_from_any_sensor(now: Running, tmp_path: Path) -> None:
    diary = tmp_path / "diary.txt"
    diary.write_text("Ran five kilometres – 🏃", encoding="utf-8")
    (id,) = read("observations", "add", str(diary), "--source", "diary:1", "--at", "2026-03-02T10:30+00:00")[
        "observations"
    ]
    again = read("observations", "add", str(diary), "--source", "diary:1")
    assert (again["observations"], again["added"]) == ([id], 0)
    assert "was there already" in run("observations", "add", str(diary), "--source", "diary:1").stdout
    read("observations", "add", "-", "--title", "log", stdin="Slept eight hours")
    kept = read("observations", "list", "--since", "2026-03-02")["items"]
    assert [one["text"] for one in kept if one["observer"] == "file"] == [
        "Ran five kilometres – 🏃",
        "Slept eight hours",
    ]
    assert next(one for one in kept if one["id"] == id)["title"] == "diary.txt"


def test_a_file_that_is_no_text_is_refused(now: Running, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(GumError, match="cannot be read as UTF-8 text"):
        run("observations", "add", str(picture))
    for path, why in ((tmp_path / "absent.txt", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(GumError, match=why):
            run("observations", "add", str(path))


def test_episodes_and_suggestions_are_listed(now: Running) -> None:
    assert len(read("episodes", "--since", "2026-03-01")) == 3
    assert "App1" in run("episodes", "--since", "2026-03-01").stdout
    assert read("suggestions", "list", "--all") == []
    assert "no suggestions" in run("suggestions", "list").stderr


def test_pause_and_resume(now: Running) -> None:
    assert run("pause", "15m").stdout.startswith("paused until ")
    assert read("status")["verdict"] == "paused"
    assert read("pause")["paused_until"] is None
    assert "paused" not in read("resume")["verdict"]


@pytest.mark.parametrize("words", [("soon",), ("until",), ("until", "later"), ("15m", "20m"), ("0m",)])
def test_a_pause_that_cannot_be_read_is_a_wrong_use(now: Running, words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(gumctl, ["pause", *words])
    assert result.exit_code == ExitCode.USAGE
    assert not now.client.status().paused


def test_status_says_in_words_and_code_how_it_is(now: Running) -> None:
    result = CliRunner().invoke(gumctl, ["status"])
    assert (
        result.stdout.splitlines()[0]
        == "running but not capturing: no observer is switched on (capture.observers), and nothing was sent here yet"
    )
    assert result.exit_code == ExitCode.NOT_CAPTURING
    status = json.loads(CliRunner().invoke(gumctl, ["status", "--json"]).stdout)
    assert {"verdict", "api", "last_frame_age_s", "queue", "model", "disk"} <= status.keys()


def test_status_names_every_problem_whatever_the_verdict(now: Running) -> None:
    now.service.agent.problems.set("model", "The model could not be loaded.")
    result = CliRunner().invoke(gumctl, ["status"])
    assert result.stdout.splitlines()[1] == "  problem     The model could not be loaded."
    assert result.exit_code == ExitCode.NOT_CAPTURING


def test_a_stopped_daemon_has_the_same_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUM_HOME", str(tmp_path / "nowhere"))
    result = CliRunner().invoke(gumctl, ["status", "--json"])
    assert result.exit_code == ExitCode.STOPPED
    status = json.loads(result.stdout)
    assert status["verdict"] == "stopped"
    assert {"verdict", "api", "last_frame_age_s", "queue", "model", "disk"} <= status.keys()
    assert not (tmp_path / "nowhere").exists()


def test_what_was_on_screen_cannot_steer_the_terminal(now: Running) -> None:
    now.client.add_proposition("The user reads about the harbour.")
    now.service.store.propositions.update(1, {"text": HOSTILE, "reasoning": HOSTILE}, "person", "edited")
    for arguments in (
        ("propositions", "list"),
        ("propositions", "show", "1"),
        ("search", "harbour"),
        ("ask", "harbour"),
    ):
        out = run(*arguments).stdout
        assert "harbour" in out
        assert not set(out) & {"\x1b", "\x07", "\x9b"}


def test_settings_are_shown_checked_and_located(now: Running) -> None:
    assert "capture.heartbeat_s = 10.0" in run("config", "show").stdout
    assert read("config", "show")["capture"]["heartbeat_s"] == 10.0
    assert run("config", "path").stdout.strip() == str(now.home.config)
    assert read("config", "check")["ok"] is True
    now.home.config.write_text("[capture]\nheart_beat_s = 3\n")
    with pytest.raises(GumError, match="heartbeat_s"):
        run("config", "check")


def test_the_settings_that_are_shown_can_be_copied_into_the_file(now: Running) -> None:
    chosen = "exclude.titles = ['\\bprivé\\b', 'say \"no\"']\nobservers.mine = {often = true, every = 2.5}\n"
    now.home.config.write_text(chosen, encoding="utf-8")
    before = read("config", "show")
    assert before["exclude"]["titles"] == ["\\bprivé\\b", 'say "no"']
    now.home.config.write_text(run("config", "show").stdout, encoding="utf-8")
    assert read("config", "show") == before


def test_models_and_token_are_told(now: Running) -> None:
    rows = {(one["part"], one["name"]): one["state"] for one in read("models", "list")["parts"]}
    assert rows["engines", "statistical"] == "ready"
    assert "gumctl models pull" in rows["engines", "llama"]
    assert read("token", "show")["token"] == now.token


def test_the_doctor_finds_what_is_wrong_and_says_the_fix(now: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    (now.home.root / "stray.txt").write_text("")
    (now.home.root / "stray.txt").chmod(0o644)
    weights = now.home.models / "weights.gguf"  # taken over by a second name, so its mode is the other program's
    weights.parent.mkdir(mode=0o700, exist_ok=True)
    weights.write_text("")
    weights.chmod(0o644)
    result = CliRunner().invoke(gumctl, ["doctor", "--json"])
    assert result.exit_code == ExitCode.CHECK_FAILED
    checks = {one["name"]: one for one in json.loads(result.stdout)["checks"]}
    assert checks["display"]["state"] == "fail"
    assert checks["permissions"]["state"] == "fail"
    assert "stray.txt" in checks["permissions"]["sentence"]
    (now.home.root / "stray.txt").unlink()
    again = json.loads(CliRunner().invoke(gumctl, ["doctor", "--json"]).stdout)["checks"]
    assert next(one for one in again if one["name"] == "permissions")["state"] == "ok"
    assert "chmod" in checks["permissions"]["fix"]
    for name in ("settings", "engine", "reader", "owner", "database", "word index", "disk", "clock"):
        assert checks[name]["state"] == "ok", checks[name]
    assert all(one["fix"] for one in checks.values() if one["state"] != "ok")


@pytest.mark.parametrize("below", [".", "deeper"])
def test_the_doctor_finds_a_home_that_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, below: str) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GUM_HOME", str(tmp_path / "file" / below))
    result = CliRunner().invoke(gumctl, ["doctor", "--json"])
    checks = {one["name"]: one for one in json.loads(result.stdout)["checks"]}
    assert checks["disk"]["state"] == "fail"
    assert "folder" in checks["disk"]["fix"]
    assert "process" not in checks["owner"]["fix"]


def test_the_review_needs_a_terminal(now: Running) -> None:
    with pytest.raises(GumError, match="needs a terminal"):
        run("tui")
