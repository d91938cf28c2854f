"""Recordings of the driver's form: what a scripted person did on a screen, with the truth of it.

    truth.jsonl    one row a line with "t" (seconds since 1970) and "type"
    shots/*.png    the screen, named by the rows of type 'shot'

Only what an observer could have seen is input: of a 'state' row the active window with its class and title and the
geometry of all windows, of a 'shot' row the picture, of 'typed' and 'click' rows how many keys and clicks there were.
Texts, sources, facts and checks are ground truth.  A row of typing is written when it is over; its keys are spread
evenly from the start of that step on, as an observer counts them while they are pressed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from typing import Any

from gum.errors import RecordingError
from gum.records import Capture, InputCounts, Rect, Window
from gum.replay.base import Persona, inside, read_frame, read_lines

MANIFEST = "truth.jsonl"
_Row = dict[str, Any]


class DriverRecording:
    """The output folder of the scenario driver.  Raises RecordingError naming what cannot be used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows = [(number, row) for number, row in read_lines(folder / MANIFEST) if "type" in row]
        start = next((row for _, row in self._rows if row["type"] == "start"), {})
        persona = start.get("persona") or {}
        self.name = str(start.get("scenario") or folder.resolve().name)
        names = (str(persona[key]) for key in ("login", "email") if persona.get(key))
        self.persona = Persona(str(persona.get("name", "")), tuple(names))
        self.count = sum(1 for _ in self._steps())
        self._keys = _Keys(row for _, row in self._rows)

    def captures(self) -> Iterator[Capture]:
        windows = _Windows()
        for number, row in self._steps():
            source = f"{self.name}/{number}"
            try:
                t = float(row["t"])
                at = datetime.fromtimestamp(t, UTC)
                if row["type"] == "state":
                    windows.follow(row, t)
                    yield windows.capture("windows", "window", at, source)
                elif row["type"] == "shot":
                    frame = read_frame(inside(self._folder, str(row["file"])))
                    keys = self._keys.between(windows.counted_to, t)
                    windows.counted_to = t
                    yield windows.capture("screen", "frame", at, source, frame=frame, input=InputCounts(keys))
                else:
                    yield windows.capture("activity", "activity", at, source, input=_counts(row))
            except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError) as error:
                raise RecordingError(f"{self._folder / MANIFEST}, line {number}, cannot be used: {error}.") from error

    def truth(self) -> dict[str, Any] | None:
        """Return the facts, and every row as the log of what was done."""
        facts = [_fact(number, row) for number, row in self._rows if row["type"] == "fact"]
        return {"facts": facts, "log": [row for _, row in self._rows if row["type"] != "fact"]}

    def _steps(self) -> Iterator[tuple[int, _Row]]:
        """Yield the rows that an observer could have seen; a shot taken while windows changed is not used."""
        for number, row in self._rows:
            if row["type"] in ("state", "typed", "click") or (row["type"] == "shot" and not row.get("transition")):
                yield number, row


class _Keys:
    """When keys were pressed: stretches of (start, end, number)."""

    def __init__(self, rows: Iterable[_Row]) -> None:
        self._stretches: list[tuple[float, float, int]] = []
        begun = 0.0
        for row in rows:
            t = row.get("t")
            if not isinstance(t, int | float):
                continue
            if row["type"] == "do":
                begun = t
            elif row["type"] == "typed" and "text" in row:
                self._stretches.append((min(begun or t, t), t, _counts(row).keys))

    def between(self, since: float, until: float) -> int:
        """Return how many keys were pressed between two instants, the last key of a stretch at its very end."""
        total = 0.0
        for start, end, keys in self._stretches:
            part = min(until, end) - max(since, start)
            if part > 0:
                total += keys * part / (end - start)
            elif start == end and since < end <= until:
                total += keys
        return ceil(total)


class _Windows:
    """The desktop as the rows of state tell it, one after the other.

    `counted_to` is until when keys were told with a frame of the active window.
    """

    def __init__(self) -> None:
        self.front: Window | None = None
        self.locked = False
        self.counted_to = 0.0

    def follow(self, row: _Row, t: float) -> None:
        """Take over a row of state; what was typed in another window before does not count for the new one."""
        self.locked = bool(row.get("locked"))
        places = {int(item["wid"]): Rect(*map(int, item["geometry"])) for item in row.get("windows") or ()}
        active = int(row.get("wid") or 0)
        before, self.front = self.front, None
        if active in places:
            rect = places[active]
            self.front = Window(active, str(row.get("cls") or ""), str(row.get("title") or ""), None, rect, rect)
        if before is None or self.front is None or before.id != self.front.id:
            self.counted_to = t

    def capture(self, observer: str, kind: str, at: datetime, source: str, **seen: Any) -> Capture:
        """Return what an observer saw in the active window."""
        window = None if self.locked else self.front
        return Capture(
            observer=observer,
            kind=kind,
            captured_at=at,
            app=window.app if window else "",
            title=window.title if window else "",
            window=window,
            locked=self.locked,
            source=source,
            **seen,
        )


def _counts(row: _Row) -> InputCounts:
    return InputCounts(clicks=1) if row["type"] == "click" else InputCounts(keys=len(str(row["text"])))


def _fact(number: int, row: _Row) -> dict[str, Any]:
    """Return a fact in the present form; the older one asks a question."""
    fact = {key: value for key, value in row.items() if key not in ("t", "rel", "type", "step")}
    if "q" in fact:
        fact = {"question": fact.pop("q"), "answer": fact.pop("a", ""), **fact}
    return {"id": f"fact-{number}", **fact}
