"""`python -m bench`: prints the table of docs/benchmarks.md for this machine."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from bench import encryption, forgetting, live, machine, redacting
from bench.searching import filling, measuring

SIZES = (1_000, 10_000)  # a hundred thousand takes minutes: python -m bench.searching


def main() -> None:
    """Measure and print."""
    console = Console(width=110)
    table = Table(title=machine.sentence(), title_justify="left")
    table.add_column("what")
    table.add_column("measured", justify="right")
    for what, measured in [
        *_live_rows(live.measure()),
        *_search_rows(),
        *encryption.rows(),
        *forgetting.rows(),
        *redacting.rows(),
    ]:
        table.add_row(what, measured)
    console.print(table)


def _search_rows() -> list[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        found = [row for size in SIZES for row in measuring.rows(Path(folder), size, filling.embedder())]
    return [(row.what, row.measured) for row in found]


def _live_rows(seen: live.Live) -> list[tuple[str, str]]:
    late = np.percentile(seen.switch_to_row_ms, [50, 95])
    return [
        ("start to ready", f"{seen.start_s:.2f} s"),
        ("stop", f"{seen.stop_s:.2f} s"),
        (
            "switch of windows to committed row, p50 / p95",
            f"{late[0]:.0f} / {late[1]:.0f} ms of {len(seen.switch_to_row_ms)}",
        ),
        ("processor, idle", f"{seen.idle.cpu_percent:.1f} % of a core"),
        ("processor, 60 s of work", f"{seen.active.cpu_percent:.1f} % of a core"),
        ("memory, idle", f"{seen.idle.memory_mb:.0f} MB"),
        ("memory, 60 s of work, median / peak", f"{seen.active.memory_mb:.0f} / {seen.active.peak_mb:.0f} MB"),
        ("observations of the sitting", str(seen.rows)),
        ("disk at this rate", f"{seen.bytes_per_hour / 2**20:.0f} MB an hour of work"),
    ]


if __name__ == "__main__":
    main()
