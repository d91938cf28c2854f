"""One report of all evaluations: a JSON file for programs, an HTML file for people, a diagram."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gum.errors import StoreReadOnlyError
from gum.evaluate.report.diagram import reliability_diagram
from gum.evaluate.report.page import page

JSON, HTML, DIAGRAM = "report.json", "report.html", "reliability.png"


def write(folder: Path, results: Mapping[str, dict[str, Any]]) -> list[Path]:
    """Write the results of evaluations, by name, into a folder and return the files.

    Raises StoreReadOnlyError when the folder cannot be written.
    """
    bins = results.get("simulate", {}).get("bins")
    files: dict[str, bytes] = {}
    if bins is not None:
        files[DIAGRAM] = reliability_diagram(bins["calibrated"], bins["uncalibrated"])
    files[HTML] = page(results, files.get(DIAGRAM)).encode()
    files[JSON] = (json.dumps(results, ensure_ascii=False, indent=1) + "\n").encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise StoreReadOnlyError(f"The report cannot be written to {folder}: {error.strerror}.") from error
    return [folder / name for name in sorted(files)]
