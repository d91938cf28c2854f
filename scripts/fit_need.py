"""Fit the estimate of need on labelled traces and write gum/suggest/need/need.json: `fit_need.py FILE SOURCE`."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from gum.evaluate.suggestions.traces import load
from gum.suggest.need import estimate
from gum.suggest.need.features import NAMES


def main(file: Path, source: str) -> None:
    """Write the estimate fitted on the traces of `file`, which come from `source`."""
    rows = load(file)
    need = estimate.fitted(rows)
    by_trace: dict[str, list[list[float]]] = {}
    for row in rows:
        by_trace.setdefault(row.trace, []).append([int(row.needed), *(round(one, 4) for one in row.features)])
    kept = {
        "source": source,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "traces": len(by_trace),
        "moments": len(rows),
        "features": list(NAMES),
        "weights": dict(zip(("bias", *NAMES), (round(one, 6) for one in need.weights), strict=True)),
        "bar": round(need.bar, 6),
        "usual": round(need.usual, 6),
        "rows": by_trace,
    }
    target = Path(estimate.__file__).with_name("need.json")
    target.write_text(_written(kept), encoding="utf-8")


def _written(kept: dict[str, object]) -> str:
    """Return the document with one row a line."""
    rows = kept.pop("rows")
    assert isinstance(rows, dict)
    head = json.dumps(kept, indent=1)[:-2]
    traces = (
        f'  "{name}": [\n' + ",\n".join(f"   {json.dumps(one)}" for one in these) + "\n  ]"
        for name, these in rows.items()
    )
    return f'{head},\n "rows": {{\n' + ",\n".join(traces) + "\n }\n}\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
