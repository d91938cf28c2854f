"""One sitting: a private desktop with its applications, the person, and the truth log beside them."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from gum_observers.accessible import AccessibleTexts

from scenarios.driver.applications import Applications
from scenarios.driver.display import environment, start_bus, start_display, start_window_manager
from scenarios.driver.keyboard import Keyboard
from scenarios.driver.pages import Pages
from scenarios.driver.pdf import write_pdf
from scenarios.driver.processes import Processes
from scenarios.driver.sampling import Sampler
from scenarios.driver.settings import write_settings
from scenarios.driver.spec import Scenario, ScenarioError, Step
from scenarios.driver.steps import Person
from scenarios.driver.truth import TruthLog, read, segments
from scenarios.driver.windows import Windows

_LEFT_OUT = shutil.ignore_patterns("Singleton*", "Cache", "Code Cache", "GPUCache", "*.sock")


class Session:
    """Plays a scenario of one sitting.

    `out` gets truth.jsonl, segments.json, env.json, shots/ (one every `shots` seconds) and, when asked,
    home/.  `home` is a folder that outlives the session, so that a person finds their work again; without
    it there is a fresh one.  `speed` shortens every pause.  `agent` is a command that runs beside it.
    """

    def __init__(
        self,
        scenario: Scenario,
        out: Path,
        speed: float = 1.0,
        shots: float = 0.0,
        size: str = "",
        keep_home: bool = False,
        agent: str = "",
        accessibility: bool = True,
        verbose: bool = False,
        home: Path | None = None,
    ) -> None:
        self.scenario, self.out = scenario, out.resolve()
        self.size = size or scenario.screen.size
        self._speed, self._shots, self._keep_home = speed, shots, keep_home
        self._agent, self._accessibility, self._verbose = agent, accessibility, verbose
        self._home_given = home
        self._interrupted = threading.Event()

    def __enter__(self) -> Self:
        self.log = TruthLog(self.out, self._verbose)
        self._folder = Path(tempfile.mkdtemp(prefix="scn-"))
        self.home = self._home_given or self._folder / "home"
        env = environment(self._folder, self.home, self.scenario.persona, self._accessibility)
        self._processes = Processes(self._folder, env)
        self.env = self._processes.env
        self._pages = Pages(self.scenario, lambda form: self.log.write("sent", **form))
        try:
            self._begin()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def open_applications(self) -> None:
        """Open the applications that are there from the start."""
        for key, app in self.scenario.apps.items():
            if app.start and key not in self._apps.running:
                self._apps.launch(key)

    def play(self) -> dict[str, Any]:
        """Do every step; return {"ok", "seconds", "checks"}.  Raises ScenarioError when one cannot be done."""
        self.open_applications()
        self._sampler.start()
        agent = self._start_agent()
        begun = time.monotonic()
        try:
            for number, step in enumerate(self.scenario.steps):
                self.log.step = number
                self._person.do(step)
            time.sleep(0.5)
        finally:
            self._sampler.stop()
            _end_agent(agent)
        seconds, ok = round(time.monotonic() - begun, 1), self.log.all_ok()
        self.log.write("end", ok=ok, seconds=seconds, checks=self.log.checks)
        shown = json.dumps(segments(read(self.log.path)), indent=1, ensure_ascii=False)
        (self.out / "segments.json").write_text(shown, encoding="utf-8")
        return {"ok": ok, "seconds": seconds, "checks": self.log.checks}

    def act(self, *steps: Step) -> None:
        """Do some steps now, for who brings the script along.  Raises ScenarioError when one cannot be done."""
        for step in steps:
            self._person.do(step)

    def close(self) -> None:
        """End everything that was started and remove what was temporary."""
        self._interrupted.set()
        if hasattr(self, "_apps"):
            self._sampler.stop()
            self._apps.end_terminals()
            if self._texts:
                self._texts.close()
        left = self._processes.end()
        self._pages.close()
        self.log.write("closed", left=left, checks_ok=self.log.all_ok())
        self.log.close()
        if self._keep_home:
            shutil.copytree(
                self.home,
                self.out / "home",
                dirs_exist_ok=True,
                symlinks=True,
                ignore=_LEFT_OUT,
                ignore_dangling_symlinks=True,
            )
        shutil.rmtree(self._folder, ignore_errors=True)

    def _begin(self) -> None:
        scenario, processes = self.scenario, self._processes
        fresh = not any(self.home.glob("[!.]*"))
        write_settings(self.home, self._folder, scenario.persona)
        start_display(processes, scenario.screen, self.size, self.home)
        start_bus(processes, self.home, self._accessibility)
        start_window_manager(processes, self.home, scenario.screen.background)
        if fresh:
            self._furnish()
        self._log_start()
        self._assemble()
        if any(step.do == "notify" for step in scenario.steps) and shutil.which("dunst"):
            processes.start(["dunst", "-conf", str(self._folder / "dunstrc")], self.home)

    def _assemble(self) -> None:
        scenario, processes = self.scenario, self._processes
        windows = Windows(processes)
        self._texts = AccessibleTexts(self.env["DBUS_SESSION_BUS_ADDRESS"]) if self._accessibility else None
        self._apps = Applications(scenario, self.home, processes, windows, self._pages, self._texts, self.log)
        self._sampler = Sampler(
            self._apps, windows, self.log, self.env["DISPLAY"], scenario.sensitive_hosts, self._shots
        )
        keyboard = Keyboard(processes, scenario.seed, self._speed, self._sleep)
        self._person = Person(
            scenario,
            self.home,
            processes,
            windows,
            self._apps,
            self._pages,
            self._sampler,
            keyboard,
            self.log,
            self._sleep,
        )

    def _furnish(self) -> None:
        """Write the person's files and run the set-up commands in a home that is still empty."""
        for name, text in self.scenario.files.items():
            path = self.home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == ".pdf":
                write_pdf(text.strip().split("\n"), path, path.stem)
            else:
                path.write_text(text, encoding="utf-8")
        for command in self.scenario.setup:
            done = subprocess.run(
                ["bash", "-c", command], cwd=self.home, env=self.env, capture_output=True, timeout=20, check=False
            )
            if done.returncode:
                raise ScenarioError(f"The set-up command {command!r} failed: {done.stderr.decode()[-300:]}")

    def _log_start(self) -> None:
        scenario = self.scenario
        shown = json.dumps({**self.env, "SCENARIO_HOME": str(self.home)}, indent=1)
        (self.out / "env.json").write_text(shown, encoding="utf-8")
        self.log.write(
            "start",
            run=self._processes.run_id,
            scenario=scenario.name,
            persona=scenario.persona.model_dump(),
            size=self.size,
            display=self.env["DISPLAY"],
            seed=scenario.seed,
            speed=self._speed,
            home=str(self.home),
        )
        for fact in scenario.facts:
            self.log.write("fact", **fact)

    def _start_agent(self) -> subprocess.Popen[bytes] | None:
        if not self._agent:
            return None
        env = {**os.environ, **self.env}
        agent = self._processes.start(shlex.split(self._agent), cwd=Path.cwd(), name="agent", env=env)
        time.sleep(1)
        return agent

    def _sleep(self, seconds: float) -> None:
        self._interrupted.wait(seconds / self._speed)


def _end_agent(agent: subprocess.Popen[bytes] | None) -> None:
    """Interrupt an agent and let it finish; what does not go is ended with the session."""
    if agent is None or agent.poll() is not None:
        return
    agent.send_signal(signal.SIGINT)
    try:
        agent.wait(10)
    except subprocess.TimeoutExpired:
        agent.terminate()
