"""Getting a model, through the command and a set-up that is a plug-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from gum import paths, plugins
from gum.cli import gumctl


class SmallSetup:
    """A set-up that writes one small file."""

    name = "small"

    def run(
        self, folder: Path, choice: str, memory_bytes: int, mirror: str, report: Callable[[str, int, int], None]
    ) -> str:
        report("model.gguf", 1, 1)
        (folder / "small.gguf").write_text(choice)
        return f"{choice} is ready."


@pytest.fixture
def small() -> Iterator[None]:
    plugins.register("gum.setups", "small", SmallSetup)
    yield
    plugins.unregister("gum.setups", "small")


def add(*words: str) -> str:
    done = CliRunner().invoke(gumctl, ["models", "add", *words, "--engine", "small"])
    assert done.exit_code == 0, done.output
    return done.output


def test_without_settings_the_model_that_was_got_becomes_the_engine(small: None) -> None:
    assert "gumctl restart" in add("tiny")
    assert paths.home().config.read_text() == '[infer]\nengine = "small"\n'
    assert oct(paths.home().config.stat().st_mode & 0o777) == "0o600"
    assert (paths.home().models / "small.gguf").read_text() == "tiny"


def test_the_persons_settings_are_left_as_they_are(small: None) -> None:
    home = paths.home()
    home.create()
    home.config.write_text('[person]\nname = "Ines"\n')
    assert "under [infer]" in add("tiny")
    assert home.config.read_text() == '[person]\nname = "Ines"\n'
