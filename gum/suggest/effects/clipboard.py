"""The clipboard, by what the system offers: xclip, xsel or wl-clipboard on Linux, its own on others."""

from __future__ import annotations

import time

from gum.errors import ActionError

LONGEST = 100_000
_TAKES_S = 2.0


def read() -> str:
    """Return the text on the clipboard, empty where it holds none.  Raises ActionError where there is no clipboard."""
    from pyperclip import PyperclipException, determine_clipboard

    _, paste = determine_clipboard()
    try:
        return str(paste())
    except (PyperclipException, OSError) as error:
        raise ActionError(_MISSING) from error


def write(text: str) -> None:
    """Put a text onto the clipboard and wait until it is there.

    Raises ActionError where there is no clipboard, and for a text that is too long.
    """
    from pyperclip import PyperclipException, determine_clipboard

    if len(text) > LONGEST:
        raise ActionError(f"The text has {len(text)} characters; {LONGEST} are the most for the clipboard.")
    copy, paste = determine_clipboard()
    try:
        copy(text)
        deadline = time.monotonic() + _TAKES_S
        while str(paste()) != text and time.monotonic() < deadline:  # xclip takes it over in a process of its own
            time.sleep(0.02)
    except (PyperclipException, OSError) as error:
        raise ActionError(_MISSING) from error


_MISSING = "There is no clipboard here. On Linux, install xclip (X11) or wl-clipboard (Wayland)."
