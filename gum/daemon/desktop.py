"""The one desktop that the observers share: opened when first needed, opened anew after it was lost."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from gum import plugins
from gum.errors import DesktopError, GumError
from gum.protocols import Desktop

log = logging.getLogger(__name__)


def open_desktop() -> Desktop:
    """Return the first desktop that opens here.  Raises DesktopError with each backend's reason."""
    reasons = []
    for name, kind in plugins.load_all("gum.desktops").items():
        try:
            desktop: Desktop = kind()
        except GumError as error:
            reasons.append(f"{name}: {error}")
        else:
            return desktop
    raise DesktopError(" ".join(reasons) or "No desktop backend is installed.")


class SharedDesktop:
    """Hands out one desktop to every observer; thread-safe."""

    def __init__(self, opener: Callable[[], Desktop] = open_desktop) -> None:
        self._open = opener
        self._lock = threading.Lock()
        self._desktop: Desktop | None = None

    def get(self) -> Desktop:
        """Return the desktop.  Raises DesktopError when there is none."""
        with self._lock:
            if self._desktop is None:
                self._desktop = self._open()
                log.info("desktop opened: %s", self._desktop.name)
            return self._desktop

    def missing(self) -> list[str]:
        """Return what the open desktop does not offer at the moment; nothing when none is open."""
        with self._lock:
            desktop = self._desktop
        return desktop.missing() if desktop is not None else []

    def lost(self, desktop: Desktop) -> None:
        """Say that a desktop went away; the next `get` opens another."""
        with self._lock:
            if self._desktop is not desktop:
                return
            self._desktop = None
        _close(desktop)

    def renew(self) -> None:
        """Let go of the open desktop, whose users then fail and ask for another; a hung one must not hold us up."""
        with self._lock:
            desktop, self._desktop = self._desktop, None
        if desktop is not None:
            threading.Thread(target=_close, args=(desktop,), name="closing", daemon=True).start()

    def close(self) -> None:
        """Close the desktop, if one is open."""
        with self._lock:
            desktop, self._desktop = self._desktop, None
        if desktop is not None:
            _close(desktop)


def _close(desktop: Desktop) -> None:
    try:
        desktop.close()
    except Exception as error:  # noqa: BLE001 - a backend whose display is gone may raise anything at all
        log.info("desktop closed with %s", type(error).__name__)
