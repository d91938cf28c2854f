"""`python -m bench.held [--minutes 10]`: does a daemon beside a person who never rests hold its share of the processor.

The person writes in one window, pauses often, and changes windows once a minute; with --restless every three seconds,
and a change of window is never put off.  Prints, for each minute, what the daemon with its processes took, and how much
more seldom frames came.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from bench import machine
from bench.live import ROUND, SCENARIO, _environment, cost
from gum import paths
from gum.daemon import lifecycle
from gum.daemon.temporary import share_models
from gum.paths import Home
from scenarios.driver.session import Session
from scenarios.driver.spec import Scenario

WORDS = "The keeper lit the lamp, and the boats came home. "
WRITING = [
    {"do": "focus", "app": "editor"},
    *[step for _ in range(14) for step in ({"do": "type", "text": WORDS}, {"do": "read", "s": 1})],
    {"do": "focus", "app": "browser"},
    {"do": "scroll", "n": 2},
    {"do": "read", "s": 3},
]
LEAST_ROUND_S = 7.0


def measure(minutes: int, restless: bool) -> Iterator[tuple[float, float]]:
    """Yield for each minute the share of one core in percent, and the pace of the frames at its end."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "gum")
        home.root.mkdir(mode=0o700)
        share_models(home, paths.home())
        steps = (ROUND if restless else WRITING) * int(minutes * 60 / LEAST_ROUND_S)
        with Session(Scenario.model_validate({**SCENARIO, "steps": steps}), Path(folder) / "out") as session:
            session.open_applications()
            with _environment(session.env):
                owner = lifecycle.start(home)
            threading.Thread(target=session.play, daemon=True).start()
            try:
                with lifecycle.connect(home) as client:
                    for _ in range(minutes):
                        share = cost(owner.pid, 60.0).cpu_percent
                        yield share, client.status().cpu.pace
            finally:
                lifecycle.stop(home)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--minutes", type=int, default=10)
    asked.add_argument("--restless", action="store_true", help="change windows every three seconds")
    given = asked.parse_args()
    print(machine.sentence())
    began = time.monotonic()
    for number, (share, pace) in enumerate(measure(given.minutes, given.restless), 1):
        print(f"minute {number:2}: {share:4.1f} % of a core, pace {pace:.1f}", flush=True)
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
