"""Makes the pictures of the terminal interface: the demonstration, served, photographed screen by screen.

python scripts/pictures.py [FOLDER]        writes SVG files to docs/pictures, or to the folder named
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from gum_tui.app import GumApp
from textual.pilot import Pilot

from gum.api import token
from gum.client import Client
from gum.config import Config, load
from gum.daemon import demo
from gum.daemon.service import open_service
from gum.paths import Home

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
SIZE = (120, 36)
ZONE = "Europe/Berlin"
FONT = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
QUIET_S = 0.3

SHOTS: tuple[tuple[str, Sequence[str]], ...] = (
    ("today", ()),
    ("propositions", ("2",)),
    ("suggestions", ("4",)),
    ("timeline", ("5",)),
)
"""Name of each picture, and the keys that lead to it from the one before."""


@contextmanager
def served_demo() -> Iterator[Client]:
    """Play the recording into a home that is thrown away, and serve it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        agent, _ = demo.play(home, Config(), lambda *_: None)
        agent.close()
        place = demo.home_of(home)
        service = open_service(place, load(place.config))
        service.start()
        try:
            with Client(service.server.url, token.read(place.token)) as client:
                yield client
        finally:
            service.stop()


async def settled(pilot: Pilot[None], app: GumApp) -> None:
    """Wait until nothing has been asked of the daemon for a moment."""
    quiet = 0.0
    while quiet < QUIET_S:
        await pilot.pause(0.05)
        quiet = 0.0 if app.remote.busy else quiet + 0.05


def without_foreign_fonts(svg: str) -> str:
    """Return the picture without the web fonts that Rich names, so that looking at it fetches nothing."""
    plain = re.sub(r"@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)
    plain = re.sub(r"font-family:\s*Fira Code[^;]*;", f"font-family: {FONT};", plain)
    plain = re.sub(r"<!--.*?-->", "", plain, flags=re.DOTALL)
    if leftover := re.search(r"url\([\"']?https?:", plain):
        raise SystemExit(f"The picture still names {leftover.group()}; the form of Rich's SVG has changed.")
    return plain


async def photograph(client: Client, folder: Path) -> None:
    """Walk through the screens and write one picture of each."""
    app = GumApp(client)
    async with app.run_test(size=SIZE) as pilot:
        for name, keys in SHOTS:
            await pilot.press(*keys)
            await settled(pilot, app)
            picture = folder / f"{name}.svg"
            picture.write_text(without_foreign_fonts(app.export_screenshot()), encoding="utf-8")
            picture.chmod(0o644)
        await app.action_quit()
        await pilot.pause()


def main(arguments: Sequence[str]) -> None:
    """Make the pictures."""
    folder = Path(arguments[0]) if arguments else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["TZ"] = ZONE
    time.tzset()
    with served_demo() as client:
        asyncio.run(photograph(client, folder))


if __name__ == "__main__":
    main(sys.argv[1:])
