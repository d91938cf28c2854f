from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.driver.spec import ScenarioError, load, parse
from tests.scenarios.conftest import tiny_form

PERSONAS = sorted((Path(__file__).parents[2] / "scenarios" / "personas").glob("*.yaml"))


@pytest.mark.parametrize("path", PERSONAS, ids=lambda path: path.stem)
def test_every_persona_can_be_read_and_has_sittings_and_facts(path: Path) -> None:
    scenario = load(path)
    assert scenario.name == path.stem
    assert scenario.facts
    for sitting in scenario.sittings():
        assert sitting.start.tzinfo is not None
        assert scenario.for_sitting(sitting).steps == sitting.steps


def test_an_unknown_key_is_refused_and_named() -> None:
    with pytest.raises(ScenarioError, match="kbps"):
        parse({**tiny_form(), "kbps": 3})


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("name: [", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"broken\.yaml"):
        load(path)


def test_a_scenario_without_anything_to_do_is_refused() -> None:
    with pytest.raises(ScenarioError, match="either 'steps' or 'sessions'"):
        parse({"name": "still"}).sittings()


def test_a_sitting_sees_the_mail_of_its_day_and_opens_its_own_applications() -> None:
    form = tiny_form()
    steps = form.pop("steps")
    form["mail"] = [
        {"from": "Bo", "subject": "early", "body": "x", "day": "2026-03-02"},
        {"from": "Bo", "subject": "late", "body": "x", "day": "2026-03-03"},
    ]
    form["sessions"] = [
        {"name": "mon", "start": "2026-03-02T09:00:00+01:00", "apps": ["editor"], "steps": steps},
        {"name": "tue", "start": "2026-03-03T09:00:00+01:00", "apps": ["editor", "secret"], "steps": steps},
    ]
    scenario = parse(form)
    monday, tuesday = map(scenario.for_sitting, scenario.sittings())
    assert [item.subject for item in monday.mail] == ["early"]
    assert [item.subject for item in tuesday.mail] == ["early", "late"]
    assert [key for key, app in monday.apps.items() if app.start] == ["editor"]
    assert list(tuesday.apps) == ["editor", "secret"]


def test_a_sitting_with_an_unknown_application_is_refused() -> None:
    form = tiny_form()
    sitting = {"name": "mon", "start": "2026-03-02T09:00:00+01:00", "apps": ["nothing"], "steps": form.pop("steps")}
    scenario = parse({**form, "sessions": [sitting]})
    with pytest.raises(ScenarioError, match="nothing"):
        scenario.for_sitting(scenario.sittings()[0])
