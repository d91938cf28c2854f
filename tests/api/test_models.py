"""Models over the API: what there is, getting one in the background, using and removing it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from gum.cli import benching
from gum.cli.benching import _day
from gum.client import PullView, RateView
from gum.errors import RefusedError
from tests.small_setup import BENCH, SmallSetup, small_setup
from tests.waiting import until
from tests.working import START, HandClock, Running, running, settings, text


@pytest.fixture
def small() -> Iterator[type[SmallSetup]]:
    with small_setup() as made:
        yield made


def last(served: Running) -> PullView:
    return served.client.model_pulls()[-1]


def test_what_there_is(small: type[SmallSetup], served: Running) -> None:
    view = served.client.models()
    engines = {one.name: one for one in view.engines}
    assert engines["echo"].in_use
    assert engines["echo"].state == "ready"
    assert "models pull" in engines["llama"].state
    assert not engines["llama"].in_use
    tiny = next(one for one in view.catalogue if one.engine == "small")
    assert tiny.suits
    assert not tiny.here
    assert tiny.files[0].sha256 == ""
    assert {one.engine for one in view.catalogue if one.suits} == {"llama", "small"}
    assert (view.installed, view.in_use, view.backlog, view.rate.days) == ([], "", 0, 0)


def test_a_model_is_got_in_the_background(small: type[SmallSetup], served: Running) -> None:
    small.go_on.clear()
    assert served.client.pull_model("tiny").state == "running"
    until(lambda: last(served).done_bytes == 10)
    assert (last(served).title, last(served).total_bytes) == ("Tiny", 100)
    assert served.client.pull_model("tiny").state == "running", "asking twice gets it once"
    assert len(served.client.model_pulls()) == 1
    with pytest.raises(RefusedError):
        served.client.remove_model("tiny")
    small.go_on.set()
    until(lambda: last(served).state == "done")
    assert "gumctl restart" in last(served).detail
    assert [one.name for one in served.client.models().installed] == ["tiny"]
    assert served.client.remove_model("tiny").freed_bytes == 100
    assert served.client.models().installed == []
    assert served.client.model_pulls() == [], "what is gone is not said to be here"


def test_a_model_on_its_way_is_stopped_and_got_later(small: type[SmallSetup], served: Running) -> None:
    with pytest.raises(RefusedError) as told:
        served.client.stop_pull("tiny")
    assert told.value.status == 404
    small.go_on.clear()
    served.client.pull_model("tiny")
    until(lambda: last(served).done_bytes == 10)
    assert served.client.stop_pull("tiny").state == "stopping"
    assert served.client.pull_model("tiny").state == "stopping", "it must have ended first"
    small.go_on.set()
    until(lambda: last(served).state == "stopped")
    assert "kept" in last(served).detail
    assert served.client.models().installed == []
    served.client.pull_model("tiny")
    until(lambda: last(served).state == "done")
    assert served.client.stop_pull("tiny").state == "done", "there is nothing left to stop"


def test_a_model_counts_as_in_use_when_the_settings_name_its_engine(small: type[SmallSetup], served: Running) -> None:
    served.home.config.write_text('[person]\nname = "Ines"\n')
    served.client.pull_model("tiny")
    until(lambda: last(served).state == "done")
    assert not last(served).in_use
    assert [one.in_use for one in served.client.models().installed] == [False]
    served.client.use_model("tiny")
    assert last(served).in_use
    assert [one.in_use for one in served.client.models().installed] == [True]
    assert [one.in_use for one in served.client.models().catalogue if one.engine == "small"] == [True]


def test_using_a_model_names_its_engine_in_the_settings(small: type[SmallSetup], served: Running) -> None:
    served.home.config.write_text('[person]\nname = "Ines"\n')
    served.client.pull_model("tiny")
    until(lambda: last(served).state == "done")
    assert "gumctl models use tiny" in last(served).detail
    used = served.client.use_model("tiny")
    assert used.in_use
    assert "gumctl restart" in used.note
    assert 'engine = "small"' in served.home.config.read_text()


@pytest.mark.parametrize("call", ["pull_model", "use_model", "remove_model"])
def test_an_unknown_model_is_not_found(small: type[SmallSetup], served: Running, call: str) -> None:
    with pytest.raises(RefusedError) as told:
        getattr(served.client, call)("../etc/passwd" if call == "pull_model" else "tinny")
    assert told.value.status == 404


def test_the_settings_can_close_the_way_out(small: type[SmallSetup], tmp_path: Path) -> None:
    with running(tmp_path / "home", settings(network={"allow": []})) as served:
        with pytest.raises(RefusedError, match=r"network\.allow"):
            served.client.pull_model("tiny")
        assert served.client.model_pulls() == []


def test_the_rate_of_the_persons_days_says_what_a_day_costs(served: Running, clock: HandClock) -> None:
    for day in range(2):
        for hour in range(3):
            at = START + timedelta(days=day, hours=hour)
            served.service.agent.receive(text(f"chapter {day} {hour}", at, app="Notes"))
    clock.now = START + timedelta(days=2)
    served.work()
    rate = served.client.models().rate
    assert (rate.days, rate.episodes) == (2, 3.0)
    assert _day(BENCH, served.service.config)["days"] == 0, "no daemon answers for the home in force"


def test_a_days_cost_is_that_of_its_questions(served: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benching, "_rate", lambda: RateView(days=5, episodes=30, active_hours=6))
    day = _day(BENCH, served.service.config)
    assert day["questions"] == 72, "at most three for each quarter of an hour of activity"
    assert day["minutes"] == 36
    assert day["cpu_minutes"] == 54
    with_images = _day(BENCH | {"episode_with_image_s": 90.0}, served.service.config)
    assert with_images["minutes_with_images"] == 36 + 24 * 0.5
