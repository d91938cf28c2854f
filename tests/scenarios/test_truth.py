from __future__ import annotations

from pathlib import Path
from typing import Any

from gum.replay.score import facts_of
from scenarios.driver.spec import parse
from scenarios.driver.truth import TruthLog, read, segments
from scenarios.truth import truth_of


def state(t: float, app: str, title: str, **fields: Any) -> dict[str, Any]:
    kept = {"kind": "mousepad", "cls": "Mousepad", "source": f"{app}.txt", "sensitive": False, "text": "x"}
    return {"type": "state", "t": t, "app": app, "title": title, **kept, **fields}


def test_events_are_written_with_their_step_and_read_back(tmp_path: Path) -> None:
    log = TruthLog(tmp_path / "new")
    log.step = 4
    log.write("typed", app="editor", text="bøker")
    log.check("it is saved", False, "3 vs 4")
    log.close()
    typed, check = read(tmp_path / "new" / "truth.jsonl")
    assert (typed["step"], typed["text"]) == (4, "bøker")
    assert check["detail"] == "3 vs 4"
    assert not log.all_ok()


def test_segments_follow_window_title_and_source() -> None:
    events = [state(1, "a", "A"), state(2, "a", "A", text="y"), state(3, "b", "B"), {"type": "end", "t": 7}]
    assert [(part["app"], part["start"], part["seconds"]) for part in segments(events)] == [("a", 1, 2), ("b", 3, 4)]


def test_a_fact_of_question_and_answer_keeps_its_words() -> None:
    scenario = parse({"name": "old", "facts": [{"q": "How many?", "a": "84", "where": "browser"}]})
    (fact,) = facts_of(truth_of(scenario, {}))
    assert (fact.question, fact.answer) == ("How many?", "84")


def test_nothing_of_a_sensitive_window_is_in_the_log() -> None:
    events = [
        state(1, "editor", "notes.txt", source="notes.txt"),
        state(2, "vault", "Vault", source="vault.txt", sensitive=True, cls="Vaultling"),
        state(3, "term", "term", kind="xterm", cls="XTerm", source=None, text="$ make"),
        state(4, "vault", "Vault", kind="xterm", sensitive=True, text="hunter2"),
    ]
    log = truth_of(parse({"name": "x"}), {"mon": events})["log"]
    assert log["documents"] == ["notes.txt"]
    assert log["apps"] == ["Mousepad", "XTerm"]
    assert [item["text"] for item in log["shown"]] == ["$ make"]


def test_the_log_names_who_wrote_the_mails_that_were_opened() -> None:
    scenario = parse({"name": "x", "mail": [{"id": "wax", "from": "Bo Lund", "subject": "Wax", "body": "x"}]})
    shown = state(1, "web", "Wax", kind="chromium", source="http://mail.test/m/wax")
    log = truth_of(scenario, {"mon": [shown, shown]})["log"]
    assert log["mail"] == [{"session": "mon", "from": "Bo Lund", "subject": "Wax"}]
