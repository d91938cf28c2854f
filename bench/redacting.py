"""What redaction costs beside reading: the share of the time of a frame."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from gum_models.readers.tesseract import TesseractReader

from gum.evaluate.rendering import EDITOR, render
from gum.perceive.redaction import redact

ROUNDS = 3


def rows() -> list[tuple[str, str]]:
    """Return the table's rows, measured on 40 lines of this program's own prose and code as an editor shows them."""
    texts = [_lines("docs/architecture.md"), _lines("gum/store/store.py")]
    reader = TesseractReader()
    frames = [render(text, EDITOR) for text in texts]
    read = [reader.read(frame, frame.rect) for frame in frames]
    reading = _seconds(lambda: [reader.read(frame, frame.rect) for frame in frames])
    redacting = _seconds(lambda: [redact(text) for text in read])
    reader.close()
    characters = sum(map(len, read))
    return [
        ("reading a window of 40 lines", f"{reading / len(frames) * 1e3:.0f} ms"),
        ("redacting its text", f"{redacting / len(frames) * 1e3:.0f} ms, {redacting / reading:.3f} of reading"),
        ("redaction of 1,000 characters", f"{redacting / characters * 1e6:.1f} ms"),
    ]


def _lines(name: str) -> str:
    text = (Path(__file__).parents[1] / name).read_text(encoding="utf-8")
    return "\n".join(text.splitlines()[:40])


def _seconds(work: Callable[[], object]) -> float:
    """Return the processor time of one round, the least of a few."""
    work()
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        took.append(time.process_time() - began)
    return min(took)
