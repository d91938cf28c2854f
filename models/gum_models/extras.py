"""How an optional part is added to the environment that runs the program, however that was installed."""

from __future__ import annotations

import re
import shlex
import sys
from importlib.metadata import requires

DISTRIBUTION = "gum-desktop"


def command(extra: str) -> str:
    """Return the command that installs what an extra of ours names, for this very interpreter."""
    of_extra = re.compile(rf"""(?P<what>[^;]+?)\s*;.*\bextra\s*==\s*['"]{re.escape(extra)}['"]""")
    named = [found["what"] for one in requires(DISTRIBUTION) or () if (found := of_extra.match(one))]
    return shlex.join([sys.executable, "-m", "pip", "install", *named])
