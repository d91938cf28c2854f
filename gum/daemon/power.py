"""Where the machine's power comes from."""

from __future__ import annotations

from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Power:
    """Whether the machine runs on its battery, and how full that is in percent; None where there is none."""

    on_battery: bool = False
    percent: float | None = None


def read() -> Power:
    """Return what the system says; a machine without a battery, or without sensors, runs on mains."""
    try:
        battery = psutil.sensors_battery()
    except (AttributeError, OSError):  # a platform without sensors
        return Power()
    return Power() if battery is None else Power(battery.power_plugged is False, battery.percent)
