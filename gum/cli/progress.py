"""A progress bar on stderr, where stderr is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn, TaskID

Done = TypeVar("Done")
_ASK_S = 0.3


@contextmanager
def progress(what: str, *, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that is told how many of how many are done.

    Without a terminal what is done is named once.
    """
    from rich.progress import MofNCompleteColumn, TimeElapsedColumn

    with _bar(MofNCompleteColumn(), TimeElapsedColumn(), quiet=quiet) as (bar, name):
        task = bar.add_task(what, total=None)
        name(what)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def steps(*, quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function that is told what is done now, the steps done and the steps in all.

    Without a terminal each step is named once.
    """
    from rich.progress import MofNCompleteColumn, TimeElapsedColumn

    with _bar(MofNCompleteColumn(), TimeElapsedColumn(), quiet=quiet) as (bar, name):
        task = bar.add_task("", total=None)

        def report(what: str, done: int, total: int) -> None:
            if done < total:
                name(what)
            bar.update(task, description=what, completed=done, total=total)

        yield report


@contextmanager
def transfer(*, quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function that is told a file's name, the bytes done and the bytes in all; speed and time left are shown.

    Without a terminal each file is named once.
    """
    from rich.progress import DownloadColumn, TimeRemainingColumn, TransferSpeedColumn

    tasks: dict[str, TaskID] = {}
    with _bar(DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn(), quiet=quiet) as (bar, name):

        def report(file: str, done: int, total: int) -> None:
            if file not in tasks:
                tasks[file] = bar.add_task(file, total=total or None)
                name(file)
            bar.update(tasks[file], completed=done, total=total or None)

        yield report


def watched(work: Callable[[], Done], ask: Callable[[], tuple[str, float | None]]) -> Done:
    """Return what the work returns; where stderr is a terminal, show the step that `ask` tells meanwhile."""
    if not sys.stderr.isatty():
        return work()
    from concurrent.futures import ThreadPoolExecutor, wait

    from rich.progress import TimeElapsedColumn

    with ThreadPoolExecutor(1) as other, _bar(TimeElapsedColumn(), transient=True) as (bar, _):
        task, doing = bar.add_task("", total=None), other.submit(work)
        while not wait([doing], _ASK_S).done:
            step, share = ask()
            bar.update(task, description=step, completed=share or 0, total=None if share is None else 1)
        return doing.result()


@contextmanager
def _bar(
    *numbers: ProgressColumn, quiet: bool = False, transient: bool = False
) -> Iterator[tuple[Progress, Callable[[str], None]]]:
    """Yield a bar with its numbers, and what names a thing where there is no terminal to show the bar."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True, quiet=quiet)

    def name(what: str) -> None:
        if not console.is_terminal:
            console.print(f"{what} ...", highlight=False, markup=False)

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), *numbers)
    hidden = quiet or not sys.stderr.isatty()
    with Progress(*columns, console=console, transient=transient, disable=hidden) as bar:
        yield bar, name
