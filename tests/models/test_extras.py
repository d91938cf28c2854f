"""An optional part is added to the environment that runs the program."""

from __future__ import annotations

import shlex
import sys

import pytest
from gum_models import extras


@pytest.mark.parametrize(("extra", "package"), [("llama", "llama-cpp-python"), ("rapidocr", "rapidocr")])
def test_the_command_is_of_this_interpreter_and_names_what_the_extra_names(extra: str, package: str) -> None:
    said = shlex.split(extras.command(extra))
    assert said[:4] == [sys.executable, "-m", "pip", "install"]
    assert [one.split(">")[0] for one in said[4:]] == [package]
