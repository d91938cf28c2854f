"""`python -m bench.llama [0.6b|2b]`: prints the table of the section on models in docs/benchmarks.md."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ["OMP_WAIT_POLICY"] = "passive"  # as in the worker, for what the library does in this process

from rich.console import Console
from rich.table import Table

from bench import machine
from bench.llama import asking, constraining, demonstration
from bench.llama.dimensions import SIZES, write


def main() -> None:
    """Measure and print."""
    size = sys.argv[1] if len(sys.argv) > 1 else "0.6b"
    os.nice(10)
    table = Table(title=f"{machine.sentence()}; dimensions of {SIZES[size].of}", title_justify="left")
    table.add_column("what")
    table.add_column("measured", justify="right")
    with tempfile.TemporaryDirectory() as folder:
        models = write(Path(folder), size)
        for rows in (asking.rows(models), constraining.rows(models), demonstration.rows()):
            for what, measured in rows:
                table.add_row(what, measured)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
