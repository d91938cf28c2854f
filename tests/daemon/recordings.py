"""A small recording of texts and pictures, made for one test."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from gum.perceive import encoding
from gum.records import Capture, Rect, Window
from gum.replay import Persona, RecordingWriter
from tests.working import START, text

PLACE = Rect(0, 0, 480, 80)
SUBJECTS = ("harbour survey", "rye bread", "tide tables")


def write(folder: Path, *, notes: int, pictures: int = 0, name: str = "small") -> Path:
    """Write a recording of so many notes, one every 20 seconds, with some pictures of a window among them."""
    writer = RecordingWriter(folder, name, Persona("Nora Lind"), (PLACE.width, PLACE.height))
    writer.start_session("morning", START)
    every = max(1, notes // pictures) if pictures else 0
    for number in range(notes):
        t = number * 20.0
        note = text(f"{SUBJECTS[number // 20 % 3]}, note {number}", START + timedelta(seconds=t), app="Diary")
        writer.write(note, t)
        if every and number % every == 0:
            writer.write(_picture(number), t + 5)
    writer.close({"facts": [], "log": {}})
    return folder


def _picture(number: int) -> Capture:
    drawn = Image.new("RGB", (PLACE.width, PLACE.height), "white")
    ImageDraw.Draw(drawn).text((12, 20), f"Draft page {number} of many", "black", ImageFont.load_default(28))
    at = START + timedelta(seconds=number * 20 + 5)
    place = Window(3, "Mousepad", f"draft-{number}.txt", None, PLACE, PLACE)
    frame = encoding.from_image(drawn, PLACE)
    return Capture("screen", "frame", at, app=place.app, title=place.title, window=place, frame=frame)
