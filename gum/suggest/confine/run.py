"""Runs a piece of work in a thread of its own that can write below one folder only."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from gum.errors import ActionError
from gum.suggest.confine import hook, landlock

Done = TypeVar("Done")


def confined(work: Callable[[], Done], folder: Path) -> Done:
    """Return what the work returns; in its thread it can read, and write below `folder`, and nothing else.

    The interpreter refuses everything else that it knows of, on every system; on Linux the kernel does too (Landlock),
    where it can.  Raises ActionError when the work tried more than it may, also when it carried on, and what the work
    itself raises.
    """
    run = _Run(work, folder)
    run.start()
    run.join()
    if run.refused:
        raise ActionError(f"The action tried more than it may ({', '.join(dict.fromkeys(run.refused))}).")
    if run.error is not None:
        raise run.error
    return run.done[0]


class _Run(threading.Thread, Generic[Done]):
    def __init__(self, work: Callable[[], Done], folder: Path) -> None:
        super().__init__(name="confined action", daemon=True)
        self._work, self._folder = work, folder
        self.done: list[Done] = []
        self.error: BaseException | None = None
        self.refused: list[str] = []

    def run(self) -> None:
        try:
            landlock.restrict_thread(self._folder)
            with hook.refusing(self._folder) as self.refused:
                self.done.append(self._work())
        except BaseException as error:  # noqa: BLE001  (it is raised again where the work was asked for)
            self.error = error
