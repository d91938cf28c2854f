"""Whether a program records sound just now, as far as the kernel tells; who talks is not to be interrupted."""

from __future__ import annotations

from pathlib import Path

SOUND = Path("/proc/asound")


def in_use(sound: Path = SOUND) -> bool:
    """Return whether a capture stream of a sound card runs; False where that cannot be told."""
    return any(_runs(status) for status in sound.glob("card*/pcm*c/sub*/status"))


def _runs(status: Path) -> bool:
    try:
        return "RUNNING" in status.read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
