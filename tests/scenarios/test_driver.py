from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scenarios.driver.pdf import write_pdf
from scenarios.driver.session import Session
from scenarios.driver.spec import Scenario, ScenarioError, Step
from scenarios.driver.truth import read


def done(out: Path) -> list[tuple[Any, ...]]:
    """What the person did and saw, without clock times and window ids."""
    told: list[tuple[Any, ...]] = []
    for event in read(out / "truth.jsonl"):
        match event["type"]:
            case "typed" | "do":
                told.append((event["type"], event.get("text") or event.get("do")))
            case "saved":
                told.append(("saved", event["sha"], event["chars"]))
            case "check":
                told.append(("check", event["what"], event["ok"]))
    return told


def play(scenario: Scenario, out: Path, **options: Any) -> dict[str, Any]:
    with Session(scenario, out, speed=2, **options) as session:
        return session.play()


def test_two_runs_of_a_scenario_do_the_same(tiny: Scenario, tmp_path: Path) -> None:
    assert play(tiny, tmp_path / "a", shots=1)["ok"]
    assert play(tiny, tmp_path / "b", shots=1)["ok"]
    assert done(tmp_path / "a") == done(tmp_path / "b")
    assert ("check", "editor text equals saved file", True) in done(tmp_path / "a")


def test_truth_tells_what_was_in_front_and_nothing_is_left_running(tiny: Scenario, tmp_path: Path) -> None:
    play(tiny, tmp_path, shots=1)
    events = read(tmp_path / "truth.jsonl")
    assert events[-1]["type"] == "closed"
    assert events[-1]["left"] == []
    states = [event for event in events if event["type"] == "state"]
    assert {state["app"] for state in states} >= {"editor", "secret"}
    assert all(state["sensitive"] == (state["app"] == "secret") for state in states)
    parts = json.loads((tmp_path / "segments.json").read_text(encoding="utf-8"))
    assert parts[-1]["app"] == "secret"
    shot = next(event for event in events if event["type"] == "shot")
    assert (tmp_path / shot["file"]).read_bytes().startswith(b"\x89PNG")


def test_a_home_that_is_given_keeps_the_work_of_the_sitting_before(tiny: Scenario, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("a", "b"):
        play(tiny, tmp_path / name, home=home)
    assert (home / "notes/candles.txt").read_text(encoding="utf-8") == "Candles\n" + 2 * "beeswax and tallow\n"


def test_an_unknown_step_ends_the_session_and_its_processes(tiny: Scenario, tmp_path: Path) -> None:
    broken = tiny.model_copy(update={"steps": (Step(do="levitate"),), "apps": {}})
    with pytest.raises(ScenarioError, match="levitate"):
        play(broken, tmp_path)
    assert read(tmp_path / "truth.jsonl")[-1]["left"] == []


def test_the_command_line_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    missing = str(tmp_path / "nobody.yaml")
    command = [sys.executable, "-m", "scenarios.driver", missing, "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 2
    assert "nobody.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_pdf_has_its_text_and_a_true_table_of_offsets(tmp_path: Path) -> None:
    path = tmp_path / "rules.pdf"
    write_pdf(["# Rules (short)", "Two metres"], path, "rules")
    raw = path.read_bytes()
    table = int(raw.split(b"startxref\n")[1].split()[0])
    assert raw[table:].startswith(b"xref")
    offsets = [int(line[:10]) for line in raw[table:].split(b"\n")[3:9]]
    assert all(raw[offset:].startswith(b"%d 0 obj" % number) for number, offset in enumerate(offsets, 1))
    assert rb"(Rules \(short\)) Tj" in raw
