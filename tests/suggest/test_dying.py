"""A process that dies at any file operation of an acceptance leaves nothing that would be made twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Every so-manieth file operation is died at; 1 is each of them.
STRIDE = os.environ.get("GUM_TEST_STRIDE", "5")
TREE = Path(__file__).parents[2]


@pytest.mark.parametrize("action", ["note", "calendar"])
def test_whenever_an_acceptance_dies_accepting_again_makes_one_thing_and_undo_takes_it_back(
    action: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "tests.suggest.dying", str(tmp_path), action, STRIDE]
    done = subprocess.run(command, cwd=TREE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    deaths = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    assert {what for _, _, what in deaths} == {"whole"}, done.stdout
    assert [code for _, code, _ in deaths[:-1]] == ["9"] * (len(deaths) - 1)
    assert (deaths[-1][1], len(deaths) > 5) == ("0", True)
