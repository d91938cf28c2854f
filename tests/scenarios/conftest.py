"""A scenario small enough to be played in a test."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from scenarios.driver.spec import Scenario, parse

NEEDED = ("Xvfb", "openbox", "dbus-daemon", "xdotool", "xprop", "xwininfo", "wmctrl", "mousepad", "xterm", "tmux")


@pytest.fixture
def tiny() -> Scenario:
    skip_without_desktop()
    return parse(tiny_form())


def skip_without_desktop() -> None:
    """Skip the test, with the reason, where a program that a scripted person needs is missing."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        pytest.skip(f"a scripted person needs {', '.join(missing)}")


def tiny_form() -> dict[str, Any]:
    return {
        "name": "tiny",
        "seed": 3,
        "cps": 40,
        "stretch": 60,
        "start": "2026-03-02T08:55:00+01:00",
        "persona": {"name": "Ines Abara", "aliases": ["ines"], "login": "ines", "host": "larch"},
        "screen": {"size": "1000x700"},
        "files": {"notes/candles.txt": "Candles\n"},
        "canaries": ["tallow-secret"],
        "facts": [{"id": "works", "predicate": "works_on", "object": ["candles.txt", "candles"]}],
        "apps": {
            "secret": {
                "kind": "command",
                "class": "xterm",
                "command": "xterm -fa Mono -fs 14 -T 'my password manager' -e bash -c 'echo tallow-secret; sleep 60'",
                "geometry": [520, 330, 440, 260],
                "sensitive": True,
                "text": "tallow-secret",
            },
            "editor": {"kind": "mousepad", "file": "notes/candles.txt", "geometry": [20, 20, 480, 500]},
        },
        "steps": [
            {"do": "focus", "app": "editor"},
            {"do": "key", "keys": "ctrl+End"},
            {"do": "type", "text": "beeswax and tallow\n", "typos": 0},
            {"do": "wait", "s": 1.0},
            {"do": "save"},
            {"do": "expect", "file": "notes/candles.txt", "contains": "beeswax and tallow"},
            {"do": "focus", "app": "secret"},
            {"do": "wait", "s": 1.5},
        ],
    }
