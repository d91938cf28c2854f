"""Typing at a person's rhythm, seeded, so that two runs press the same keys."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Callable

from scenarios.driver.processes import Processes


class Keyboard:
    """Presses keys in the focused window; `speed` shortens every pause."""

    def __init__(self, processes: Processes, seed: int, speed: float, sleep: Callable[[float], None]) -> None:
        self._processes, self._speed, self._sleep = processes, speed, sleep
        self.random = random.Random(seed)

    def press(self, *keys: str) -> None:
        """Press keys or chords such as 'ctrl+s', one after the other."""
        for key in keys:
            self._processes.run("xdotool", "key", "--clearmodifiers", key)
            self._sleep(0.12)

    def type(self, text: str, cps: float, typos: float = 0.0) -> None:
        """Type word by word, `cps` characters a second, with slips that are corrected."""
        delay = max(6, int(1000 / (cps * self._speed)))
        for part in re.findall(r"\n|[^\n ]+ ?| ", text):
            if part == "\n":
                self._processes.run("xdotool", "key", "--clearmodifiers", "Return")
            else:
                self._word(part, delay, typos)
            if self.random.random() < 0.12:
                self._sleep(self.random.uniform(0.05, 0.35))

    def _word(self, part: str, delay: int, typos: float) -> None:
        word = part.rstrip(" ")
        if not (typos and len(word) > 4 and self.random.random() < typos):
            self._send(part, delay)
            return
        at = self.random.randrange(2, len(word))
        self._send(word[:at] + self.random.choice("asdeirtno"), delay)
        self._sleep(0.15)
        self.press("BackSpace")
        self._send(part[at:], delay)

    def _send(self, text: str, delay: int) -> None:
        subprocess.run(
            ["xdotool", "type", "--delay", str(delay), "--", text],
            env=self._processes.env,
            timeout=60,
            stdout=subprocess.DEVNULL,
            check=False,
        )
