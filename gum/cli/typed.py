"""How the person would type this command in their shell."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NAME = "gumctl"


def command() -> str:
    """Return 'gumctl' where the shell finds it, else the path by which it was started, as short as it can be."""
    started = Path(sys.argv[0])
    found = shutil.which(NAME)
    if started.name != NAME or (found and Path(found).resolve() == started.resolve()):
        return NAME
    return min(os.path.relpath(started), os.fspath(started.absolute()), key=len)
