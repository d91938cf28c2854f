"""What takes long says on a terminal what it is doing."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

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
