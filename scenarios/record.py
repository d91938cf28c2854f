"""Plays a scenario, watches it with our own observers and writes a recording with its ground truth.

    python -m scenarios.record scenarios/personas/NAME.yaml --out FOLDER

The folder gets recording.json, events/, frames/ and truth.json (see `gum.replay.recording`).
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gum.config import Capture, Config
from gum.errors import GumError
from gum.replay import Persona, RecordingWriter
from scenarios.driver.session import Session
from scenarios.driver.spec import Scenario, ScenarioError, Sitting, load
from scenarios.driver.truth import read
from scenarios.truth import truth_of
from scenarios.watching import Watching

# A heartbeat of 4 played seconds stands for less than the gap that ends an episode, at a stretch of up to 70.
HEARTBEAT_S = 4.0


def record(scenario: Scenario, out: Path, speed: float = 1.0, only: Sequence[str] = ()) -> dict[str, Any]:
    """Play every sitting (or those named) on one home and write the recording into a new folder.

    Returns the ground truth.  Raises ScenarioError when a sitting cannot be played as written, when an
    observer failed, or when a canary of the scenario stands in what was written.
    """
    if out.exists() and any(out.iterdir()):
        raise ScenarioError(f"{out} is not empty; name a new folder.")
    width, height = map(int, scenario.screen.size.split("x"))
    persona = Persona(scenario.persona.name, scenario.persona.aliases)
    writer = RecordingWriter(out, scenario.name, persona, (width, height))
    events: dict[str, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory(prefix="scn-home-") as home:
        for sitting in scenario.sittings():
            if not only or sitting.name in only:
                writer.start_session(sitting.name, sitting.start, sitting.stretch or scenario.stretch)
                events[sitting.name] = _record_sitting(scenario, sitting, Path(home), writer, speed)
    truth = truth_of(scenario, events)
    writer.close(truth)
    _refuse_canaries(out, scenario.canaries)
    return truth


def _record_sitting(
    scenario: Scenario, sitting: Sitting, home: Path, writer: RecordingWriter, speed: float
) -> list[dict[str, Any]]:
    config = Config(capture=Capture(heartbeat_s=HEARTBEAT_S))
    with tempfile.TemporaryDirectory(prefix="scn-truth-") as folder:
        with Session(scenario.for_sitting(sitting), Path(folder), speed=speed, home=home) as session:
            session.open_applications()
            time.sleep(1.0)
            with Watching(session.env["DISPLAY"], config, writer.write) as watching:
                result = session.play()
        failed = [f"{check['what']} {check['detail']}".strip() for check in result["checks"] if not check["ok"]]
        failed += [f"an observer failed: {error}" for error in watching.failed]
        if failed:
            raise ScenarioError(f"The sitting {sitting.name!r} did not go as written: {'; '.join(failed)}.")
        return read(session.log.path)


def _refuse_canaries(folder: Path, canaries: Sequence[str]) -> None:
    """Raise ScenarioError when what must never be recorded stands in a text of the recording."""
    for path in [*folder.glob("*.json"), *folder.glob("events/*.jsonl")]:
        text = path.read_text(encoding="utf-8").lower()
        for canary in canaries:
            if canary.lower() in text:
                raise ScenarioError(f"{path.name} holds {canary!r}, which is on the scenario's list of canaries.")


def main() -> int:
    """Record from the command line; 0 when it went as written, 2 when not."""
    parser = argparse.ArgumentParser(prog="python -m scenarios.record", description=__doc__)
    parser.add_argument("scenario", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="a new folder for the recording")
    parser.add_argument("--speed", type=float, default=1.0, help="play this many times faster")
    parser.add_argument("--session", action="append", default=[], help="play only this sitting; may be repeated")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        truth = record(load(options.scenario), options.out, options.speed, options.session)
    except (ScenarioError, GumError) as error:
        print(error, file=sys.stderr)
        return 2
    size = sum(path.stat().st_size for path in options.out.rglob("*") if path.is_file())
    print(json.dumps({"recording": str(options.out), "bytes": size, "facts": len(truth["facts"])}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
