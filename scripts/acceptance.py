"""The full counts: kills, moved windows, a live minute, random keys, the demonstration; prints a table."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Check:
    """One thing to be shown: what it is, how it is run, and with which counts."""

    what: str
    command: tuple[str, ...]
    counts: dict[str, str]


def pytest(what: str, place: str, **counts: str) -> Check:
    """Return a check that is a part of the suite, run at its full count."""
    return Check(what, (sys.executable, "-m", "pytest", "-q", "--timeout", "3000", *place.split()), counts)


CHECKS = (
    Check("the demonstration holds its thresholds", (sys.executable, "-m", "gum", "demo", "--check"), {}),
    pytest("50 kills of the daemon in a replay", "tests/daemon/test_kill.py", GUM_TEST_KILLS="50"),
    pytest(
        "50 kills of the model's process", "tests/models/llama/test_pipeline.py -k killed", GUM_TEST_MODEL_KILLS="50"
    ),
    pytest(
        "50 kills of the reader's process beside a live daemon",
        "tests/daemon/test_live.py -k process_of_its_own",
        GUM_TEST_WORKER_KILLS="50",
    ),
    pytest("50 kills while the store is written", "tests/store/test_kill.py", GUM_TEST_KILLS="50"),
    pytest("50 kills of the notification server", "tests/suggest/test_holding.py -k killed", GUM_TEST_KILLS="50"),
    pytest("60 power cuts on copies of the database", "tests/store/test_power_cut.py", GUM_TEST_CUTS="60"),
    pytest(
        "clock jumps, sleep, a display that restarts or hangs, a full disk: the status is truthful",
        " ".join(f"tests/daemon/test_{name}.py" for name in ("clock", "watchdog", "live", "service")),
    ),
    Check("30 minutes of real windows and 12 hours at speed", (sys.executable, "-m", "bench.soak"), {}),
    pytest("40 kills in changes of keys", "tests/store/encryption/test_kill.py", GUM_TEST_KILLS="40"),
    pytest(
        "death at each step of forget, retention, encrypt, rekey", "tests/forget/test_dying.py", GUM_TEST_STRIDE="1"
    ),
    pytest("death at each step of an acceptance", "tests/suggest/test_dying.py", GUM_TEST_STRIDE="1"),
    pytest("60 live seconds on real applications", "tests/daemon/test_live.py", GUM_TEST_LIVE_S="60"),
    pytest("200 frames of a moving excluded window", "tests/observers/test_masking.py", GUM_TEST_MOVES="200"),
    pytest(
        "200 moves of an excluded window beside a running daemon",
        "tests/daemon/test_excluded_window.py",
        GUM_TEST_EXCLUDED_MOVES="200",
    ),
    Check(
        "demonstration, live run, terminal interface and API with the network cut off",
        (
            *(
                "unshare",
                "--net",
                *(("--map-root-user",) if os.geteuid() else ()),
                sys.executable,
                "-m",
                "tests.cut_off",
            ),
            *("--timeout", "3000"),
            *("tests/cli/test_demo.py", "tests/daemon/test_live.py", "tests/tui/test_app.py", "tests/api"),
        ),
        {},
    ),
    pytest(
        "10,000 random keys and sizes in the terminal interface",
        "tests/tui/test_app.py -k random",
        GUM_TEST_KEYS="10000",
    ),
    pytest("40 requests of each operation by every kind of caller", "tests/api/test_schema.py", GUM_TEST_EXAMPLES="40"),
    pytest("the attack list; the commands of docs/api.md", "tests/api/test_attacks.py tests/api/test_documented.py"),
    pytest("every kind of suggestion once, on real applications and a real desktop", "tests/suggest/test_journey.py"),
    pytest("10,000 adversarial events", "tests/suggest/test_adversaries.py", GUM_TEST_ADVERSARIES="10000"),
    pytest("the recordings that nobody here made", "tests/replay/test_other_forms.py tests/cli/test_replay.py"),
)


def main() -> int:
    """Run every check; return 1 when one of them failed."""
    console = Console(width=110)
    table = Table("check", "outcome", "seconds")
    failed = 0
    for check in CHECKS:
        console.print(f"[dim]{check.what} ...[/]")
        with tempfile.TemporaryDirectory() as home:
            began = time.monotonic()
            environment = os.environ | {"GUM_HOME": home} | check.counts
            done = subprocess.run(check.command, env=environment, capture_output=True, text=True, check=False)
        failed += done.returncode != 0
        last = next((line for line in reversed(done.stdout.strip().splitlines()) if line.strip()), "no output")
        table.add_row(
            check.what, last if done.returncode == 0 else f"FAILED: {last}", f"{time.monotonic() - began:.0f}"
        )
        console.print(f"  {last}", markup=False)
        if done.returncode:
            console.print(done.stdout[-3000:] + done.stderr[-1000:], markup=False)
    console.print(table)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
