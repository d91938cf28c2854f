"""Death in the middle of work on files, as `kill -9` would have it."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from typing import Any


def die_at(step: int, watched: Collection[str]) -> None:
    """End this process without a word at the so-manieth of the watched audit events from now on, the database's too."""
    done = 0

    def count(event: str, _arguments: Any) -> None:
        nonlocal done
        if event in watched:
            done += 1
            if done == step:
                os._exit(9)

    sys.addaudithook(count)
