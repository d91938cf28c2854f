"""`python -m bench.searching [--sizes 1000,10000,100000] [--folder KEPT]`: the table of search alone."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: two threads cost more than they bring

import argparse
import tempfile
from pathlib import Path

from bench import machine
from bench.searching import filling, measuring


def main() -> None:
    """Measure and print, a line at a time.  With `--folder` the filled stores are kept there and used again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    print(machine.sentence())
    with tempfile.TemporaryDirectory() as scratch:
        for size in map(int, given.sizes.split(",")):
            for row in measuring.rows(given.folder or Path(scratch), size, filling.embedder()):
                print(f"{row.what:<60} {row.measured}   load {measuring.load():.1f}", flush=True)


if __name__ == "__main__":
    main()
