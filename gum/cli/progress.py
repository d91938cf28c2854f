"""A progress bar on stderr, where stderr is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import TaskID

Done = TypeVar("Done")
_ASK_S = 0.3


@contextmanager
def progress(what: str, *, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that is told how many of how many are done."""
    if quiet:
        yield lambda done, total: None  # noqa: ARG005 - nothing is shown
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(what, total=None)
        if console.is_terminal is False:
            console.print(f"{what} ...")
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def transfer(*, quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function that is told a file's name, the bytes done and the bytes in all; speed and time left are shown.

    Without a terminal each file is named once.
    """
    if quiet:
        yield lambda name, done, total: None  # noqa: ARG005 - nothing is shown
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as bar:

        def report(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total or None)
                if not console.is_terminal:
                    console.print(f"{name} ...", highlight=False)
            bar.update(tasks[name], completed=done, total=total or None)

        yield report


def watched(work: Callable[[], Done], ask: Callable[[], tuple[str, float | None]]) -> Done:
    """Return what the work returns; where stderr is a terminal, show the step that `ask` tells meanwhile."""
    if not sys.stderr.isatty():
        return work()
    from concurrent.futures import ThreadPoolExecutor, wait

    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with ThreadPoolExecutor(1) as other, Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task, doing = bar.add_task("", total=None), other.submit(work)
        while not wait([doing], _ASK_S).done:
            step, share = ask()
            bar.update(task, description=step, completed=share or 0, total=None if share is None else 1)
        return doing.result()


@contextmanager
def steps(*, quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function that is told what is done now, the steps done and the steps in all.

    Without a terminal each step is named once.
    """
    if quiet:
        yield lambda what, done, total: None  # noqa: ARG005 - nothing is shown
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=None)

        def report(what: str, done: int, total: int) -> None:
            if not console.is_terminal and done < total:
                console.print(f"{what} ...", highlight=False)
            bar.update(task, description=what, completed=done, total=total)

        yield report
