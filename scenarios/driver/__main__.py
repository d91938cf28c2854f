"""Plays a scenario from the command line: `python -m scenarios.driver SCENARIO.yaml --out FOLDER`.

A scenario of several sittings is played in order on one home; each sitting's truth goes to FOLDER/<name>.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

from scenarios.driver.session import Session
from scenarios.driver.spec import ScenarioError, load


def main() -> int:
    """Play, print one JSON line per sitting; 0 when every check held, 1 when not, 2 when it cannot be played."""
    options = _parser().parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        results = _played(options)
    except ScenarioError as error:
        print(error, file=sys.stderr)
        return 2
    return 0 if all(result["ok"] for result in results) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scenarios.driver", description=__doc__)
    parser.add_argument("scenario", type=Path)
    parser.add_argument("--out", type=Path, required=True, help="folder for the truth and the screenshots")
    parser.add_argument("--speed", type=float, default=1.0, help="play this many times faster")
    parser.add_argument("--size", default="", help="screen size, such as 1280x800")
    parser.add_argument("--shots", type=float, default=0.0, help="save a screenshot every so many seconds")
    parser.add_argument("--keep-home", action="store_true", help="keep the person's files")
    parser.add_argument("--agent", default="", help="command to run beside it, with its DISPLAY, bus and HOME")
    parser.add_argument("--session", default="", help="play only the sitting of this name")
    parser.add_argument("--no-a11y", action="store_true", help="do without the accessibility bus")
    parser.add_argument("-v", "--verbose", action="store_true")
    return parser


def _played(options: argparse.Namespace) -> list[dict[str, Any]]:
    scenario, results = load(options.scenario), []
    sittings = [sitting for sitting in scenario.sittings() if options.session in ("", sitting.name)]
    if not sittings:
        raise ScenarioError(f"{options.scenario} has no sitting {options.session!r}.")
    with tempfile.TemporaryDirectory(prefix="scn-home-") as home:
        for sitting in sittings:
            out = options.out / sitting.name if scenario.sessions else options.out
            with Session(
                scenario.for_sitting(sitting),
                out,
                speed=options.speed,
                shots=options.shots,
                size=options.size,
                keep_home=options.keep_home,
                agent=options.agent,
                accessibility=not options.no_a11y,
                verbose=options.verbose,
                home=Path(home),
            ) as session:
                result = session.play()
            failed = [check["what"] for check in result["checks"] if not check["ok"]]
            shown = {"scenario": scenario.name, "session": sitting.name, "ok": result["ok"]}
            print(json.dumps({**shown, "seconds": result["seconds"], "failed": failed}), flush=True)
            results.append(result)
    return results


if __name__ == "__main__":
    sys.exit(main())
