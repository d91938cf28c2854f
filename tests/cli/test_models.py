"""Models from the command line, with a set-up that is a plug-in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gum import paths, plugins
from gum.cli import gumctl
from gum.cli.exit_codes import ExitCode
from tests.small_setup import SmallSetup, small_setup
from tests.working import EchoEngine


@pytest.fixture
def small() -> Iterator[type[SmallSetup]]:
    plugins.register("gum.engines", "small", EchoEngine)
    with small_setup() as made:
        yield made
    plugins.unregister("gum.engines", "small")


def run(*words: str, code: int = 0, stdin: str = "") -> Result:
    engine = [] if words[0] == "list" else ["--engine", "small"]
    done = CliRunner().invoke(gumctl, ["models", *words, *engine], input=stdin)
    assert done.exit_code == code, done.output
    return done


def read(*words: str, code: int = 0) -> Any:
    return json.loads(run(*words, "--json", code=code).stdout)


def test_without_settings_the_model_that_was_got_is_put_to_use(small: type[SmallSetup]) -> None:
    assert "gumctl restart" in run("pull").output
    assert paths.home().config.read_text() == '[infer]\nengine = "small"\n'
    assert oct(paths.home().config.stat().st_mode & 0o777) == "0o600"
    assert (paths.home().models / "tiny.small").exists()


def test_the_persons_settings_are_left_until_the_model_is_used(small: type[SmallSetup]) -> None:
    home = paths.home()
    home.create()
    mine = '# mine\n[person]\nname = "Ines"  # me\n\n[infer]\nhistory_days = 30\n'
    home.config.write_text(mine)
    assert "gumctl models use tiny" in run("pull").output
    assert home.config.read_text() == mine
    run("use", "tiny")
    assert home.config.read_text() == mine + 'engine = "small"\n'


def test_the_list_marks_what_suits_and_what_is_here(small: type[SmallSetup]) -> None:
    before = read("list")
    row = next(one for one in before["catalogue"] if one["engine"] == "small")
    assert row["suits"]
    assert not row["state"]
    run("pull")
    after = read("list")
    assert next(one for one in after["catalogue"] if one["engine"] == "small")["state"] == "in use"
    assert [one["name"] for one in after["here"]] == ["tiny"]
    assert {"statistical", "llama", "openai"} <= {one["name"] for one in after["parts"]}
    shown = run("list").output
    assert "qwen3-vl-2b" in shown
    assert "tiny *" in shown
    assert "pinned at the first pull" in shown


def test_what_the_engine_lacks_is_said(small: type[SmallSetup]) -> None:
    small.lacks = "Add it with: pip install 'x[small]'"
    assert "pip install" in run("pull").stderr


def test_models_of_other_programs_are_listed_and_taken_over(small: type[SmallSetup]) -> None:
    assert read("import") == ["ollama:tiny:latest"]
    assert read("import", "/somewhere/mine.gguf", "--name", "other")["name"] == "other"


def test_removing_says_what_is_free_again(small: type[SmallSetup]) -> None:
    run("pull")
    assert read("remove", "tiny") == {"model": "tiny", "freed_bytes": 100}
    assert read("list")["here"] == []


def test_a_damaged_file_fails_the_check(small: type[SmallSetup]) -> None:
    run("pull")
    assert read("verify")[0]["intact"]
    run("import", "bad")
    rows = read("verify", code=ExitCode.CHECK_FAILED)
    assert {row["model"]: row["intact"] for row in rows} == {"bad": False, "tiny": True}


def test_the_settings_can_close_the_way_out(small: type[SmallSetup]) -> None:
    paths.home().create()
    paths.home().config.write_text("network.allow = []\n")
    done = CliRunner().invoke(gumctl, ["models", "pull", "--engine", "small"])
    assert "network.allow" in str(done.exception)
    assert not list(paths.home().models.glob("*.small"))


def test_without_a_day_that_was_seen_the_measurement_reckons_with_an_assumed_one_and_says_so(
    small: type[SmallSetup],
) -> None:
    found = read("bench")
    assert found["generation_tokens_per_s"] == 4.5
    assert (found["day"]["days"], found["day"]["active_hours"]) == (0, 8.0)
    assert 0 < found["day"]["questions"] <= 8 * 12
    shown = run("bench")
    assert "no day of yours is known yet" in shown.stdout
    assert "minutes" in shown.stdout
    assert "Start the daemon" in shown.stderr


def test_a_key_is_read_from_the_input(small: type[SmallSetup]) -> None:
    run("key", stdin="s3cret\n")
    assert (paths.home().models / "key").read_text() == "s3cret"
