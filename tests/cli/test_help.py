"""The command line answers at once, anywhere, and helps with a mistyped name."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from gum.cli import COMMANDS, exit_codes, gumctl
from gum.cli.exit_codes import ExitCode
from gum.errors import GumError
from gum.paths import Home
from tests import working

HEAVY = (
    "chromadb",
    "onnxruntime",
    "tesserocr",
    "Xlib",
    "mss",
    "textual",
    "fastapi",
    "numpy",
    "PIL",
    "httpx",
    "pydantic",
)
NO_RESULT = {"mcp", "run", "tui"}


def leaves() -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    context = click.Context(gumctl)
    for name in COMMANDS:
        command = gumctl.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found += [(f"{name} {sub}", one) for sub, one in command.commands.items()]
        else:
            found.append((name, command))
    return found


def test_help_comes_at_once_and_loads_nothing_heavy() -> None:
    program = (
        "import sys, time; began = time.perf_counter()\n"
        "from gum.cli import gumctl\n"
        "gumctl.main(['--help'], standalone_mode=False)\n"
        "print(time.perf_counter() - began, *sys.modules, file=sys.stderr)"
    )
    quickest = 9.0
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        seconds, *modules = done.stderr.split()
        quickest = min(quickest, float(seconds))
    assert not {name.partition(".")[0] for name in modules} & set(HEAVY)
    assert quickest < 0.3


def test_every_command_has_a_line_of_help(tmp_path: Path) -> None:
    assert all(offered.help for offered in COMMANDS.values())
    assert all(command.help for _, command in leaves())
    done = working.gumctl(Home(tmp_path / "home"), "--help")
    assert all(f"  {name} " in done.stdout for name in COMMANDS)
    assert not (tmp_path / "home").exists()


def test_every_command_that_has_a_result_can_write_it_as_json() -> None:
    without = {name for name, command in leaves() if not any(one.name == "as_json" for one in command.params)}
    assert without == NO_RESULT


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(("statsu",), "status"), (("propositions", "confrim", "1"), "confirm"), (("propsitions",), "propositions")],
)
def test_a_mistyped_command_names_the_nearest(tmp_path: Path, typed: tuple[str, ...], meant: str) -> None:
    done = working.gumctl(Home(tmp_path / "home"), *typed)
    assert done.returncode == ExitCode.USAGE
    assert f"Did you mean {meant!r}?" in done.stderr


def test_the_table_of_exit_codes_is_whole() -> None:
    told = {int(number) for number in re.findall(r"^\| (\d+)", exit_codes.__doc__ or "", re.MULTILINE)}
    assert told == {int(code) for code in ExitCode}


def test_every_error_has_an_exit_code_of_the_table() -> None:
    kinds = [GumError]
    while kinds:
        kind = kinds.pop()
        assert kind.exit_code in {int(code) for code in ExitCode}
        kinds += kind.__subclasses__()


def test_a_command_that_needs_the_daemon_says_how_to_start_it(tmp_path: Path) -> None:
    for arguments in (("propositions", "list"), ("search", "x"), ("pause",), ("suggestions", "list"), ("ask", "x")):
        done = working.gumctl(Home(tmp_path / "home"), *arguments)
        assert done.returncode == ExitCode.NO_DAEMON
        assert done.stderr.strip().endswith("start it with: gumctl start")
        assert done.stdout == ""


def test_a_fault_of_ours_is_a_sentence_and_its_trace_goes_to_the_log(tmp_path: Path) -> None:
    program = (
        "import click\nfrom gum.cli.failing import run\n"
        "@click.command()\ndef broken(): raise ValueError('private words')\nrun(broken)"
    )
    home = Home(tmp_path / "home")
    done = subprocess.run(
        [sys.executable, "-c", program], env=working.environment(home), capture_output=True, text=True, check=False
    )
    assert done.returncode == ExitCode.FAULT
    assert done.stderr.splitlines() == [f"A fault of ours (ValueError); {home.log} says where."]
    log = home.log.read_text()
    assert "in broken" in log
    assert "private words" not in log


def test_python_m_gum_is_gumctl(tmp_path: Path) -> None:
    began = time.monotonic()
    done = working.gumctl(Home(tmp_path / "home"), "--version")
    assert done.stdout.startswith("gumctl, version ")
    assert time.monotonic() - began < 5
