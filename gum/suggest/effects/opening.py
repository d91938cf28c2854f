"""Opens pages and documents again: those that were observed, and nothing that could run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gum.errors import ActionError

#: Documents; whatever else a file may be, opening it could start something.
_ENDINGS = (
    "pdf ps djvu epub txt md rst tex bib csv tsv odt ods odp doc docx xls xlsx ppt pptx rtf png jpg jpeg gif webp svg "
    "ics eml org json yaml toml log py c h cpp rs go java js ts ipynb"
)
DOCUMENTS = frozenset(_ENDINGS.split())
#: Words of an address that may do something when it is asked for again.
_DOES = re.compile(
    r"(?<![^\W_])(?:send|sent|submit|delete|remove|log-?out|sign-?out|unsubscribe|confirm|checkout|pay|buy|vote|approve)"
    r"(?![^\W_])",
    re.I,
)
LONGEST = 4000
MOST = 12


def checked(target: str, was_observed: Callable[[str], bool]) -> str:
    """Return a target that may be opened.  Raises ActionError that says why one may not."""
    parts = urlsplit(target)
    if len(target) > LONGEST or not target.isprintable() or " " in target:
        raise ActionError("An address to open must be one line of at most 4000 characters without spaces.")
    if parts.scheme not in ("http", "https", "file") or (parts.scheme != "file" and not parts.hostname):
        raise ActionError(f"Only web pages and documents are opened, not {parts.scheme or 'this'}.")
    if parts.username or parts.password:
        raise ActionError("An address with a name or a password in it is not opened.")
    if parts.scheme != "file" and _DOES.search(f"{parts.path}?{parts.query}"):
        raise ActionError(f"{target} may do something when it is opened again, so it is not opened.")
    if not was_observed(target):
        raise ActionError(f"{target} was never seen, so it is not opened.")
    if parts.scheme == "file":
        _document(Path(unquote(parts.path)))
    return target


def open_all(targets: list[str]) -> None:
    """Open each with the program that the person uses for it.  Raises ActionError where that cannot be asked for."""
    for target in targets:
        _open(target)


def is_openable(address: str) -> bool:
    """Return whether an address, once it was observed, may be opened; a document must be there."""
    try:
        checked(address, lambda _: True)
    except (ActionError, ValueError):
        return False
    return True


def _document(path: Path) -> None:
    if path.suffix[1:].casefold() not in DOCUMENTS or (os.name == "posix" and os.access(path, os.X_OK)):
        raise ActionError(f"{path.name} is no document, so it is not opened.")
    if not path.is_file() or path.resolve() != path:
        raise ActionError(f"{path} is not there any more.")


def _open(target: str) -> None:
    if sys.platform == "win32":
        os.startfile(target)  # noqa: S606 - checked: a page, or a document by its ending
        return
    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if program is None:
        raise ActionError("xdg-open is missing, so nothing can be opened; on Debian it comes with xdg-utils.")
    quiet = subprocess.DEVNULL
    started = subprocess.Popen(
        [program, target], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True, env=dict(os.environ)
    )
    threading.Thread(target=started.wait, name="opening", daemon=True).start()
