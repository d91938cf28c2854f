"""The log of what was true: truth.jsonl while it plays, segments.json at the end."""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any


class TruthLog:
    """Appends events with wall time `t` and seconds since the beginning `rel`; thread-safe."""

    def __init__(self, folder: Path, verbose: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "truth.jsonl"
        self.step = -1
        self.checks: list[dict[str, Any]] = []
        self._verbose = verbose
        self._file = self.path.open("w", encoding="utf-8")
        self._begun = time.monotonic()
        self._lock = threading.Lock()

    def write(self, type_: str, **fields: Any) -> None:
        """Append one event."""
        rel = round(time.monotonic() - self._begun, 3)
        event = {"t": round(time.time(), 3), "rel": rel, "type": type_, "step": self.step, **fields}
        with self._lock:
            self._file.write(json.dumps(event, ensure_ascii=False) + "\n")
            self._file.flush()
        if self._verbose and type_ != "state":
            print(f"[{rel:6.2f}] {type_} {str(fields)[:150]}", file=sys.stderr, flush=True)

    def check(self, what: str, ok: bool, detail: str = "") -> None:
        """Note whether something expected was so."""
        self.checks.append({"what": what, "ok": ok, "detail": detail})
        self.write("check", what=what, ok=ok, detail=detail)

    def all_ok(self) -> bool:
        """Return whether every check held."""
        return all(check["ok"] for check in self.checks)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def read(path: Path) -> list[dict[str, Any]]:
    """Return the events of a truth.jsonl."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def segments(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the stretches of time in which one window with one title and source was active."""
    found: list[dict[str, Any]] = []
    for event in events:
        if event["type"] != "state":
            continue
        kept = {key: event.get(key) for key in ("app", "kind", "cls", "title", "source", "sensitive")}
        if not found or any(found[-1][key] != kept[key] for key in ("app", "title", "source")):
            if found:
                found[-1]["end"] = event["t"]
            found.append({**kept, "start": event["t"], "end": event["t"]})
    if found:
        found[-1]["end"] = events[-1]["t"]
    return [{**part, "seconds": round(part["end"] - part["start"], 2)} for part in found]
