"""A served home with a person's two days, and the application driven by Textual's pilot."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from gum_tui.app import GumApp
from textual.pilot import Pilot

from gum.api import token
from gum.client import Client
from gum.config import Api, Config
from gum.daemon.agent import Agent
from gum.daemon.server import ApiServer
from gum.daemon.service import Service
from gum.paths import Home
from gum.store import Store
from tests.tui import life

PATIENCE_S = 15.0

Journey = Callable[[Pilot[None]], Awaitable[None]]


class Daemon:
    """The daemon's service over a filled home, served on loopback; its observers and threads stand still."""

    def __init__(self, folder: Path, **settings: object) -> None:
        still = {"capture": {"observers": []}, "store": {"index_on_disk": False}}
        config = Config.model_validate(still | settings)
        self.home = Home(folder)
        self.agent = Agent.open(self.home, config, lambda: life.NOW)
        self.ids = life.fill(self.agent.store)
        self.service = Service(self.agent)
        self._server = self.service.server
        self._server.start()
        self.url = self._server.url
        self.token = token.read(self.home.token)

    @property
    def store(self) -> Store:
        return self.agent.store

    def client(self) -> Client:
        return Client(self.url, self.token, timeout=5.0, where=lambda: self.url)

    def go_away(self) -> None:
        """Stop serving; the home stays open."""
        self._server.stop()

    def come_back(self, *, elsewhere: bool = False) -> None:
        """Serve again, at the same address or at another one."""
        port = 0 if elsewhere else int(self._server.url.rsplit(":", 1)[1])
        self._server = ApiServer(self.service, self.home, Api(host="127.0.0.1", port=port))
        self._server.start()
        self.url = self._server.url

    def close(self) -> None:
        self._server.stop()
        self.agent.close()


@dataclass(frozen=True, slots=True)
class Seen:
    """What is on the screen, line by line."""

    lines: tuple[str, ...]

    def __contains__(self, words: str) -> bool:
        return any(words in line for line in self.lines)

    def __str__(self) -> str:
        return "\n".join(self.lines)


def seen(pilot: Pilot[None]) -> Seen:
    """Return the text of the screen as it is drawn."""
    rows: dict[float, list[tuple[float, str]]] = {}
    drawn = re.compile(r'<text [^>]*?x="([\d.]+)" y="([\d.]+)"[^>]*clip-path[^>]*>(.*?)</text>', re.DOTALL)
    for x, y, text in drawn.findall(pilot.app.export_screenshot(simplify=True)):
        rows.setdefault(float(y), []).append((float(x), html.unescape(text).replace("\xa0", " ")))
    return Seen(tuple(_line(parts) for _, parts in sorted(rows.items())))


def _line(parts: list[tuple[float, str]]) -> str:
    """Return the pieces of one line at their places, a cell being 12.2 wide."""
    line = ""
    for x, text in sorted(parts):
        line = line.ljust(round(x / 12.2)) + text.rstrip("\n")
    return line.rstrip()


async def until(pilot: Pilot[None], condition: Callable[[], object], what: str) -> None:
    """Wait until the condition holds; fail with what was waited for and what is on the screen."""
    deadline = asyncio.get_running_loop().time() + PATIENCE_S
    while not condition():
        if asyncio.get_running_loop().time() > deadline:
            pytest.fail(f"{what} did not come; on the screen was:\n{seen(pilot)}")
        await pilot.pause(0.02)
    await pilot.pause()


async def shows(pilot: Pilot[None], *words: str) -> None:
    """Wait until all these words are on the screen."""
    for each in words:
        await until(pilot, lambda each=each: each in seen(pilot), repr(each))


async def burst(pilot: Pilot[None], keys: Sequence[str]) -> None:
    """Press keys one right after the other, as from a held key or a paste, and let all that waits be handled once."""
    for key in keys:
        pilot.app.simulate_key(key)
    await pilot.pause(0.01)


def drive(client: Client, journey: Journey, size: tuple[int, int] = (120, 36), theme: str = "") -> None:
    """Run the application headless over this client and walk the journey in it."""

    async def run() -> None:
        with client:
            app = GumApp(client, status_every_s=0.2)
            if theme:
                app.theme = theme
            async with app.run_test(size=size, notifications=True) as pilot:
                await journey(pilot)
                await app.action_quit()
                await pilot.pause()

    asyncio.run(run())
