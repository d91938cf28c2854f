"""Starts the applications and knows what each of them shows."""

from __future__ import annotations

import shlex
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gum_observers.accessible import AccessibleTexts

from scenarios.driver.pages import Pages
from scenarios.driver.processes import Processes, wait_for
from scenarios.driver.spec import App, Scenario, ScenarioError
from scenarios.driver.truth import TruthLog
from scenarios.driver.windows import Windows

# Any '--headless' value, 'no' included, would leave Chromium without a window.
_CHROMIUM = (
    *("--no-sandbox", "--test-type", "--disable-quic", "--no-first-run", "--no-default-browser-check"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps"),
    *("--disable-extensions", "--password-store=basic", "--disable-translate"),
    "--disable-features=Translate,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,MediaRouter,"
    "OptimizationHints,AutofillServerCommunication,PrivacySandboxSettings4",
)


@dataclass(frozen=True, slots=True)
class Running:
    """An application that is open."""

    kind: str
    window: int
    pid: int
    spec: App


class Applications:
    """The applications of one session, by their key in the scenario."""

    def __init__(
        self,
        scenario: Scenario,
        home: Path,
        processes: Processes,
        windows: Windows,
        pages: Pages,
        texts: AccessibleTexts | None,
        log: TruthLog,
    ) -> None:
        self._scenario, self._home, self._processes = scenario, home, processes
        self._windows, self._pages, self._texts, self._log = windows, pages, texts, log
        self._folder = processes.folder
        self.running: dict[str, Running] = {}
        self.current = ""

    def __getitem__(self, key: str) -> Running:
        if key not in self.running:
            raise ScenarioError(f"The application {key!r} is not open.")
        return self.running[key]

    @property
    def here(self) -> Running:
        """The application the person works in."""
        return self[self.current]

    def launch(self, key: str) -> None:
        """Start an application and wait for its window.  Raises ScenarioError."""
        if key not in self._scenario.apps:
            raise ScenarioError(f"The scenario has no application {key!r}.")
        app = self._scenario.apps[key]
        before = self._windows.all()
        self._processes.start(self._command(key, app), cwd=self._home / app.cwd, name=key)
        self.attach(key, app, before)

    def attach(self, key: str, app: App, before: Iterable[int] | None = None) -> None:
        """Take the new window of an application that something else may have started."""
        known = set(before) if before is not None else {running.window for running in self.running.values()}
        wanted = (app.wm_class if app.kind == "command" else app.kind).lower()
        window = wait_for(lambda: self._new_window(known, wanted), 40, f"The window of {key}")
        time.sleep(0.3)
        self._place(window, app)
        pid = self._windows.info(window).pid
        self.running[key] = Running(app.kind, window, pid, app)
        self.current = key
        self._log.write("launched", app=key, kind=app.kind, wid=window, pid=pid)

    def close(self, key: str) -> None:
        """Close an application's window and wait until it is gone."""
        window = self[key].window
        self._processes.run("wmctrl", "-i", "-c", hex(window))
        wait_for(lambda: window not in self._windows.all() or None, 8, f"The end of {key}")
        if self.running.pop(key).kind == "xterm":
            self._tmux("kill-session", "-t", key)
        self._log.write("closed_app", app=key)

    def end_terminals(self) -> None:
        """End the terminal server that the xterms share."""
        self._tmux("kill-server")

    def owner(self, window: int, pid: int = 0) -> str | None:
        """Return the key of the application a window belongs to; a dialog belongs to its process."""
        for key, running in self.running.items():
            if running.window == window:
                return key
        return next((key for key, running in self.running.items() if pid and running.pid == pid), None)

    def text(self, key: str | None, title: str | None = None) -> tuple[str | None, str | None]:
        """Return what an application shows and its source (a URL or a file), None where nobody knows."""
        if key is None or key not in self.running:
            return None, None
        running = self.running[key]
        match running.kind:
            case "chromium":
                page = self._pages.now()
                return "\n".join(page.get("lines", [])), page.get("url")
            case "xterm":
                return self._tmux("capture-pane", "-p", "-t", key).rstrip("\n"), None
            case "evince":
                lines = self._scenario.files[running.spec.file].strip().split("\n")
                return "\n".join(line.removeprefix("# ") for line in lines), running.spec.file
            case "mousepad":
                return (self._texts.of(running.pid, title) if self._texts else None), running.spec.file or None
        return running.spec.text, None

    def _tmux(self, *command: str) -> str:
        return self._processes.run("tmux", "-S", str(self._folder / "tmux.sock"), *command)

    def _new_window(self, known: set[int], wanted: str) -> int | None:
        for window in self._windows.all():
            if window not in known and wanted in self._windows.info(window).wm_class.lower():
                return window
        return None

    def _place(self, window: int, app: App) -> None:
        """Put a window where it belongs; one that is still loading may put itself elsewhere once more."""
        if app.geometry == "max":
            self._processes.run("wmctrl", "-i", "-r", hex(window), "-b", "add,maximized_vert,maximized_horz")
        elif app.geometry and app.kind != "chromium":
            for _ in range(4):
                self._processes.run("wmctrl", "-i", "-r", hex(window), "-e", "0,{},{},{},{}".format(*app.geometry))
                time.sleep(0.2)
                if _near(self._windows.geometry(window), app.geometry):
                    break

    def _command(self, key: str, app: App) -> list[str]:
        file = str(self._home / app.file) if app.file else ""
        match app.kind:
            case "chromium":
                return self._browser(app)
            case "mousepad":
                return ["mousepad", "--disable-server", *([file] if file else [])]
            case "evince":
                return ["evince", file]
            case "xterm":
                look = ["-fa", "DejaVu Sans Mono", "-fs", str(app.font), "-bg", app.bg, "-fg", app.fg]
                server = ["-S", str(self._folder / "tmux.sock"), "-f", str(self._folder / "tmux.conf")]
                return [
                    "xterm",
                    *look,
                    "-e",
                    "tmux",
                    *server,
                    "new-session",
                    "-s",
                    key,
                    "-c",
                    str(self._home / app.cwd),
                ]
        return [part.replace("{home}", str(self._home)) for part in shlex.split(app.command)]

    def _browser(self, app: App) -> list[str]:
        rules = f"MAP *.test 127.0.0.1:{self._pages.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        argv = ["chromium", *_CHROMIUM, f"--user-data-dir={self._folder / f'chrome-{app.profile}'}"]
        argv += [f"--host-resolver-rules={rules}", "--new-window"]
        if isinstance(app.geometry, tuple):
            x, y, width, height = app.geometry
            argv += [f"--window-position={x},{y}", f"--window-size={width},{height}"]
        if app.incognito:
            argv.append("--incognito")
        if app.a11y:
            argv.append("--force-renderer-accessibility")
        return [*argv, f"http://{app.url}"]


def _near(geometry: Sequence[int], wanted: Sequence[int]) -> bool:
    """Say whether a window is where it should be, decorations and character cells aside."""
    return all(abs(is_ - should) <= 40 for is_, should in zip(geometry, wanted, strict=True))
