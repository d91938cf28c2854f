"""`python -m bench.llama [0.6b|2b] [--only overhead|asking|form|demonstration] [--pairs N]`: the section on the llama
engine in docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ["OMP_WAIT_POLICY"] = "passive"  # as in the worker, for what the library does in this process

from rich.console import Console
from rich.table import Table

from bench import machine
from bench.llama import asking, constraining, demonstration, overhead
from bench.llama.dimensions import SIZES, write

PARTS: dict[str, Callable[[Path, int], Iterable[tuple[str, str]]]] = {
    "overhead": overhead.rows,
    "asking": lambda models, _: asking.rows(models),
    "form": lambda models, _: constraining.rows(models),
    "demonstration": lambda *_: demonstration.rows(),
}


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(prog="python -m bench.llama")
    asked.add_argument("size", nargs="?", choices=sorted(SIZES), default="0.6b")
    asked.add_argument("--only", choices=sorted(PARTS), action="append")
    asked.add_argument("--pairs", type=int, default=overhead.PAIRS)
    chosen = asked.parse_args()
    os.nice(10)
    table = Table(title=f"{machine.sentence()}; dimensions of {SIZES[chosen.size].of}", title_justify="left")
    table.add_column("what")
    table.add_column("measured", justify="right")
    with tempfile.TemporaryDirectory() as folder:
        models = write(Path(folder), chosen.size)
        for name in chosen.only or PARTS:
            for what, measured in PARTS[name](models, chosen.pairs):
                table.add_row(what, measured)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
