"""Speaking on labelled traces: how rows are read, counted and judged.

The sample holds two of the traces of ProactiveBench (thunlp/ProactiveAgent@8638361, Apache-2.0).
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gum.cli import gumctl
from gum.errors import RecordingError
from gum.evaluate.suggestions.speaking import evaluate, interval, rates
from gum.evaluate.suggestions.traces import load
from gum.suggest.need.estimate import shipped_rows

SAMPLE = Path(__file__).with_name("traces.jsonl.gz")


def line(*events: str, needed: bool) -> str:
    return json.dumps({"obs": [{"time": "1", "event": one} for one in events], "help_needed": needed})


def test_each_distinct_row_of_events_counts_once_and_a_trace_is_known_by_its_first(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    first, second = line("a", needed=True), line("a", "b", needed=False)
    file.write_text("\n".join([first, second, first, "", line("b", needed=False)]), encoding="utf-8")
    rows = load(file)
    assert [row.needed for row in rows] == [True, False, False]
    assert rows[0].trace == rows[1].trace != rows[2].trace


@pytest.mark.parametrize("text", ["{", "[]", '{"obs": [], "help_needed": true}', '{"obs": [{"event": 1}]}', "7"])
def test_a_line_that_is_no_row_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(f"{line('a', needed=True)}\n{text}\n", encoding="utf-8")
    with pytest.raises(RecordingError, match="Line 2 of"):
        load(file)


def test_damaged_or_empty_files_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl.gz"
    file.write_bytes(gzip.compress(b"x" * 1000)[:20])
    with pytest.raises(RecordingError, match="cannot be read"):
        load(file)
    file.write_bytes(b"\n")
    with pytest.raises(RecordingError, match="no rows"):
        load(file)


def test_rates_are_those_of_the_definition() -> None:
    told = [(True, True)] * 3 + [(True, False)] + [(False, True)] * 2 + [(False, False)] * 6
    assert rates(told) == {"precision": 0.6, "recall": 0.75, "f1": 0.6667, "false_alarm_rate": 0.25}
    assert rates([(True, False)]) == {"precision": None, "recall": 0.0, "f1": 0.0, "false_alarm_rate": None}


def test_an_interval_leaves_out_what_could_not_be_counted() -> None:
    assert interval([None, 0.2, 0.4, None]) == [0.2, 0.2]
    assert interval([None]) is None


def test_the_gate_speaks_less_wrongly_than_always_and_hears_more_than_never() -> None:
    report = evaluate(load(SAMPLE))
    assert (report["traces"], report["traces_fitted_on"]) == (2, 2)
    assert report["always"]["recall"] == report["always"]["false_alarm_rate"] == 1
    assert report["never"]["recall"] == report["never"]["false_alarm_rate"] == 0
    assert report["gate"]["recall"] > report["gate"]["false_alarm_rate"]
    low, high = report["gate"]["recall_interval"]
    assert low <= report["gate"]["recall"] <= high


def test_all_traces_left_out_in_turn_reach_what_is_told_in_the_documents() -> None:
    gate = evaluate(shipped_rows())["gate"]
    assert gate["recall"] >= 0.6
    assert gate["false_alarm_rate"] <= 0.35


def test_the_command_writes_the_report() -> None:
    done = CliRunner().invoke(gumctl, ["eval", "suggestions", str(SAMPLE), "--people", "0", "--json"])
    report = json.loads(done.stdout)
    assert {"precision", "recall", "f1", "false_alarm_rate", "recall_interval"} <= set(report["gate"])
    told = CliRunner().invoke(gumctl, ["eval", "suggestions", str(SAMPLE), "--people", "0"]).stdout
    assert "the gate" in told
    assert "2 of the traces are known" in told
