"""What is on the display, through xprop and xwininfo on purpose: not the code of an agent under test."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scenarios.driver.processes import Processes

_SIDES = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")


@dataclass(frozen=True, slots=True)
class WindowInfo:
    """What a window says of itself."""

    title: str
    wm_class: str
    pid: int


class Windows:
    """The managed windows of one display."""

    def __init__(self, processes: Processes) -> None:
        self._run = processes.run

    def all(self) -> list[int]:
        """Return the managed windows, bottom to top."""
        listed = self._run("xprop", "-root", "_NET_CLIENT_LIST_STACKING")
        return [int(number, 16) for number in re.findall(r"0x[0-9a-f]+", listed)]

    def active(self) -> int:
        """Return the focused window, 0 when there is none."""
        found = re.search(r"0x[0-9a-f]+", self._run("xprop", "-root", "_NET_ACTIVE_WINDOW"))
        return int(found[0], 16) if found else 0

    def info(self, window: int) -> WindowInfo:
        """Return a window's title, class and pid."""
        said = self._run("xprop", "-id", hex(window), "_NET_WM_NAME", "WM_NAME", "WM_CLASS", "_NET_WM_PID")
        title = re.search(r'_NET_WM_NAME\(UTF8_STRING\) = "(.*)"$', said, re.M) or re.search(
            r'^WM_NAME\(\w+\) = "(.*)"$', said, re.M
        )
        wm_class = re.search(r'WM_CLASS\(\w+\) = "(.*)", "(.*)"', said)
        pid = re.search(r"_NET_WM_PID\(CARDINAL\) = (\d+)", said)
        return WindowInfo(
            title=title[1].replace('\\"', '"') if title else "",
            wm_class=wm_class[2] if wm_class else "",
            pid=int(pid[1]) if pid else 0,
        )

    def geometry(self, window: int) -> list[int]:
        """Return x, y, width, height (xdotool and wmctrl add the frame's offset twice here)."""
        said = self._run("xwininfo", "-id", str(window))
        found = [re.search(rf"{side}:\s+(-?\d+)", said) for side in _SIDES]
        return [int(match[1]) if match else 0 for match in found]
