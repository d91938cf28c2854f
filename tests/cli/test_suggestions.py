"""What is offered, answered from the command line, with its results, the digest, and preferences."""

from __future__ import annotations

from pathlib import Path

import pytest

from gum.errors import GumError
from gum.records import Suggestion
from tests.cli.test_commands import now, read, run
from tests.suggest.writing import writing
from tests.working import Running, running, settings

__all__ = ["now"]


@pytest.fixture
def offered(now: Running) -> Running:
    """Three suggestions, of which nothing was answered yet."""
    known = now.client.search("harbour survey")[0].proposition.id
    for number in range(3):
        payload = {"title": f"Survey {number}", "markdown": "All of it."}
        at = now.service.clock()
        now.service.store.suggestions.add(
            Suggestion("collect", f"Keep {number}", "Read.", "note", payload, (known,), "shown", {}, f"k{number}", at)
        )
    return now


def test_each_answer_has_effect_and_the_results_are_told_by_project(offered: Running) -> None:
    assert "write the-harbour-survey/Survey-0.md" in run("suggestions", "show", "1").stdout
    accepted = read("suggestions", "accept", "1")
    assert Path(accepted["files"][0]).read_text() == "All of it.\n"
    assert read("suggestions", "later", "2", "2h")["status"] == "snoozed"
    assert read("suggestions", "not-this-kind", "3")["result"]["scope"] == "kind"
    assert "Survey-0.md" in run("suggestions", "results").stdout
    (project,) = read("suggestions", "results")
    assert (project["project"], [one["id"] for one in project["results"]]) == ("the harbour survey", [1])
    digest = read("suggestions", "digest")
    assert ([one["id"] for one in digest["open"]], [one["id"] for one in digest["done"]]) == ([2], [1])
    assert "waiting: 2  Keep 1" in run("suggestions", "digest").stdout
    assert read("suggestions", "undo", "1")["status"] == "undone"
    assert read("suggestions", "results") == []


def test_a_result_is_written_anew_as_wished_and_each_version_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing() as infer, running(tmp_path / "home", settings(infer=infer)) as now:
        monkeypatch.setenv("GUM_HOME", str(now.home.root))
        payload = {"title": "Survey", "markdown": "All of it."}
        offer = Suggestion("collect", "Keep it", "", "note", payload, (), "shown", {}, "k", now.service.clock())
        now.service.store.suggestions.add(offer)
        run("suggestions", "accept", "1")
        told = run("suggestions", "refine", "1", "shorter").stdout
        assert "Wrote Survey-2.md" in told
        assert "SHORTER: All of it." in told
        made = read("suggestions", "refine", "1", "in French")
        assert [Path(one).name for one in made["files"]] == ["Survey.md", "Survey-2.md", "Survey-3.md"]
        assert [one["wish"] for one in made["result"]["versions"]] == ["", "shorter", "in French"]
        assert [read("suggestions", "undo", "1")["status"] for _ in range(3)] == ["accepted", "accepted", "undone"]
        assert list(now.home.output.rglob("*.md")) == []


def test_without_a_model_writing_anew_says_what_is_missing(offered: Running) -> None:
    run("suggestions", "accept", "1")
    with pytest.raises(GumError, match=r"takes a model, and none is in use\..*gumctl models pull"):
        run("suggestions", "refine", "1", "shorter")


def test_notifications_that_are_not_observed_are_said_to_be_so(now: Running) -> None:
    assert read("notifications")["items"] == []
    assert "not observed" in run("notifications").stderr


def test_preferences_are_told_for_a_domain(now: Running) -> None:
    now.client.add_proposition("I like slow films.")
    found = read("preferences", "films")
    assert (found["domain"], found["verdict"]) == ("films", "now")
    assert run("preferences", "films").stdout.startswith("The user's preferences for films.")
