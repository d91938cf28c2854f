"""What takes long says on a terminal what it is doing."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

WORK = """
import time
from gum.cli.progress import watched
print(watched(lambda: (time.sleep(1.5), "made")[1], lambda: ("Writing it [down]", 0.5)))
"""


def test_on_a_terminal_the_present_step_is_shown_while_the_work_is_done() -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", WORK]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, text=True, check=True, timeout=60)
    os.close(theirs)
    said = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert done.stdout == "made\n"
    assert "Writing it [down]" in said


def test_without_a_terminal_nothing_but_the_result_is_told() -> None:
    done = subprocess.run([sys.executable, "-c", WORK], capture_output=True, text=True, check=True, timeout=60)
    assert (done.stdout, done.stderr) == ("made\n", "")


@pytest.mark.parametrize(
    ("bar", "told"),
    [
        ("progress('Replaying [1]', quiet={quiet}) as tell: tell(1, 2); tell(2, 2)", "Replaying [1] ...\n"),
        (
            "steps(quiet={quiet}) as tell: tell('Check', 0, 2); tell('Load', 1, 2); tell('Load', 2, 2)",
            "Check ...\nLoad ...\n",
        ),
        (
            "transfer(quiet={quiet}) as tell: tell('a.gguf', 1, 9); tell('a.gguf', 9, 9); tell('b', 0, 0)",
            "a.gguf ...\nb ...\n",
        ),
    ],
)
def test_without_a_terminal_each_thing_is_named_once_and_when_quiet_not_at_all(bar: str, told: str) -> None:
    for quiet, said in ((False, told), (True, "")):
        code = f"from gum.cli.progress import *\nwith {bar.format(quiet=quiet)}"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
        assert (done.stdout, done.stderr) == ("", said)
