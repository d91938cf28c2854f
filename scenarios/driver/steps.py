"""What a person can do: one method for each `do` of a scenario."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from scenarios.driver.applications import Applications
from scenarios.driver.keyboard import Keyboard
from scenarios.driver.pages import Pages
from scenarios.driver.processes import Processes, wait_for
from scenarios.driver.sampling import Sampler
from scenarios.driver.spec import App, Scenario, ScenarioError, Step
from scenarios.driver.truth import TruthLog
from scenarios.driver.windows import Windows


class Person:
    """Does the steps of a scenario on the desktop, and logs what was done."""

    def __init__(
        self,
        scenario: Scenario,
        home: Path,
        processes: Processes,
        windows: Windows,
        apps: Applications,
        pages: Pages,
        sampler: Sampler,
        keyboard: Keyboard,
        log: TruthLog,
        sleep: Callable[[float], None],
    ) -> None:
        self._scenario, self._home, self._processes, self._windows = scenario, home, processes, windows
        self._apps, self._pages, self._sampler, self._keyboard = apps, pages, sampler, keyboard
        self._log, self._sleep = log, sleep

    def do(self, step: Step) -> None:
        """Do one step.  Raises ScenarioError when it is unknown or cannot be done."""
        act = getattr(self, f"do_{step.do}", None)
        if act is None:
            raise ScenarioError(f"There is no step {step.do!r}.")
        given = step.model_dump(exclude_unset=True, exclude={"do", "why"})
        self._log.write("do", do=step.do, why=step.why, args=given)
        act(step)
        pause = self._keyboard.random.uniform(0.15, 0.5)
        self._sleep(pause if step.pause is None else step.pause)

    # ------------------------------------------------------------------ windows

    def do_launch(self, step: Step) -> None:
        self._apps.launch(step.app)

    def do_attach(self, step: Step) -> None:
        """Take over a window that a command in the terminal opened."""
        app = App(kind=step.kind or "command", file=step.file, geometry=step.geometry, sensitive=step.sensitive)
        self._apps.attach(step.app, app)

    def do_focus(self, step: Step) -> None:
        window = self._apps[step.app].window
        for _ in range(6):
            self._processes.run("xdotool", "windowactivate", str(window), timeout=4)
            with contextlib.suppress(ScenarioError):
                wait_for(lambda: self._windows.active() == window or None, 1, "The focus")
                self._apps.current = step.app
                time.sleep(0.12)
                return
        raise ScenarioError(f"The application {step.app!r} could not be focused.")

    def do_close(self, step: Step) -> None:
        self._apps.close(step.app)

    def do_minimize(self, step: Step) -> None:
        self._processes.run("xdotool", "windowminimize", str(self._apps[step.app].window))
        self._sleep(0.2)

    def do_lock(self, step: Step) -> None:
        locker = self._processes.start(["i3lock", "-n", "-c", "101820"], self._home)
        self._sampler.locked = True
        self._log.write("locked")
        self._sleep(3 if step.s is None else step.s)
        locker.terminate()
        locker.wait(5)
        self._sampler.locked = False
        self._log.write("unlocked")

    def do_notify(self, step: Step) -> None:
        self._processes.run("notify-send", "-a", step.app or "Calendar", step.summary, step.body)
        self._log.write("notified", summary=step.summary, body=step.body)

    # ------------------------------------------------------------------ keys

    def do_type(self, step: Step) -> None:
        typos = self._scenario.typos if step.typos is None else step.typos
        self._keyboard.type(step.text, step.cps or self._scenario.cps, typos)
        self._log.write("typed", app=self._apps.current, text=step.text)

    def do_key(self, step: Step) -> None:
        self._keyboard.press(*((step.keys,) if isinstance(step.keys, str) else step.keys))

    def do_paste(self, step: Step) -> None:
        subprocess.run(
            ["xclip", "-selection", "clipboard"],
            input=step.text.encode(),
            env=self._processes.env,
            timeout=5,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        self._keyboard.press("ctrl+v")
        self._log.write("pasted", app=self._apps.current, text=step.text)

    def do_wait(self, step: Step) -> None:
        self._sleep(1 if step.s is None else step.s)

    do_read = do_idle = do_wait

    # ------------------------------------------------------------------ pages

    def do_goto(self, step: Step) -> None:
        """Type an address; once more where a page that was still loading took the focus back."""
        for patience in (5.0, 10.0):
            since = time.time()
            self._keyboard.press("ctrl+l")
            self._sleep(0.2)
            self._keyboard.type(step.url, cps=30)
            self._sleep(0.1)
            self._keyboard.press("Return")
            if self._came(step.url, since, patience):
                break
        self._arrived(step.url)

    def do_click(self, step: Step) -> None:
        """Click a page element by id, or a place relative to the window; `then` is part of the URL to come."""
        x, y, width, height = self._windows.geometry(self._apps.here.window)
        to = (x + step.x, y + step.y)
        if step.id:
            place = wait_for(lambda: self._settled(step.id, width, height), 8, f"The element {step.id!r}")
            to = (x + place[0], y + place[1])
        self._move(*to)
        since = time.time()
        self._click(step.id, to)
        if not step.then:
            self._sleep(0.25)
            return
        # Once more where a page that was still loading swallowed the click.
        if not self._came(step.then, since, 5.0) and step.id in self._pages.now().get("els", {}):
            self._click(step.id, to)
        self._came(step.then, since, 10.0)
        self._arrived(step.then)

    def do_scroll(self, step: Step) -> None:
        x, y, width, height = self._windows.geometry(self._apps.here.window)
        self._processes.run("xdotool", "mousemove", str(x + width // 2), str(y + height // 2))
        for _ in range(abs(step.n)):
            self._processes.run("xdotool", "click", "5" if step.n > 0 else "4")
            self._sleep(0.09)

    def _click(self, element: str, at: tuple[int, int]) -> None:
        self._processes.run("xdotool", "click", "1")
        self._log.write("click", app=self._apps.current, target=element or None, x=at[0], y=at[1])

    def _settled(self, element: str, width: int, height: int) -> tuple[int, int] | None:
        """Return where an element is; the first report of a page can come before its layout is final."""
        page = self._pages.now()
        place = page.get("els", {}).get(element)
        if not place or time.time() - page["t"] < 0.3:
            return None
        inside = 0 < place[0] < width and 0 < place[1] < height
        return (place[0], place[1]) if inside else None

    def _move(self, x: int, y: int) -> None:
        said = self._processes.run("xdotool", "getmouselocation")
        x0, y0 = (int(value) for value in re.findall(r"[xy]:(-?\d+)", said)[:2])
        for part in range(1, 9):
            self._processes.run("xdotool", "mousemove", str(x0 + (x - x0) * part // 8), str(y0 + (y - y0) * part // 8))

    def _came(self, url: str, since: float, patience: float) -> bool:
        def there() -> bool | None:
            page = self._pages.now()
            return (url in (page.get("url") or "") and page.get("t", 0) >= since) or None

        try:
            return bool(wait_for(there, patience, f"The page {url}"))
        except ScenarioError:
            return False

    def _arrived(self, url: str) -> None:
        page = self._pages.now()
        if url not in (page.get("url") or ""):
            self._log.check("page", False, f"{url} did not come; {page.get('url')} is there")
        self._log.write("page", url=page.get("url"), title=page.get("title"))
        self._sleep(0.25)

    # ------------------------------------------------------------------ files and checks

    def do_save(self, step: Step) -> None:
        name = step.file or self._apps.here.spec.file
        path = self._home / name
        before = _changed_at(path)
        self._keyboard.press("ctrl+s")
        with contextlib.suppress(ScenarioError):
            wait_for(lambda: _changed_at(path) != before or None, 4, f"The saved {name}")
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        self._log.write("saved", file=name, sha=digest, chars=len(text))
        seen = self._shown()
        if seen is not None:
            same = seen.rstrip("\n") == text.rstrip("\n")
            self._log.check("editor text equals saved file", same, f"{len(seen)} vs {len(text)} chars")

    def do_expect(self, step: Step) -> None:
        self._sleep(0.3)
        if step.file:
            text, what = (self._home / step.file).read_text(encoding="utf-8"), step.file
        elif step.sent:
            raw = json.dumps(self._pages.sent, ensure_ascii=False)
            text, what = raw.replace("\\n", "\n").replace("\\r", ""), "sent mail"
        else:
            text, what = self._shown() or "", f"text of {self._apps.current}"
        held = _plain(step.contains) in _plain(text)
        self._log.check(f"{what} contains {step.contains[:50]!r}", held, "" if held else text[-300:])

    def _shown(self) -> str | None:
        here = self._apps.here
        return self._apps.text(self._apps.current, self._windows.info(here.window).title)[0]


def _changed_at(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
