"""Samples what is true beside the person: the active window, its text, every window's place, screenshots."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

from scenarios.driver.applications import Applications
from scenarios.driver.truth import TruthLog
from scenarios.driver.windows import WindowInfo, Windows

_EVERY_S = 0.4
_NOTHING = WindowInfo("", "", 0)


class Sampler:
    """Logs each new state, and a screenshot every `shots` seconds (0: none)."""

    def __init__(
        self,
        apps: Applications,
        windows: Windows,
        log: TruthLog,
        display: str,
        sensitive_hosts: tuple[str, ...],
        shots: float,
    ) -> None:
        self.locked = False
        self._apps, self._windows, self._log, self._display = apps, windows, log, display
        self._sensitive_hosts, self._shots = sensitive_hosts, shots
        self._last: dict[str, Any] = {}
        self._taken, self._shot_at = 0, 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="truth")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Stop and wait for the last sample."""
        self._stop.set()
        if self._thread.ident:
            self._thread.join(10)

    def _run(self) -> None:
        while not self._stop.is_set():
            begun = time.monotonic()
            try:
                window, info, key = self._state()
                if self._shots and begun - self._shot_at >= self._shots:
                    self._shot_at = begun
                    self._shoot(window, info, key)
            except Exception as error:  # noqa: BLE001 - a display that is going down must not end the log
                self._log.write("sampler_error", error=repr(error)[:200])
            self._stop.wait(max(0.05, _EVERY_S - (time.monotonic() - begun)))

    def _state(self) -> tuple[int, WindowInfo, str | None]:
        window = self._windows.active()
        info = self._windows.info(window) if window else _NOTHING
        key = self._apps.owner(window, info.pid)
        text, source = self._apps.text(key, info.title)
        running = self._apps.running.get(key) if key else None
        marked = any(host in (source or "") for host in self._sensitive_hosts)
        state = {
            "app": key,
            "kind": running.kind if running else None,
            "wid": window,
            "cls": info.wm_class or None,
            "title": info.title,
            "source": source,
            "text": text,
            "sensitive": bool(running and (running.spec.sensitive or marked)),
            "locked": self.locked,
            "windows": [
                {"wid": other, "app": self._apps.owner(other), "geometry": self._windows.geometry(other)}
                for other in self._windows.all()
            ],
        }
        # Only a state that is still true after it was read is logged.
        if state != self._last and self._windows.active() == window:
            self._last = state
            self._log.write("state", **state)
        return window, info, key

    def _shoot(self, window: int, info: WindowInfo, key: str | None) -> None:
        import mss
        import mss.tools

        self._taken += 1
        name = f"shots/{self._taken:04d}.png"
        path: Path = self._log.path.parent / name
        path.parent.mkdir(exist_ok=True)
        with mss.MSS(display=self._display) as screen:
            grab = screen.grab(screen.monitors[0])
        mss.tools.to_png(grab.rgb, grab.size, level=1, output=str(path))
        same = self._windows.active() == window
        title = info.title if same else None
        self._log.write("shot", file=name, app=key if same else None, title=title, transition=not same)
