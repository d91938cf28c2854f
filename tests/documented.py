"""Runs the commands of a page of the documentation, as a reader would paste them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from gum.paths import Home
from tests.working import environment

DOCS = Path(__file__).parent.parent / "docs"
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: str) -> list[str]:
    """Return the blocks of commands of a page of docs/."""
    return _BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))


def run(page: str, home: Home, folder: Path, seconds: float = 120, **more: str) -> subprocess.CompletedProcess[str]:
    """Run every block of a page in one shell, in a folder of its own; the first command that fails ends it."""
    folder.mkdir(parents=True, exist_ok=True)
    marked = [f": block {n} of {page}\n{block}" for n, block in enumerate(blocks(page), start=1)]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return subprocess.run(
        ["bash", "-eux", "-c", "\n".join(marked)],
        env=environment(home, PATH=path, **more),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds,
    )
