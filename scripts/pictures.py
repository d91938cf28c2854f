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
from gum_tui.theme import DARK, LIGHT
from textual.pilot import Pilot
from textual.theme import Theme

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
    ("today", ("1",)),
    ("propositions", ("2",)),
    ("review", ("3",)),
    ("suggestions", ("4",)),
    ("timeline", ("5",)),
    ("insights", ("6", "j", "j", "j", "j")),
    ("privacy", ("8", "j")),
    ("models", ("9", "j")),
    ("ask", ("7", *"deadline", "enter")),
)
"""Name of each screen, and the keys that lead to it from the one before; Ask is last, as its field takes every key."""

LOOKS = tuple((size, theme) for size in ((80, 24), (160, 48)) for theme in (DARK, LIGHT))
README = ("today", "propositions", "suggestions", "timeline")
"""The screens that the README shows, at `SIZE` and dark."""


def name_of(screen: str, size: tuple[int, int], theme: Theme) -> str:
    """Return the name of a screen's picture at a size, in a theme."""
    return f"{screen}-{size[0]}x{size[1]}-{theme.name.removeprefix('gum-')}"


NAMES = (*README, *(name_of(screen, *look) for look in LOOKS for screen, _ in SHOTS))


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
    plain = re.sub(re.escape(tempfile.gettempdir()) + r"/tmp\w{8}", "/home/person/gum", plain)  # noqa: S108
    if leftover := re.search(r"url\([\"']?https?:", plain):
        raise SystemExit(f"The picture still names {leftover.group()}; the form of Rich's SVG has changed.")
    return plain


async def photograph(client: Client, size: tuple[int, int], theme: Theme) -> dict[str, str]:
    """Walk through the screens and return one picture of each."""
    taken = {}
    app = GumApp(client)
    async with app.run_test(size=size) as pilot:
        app.theme = theme.name
        for screen, keys in SHOTS:
            await pilot.press(*keys)
            await settled(pilot, app)
            taken[screen] = without_foreign_fonts(app.export_screenshot())
        await app.action_quit()
        await pilot.pause()
    return taken


def written(folder: Path, name: str, picture: str) -> None:
    """Write one picture."""
    path = folder / f"{name}.svg"
    path.write_text(picture, encoding="utf-8")
    path.chmod(0o644)


def main(arguments: Sequence[str]) -> None:
    """Make the pictures."""
    folder = Path(arguments[0]) if arguments else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["TZ"] = ZONE
    time.tzset()
    with served_demo() as client:
        taken = asyncio.run(photograph(client, SIZE, DARK))
        for screen in README:
            written(folder, screen, taken[screen])
        for size, theme in LOOKS:
            for screen, picture in asyncio.run(photograph(client, size, theme)).items():
                written(folder, name_of(screen, size, theme), picture)


if __name__ == "__main__":
    main(sys.argv[1:])
