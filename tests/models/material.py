"""Episodes, observations and pictures that tests give to engines."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from importlib.resources import files

from gum.protocols import EpisodeContext
from gum.records import Durability, Episode, Kind, Observation, Proposition, Status, Theme, Trust

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def screen(
    id: int, text: str, *, title: str = "letter.txt - Mousepad", episode: int = 1, kind: str = "screen"
) -> Observation:
    """Return an observation of a screen that was looked at for a minute."""
    at = NOON + timedelta(minutes=id)
    return Observation(
        "screen", kind, at, at + timedelta(minutes=1), "mousepad", title, text=text, episode=episode, id=id
    )


def episode(id: int, *observations: int) -> Episode:
    """Return an episode of three minutes."""
    start = NOON + timedelta(minutes=5 * id)
    return Episode(
        start, start + timedelta(minutes=3), "mousepad", f"letter-{id}.txt", "", 180.0, 50, 1, observations, id=id
    )


def context(*observations: Observation) -> EpisodeContext:
    """Return the context of one episode with these observations."""
    one = episode(1, *(seen.id for seen in observations))
    return EpisodeContext(one, observations, (), lambda _: (), (), NOON)


def proposition(id: int, text: str) -> Proposition:
    """Return something that is believed."""
    return Proposition(
        text, "", Kind.FACT, Durability.PHASE, Theme.WORK, Status.ACTIVE, 0.7, 0.7, Trust.TYPED, NOON, NOON, "x", id=id
    )


def screenshot(width: int = 1280, height: int = 800, kind: str = "WEBP") -> bytes:
    """Return a drawn window with text, encoded as kept frames are."""
    from PIL import Image, ImageDraw, ImageFont

    drawn = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(drawn)
    for line in range(20):
        pen.text((40, 30 + line * 36), f"line {line} of a tide table for Skarvik", "navy", ImageFont.load_default(22))
    out = io.BytesIO()
    drawn.save(out, kind)
    return out.getvalue()


def recorded_screenshot() -> bytes:
    """Return the largest frame of the demonstration's recording: a real application as an observer saw it."""
    frames = files("gum.demo").joinpath("recording", "frames").iterdir()
    return max((one.read_bytes() for one in frames), key=len)
