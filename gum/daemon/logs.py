"""The log file: rotating, readable by the person alone, without observed content.

An exception's message may quote what was on screen: only its type and where it came from are written.
"""

from __future__ import annotations

import copy
import logging
import os
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO

BYTES = 2_000_000
FILES = 3
OURS = ("gum", "gum_observers", "gum_models", "gum_tui")

ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PrivateFormatter(logging.Formatter):
    """Writes where an exception came from, never what it said."""

    def format(self, record: logging.LogRecord) -> str:
        record = copy.copy(record)
        record.exc_text = None  # another handler may have left the whole exception here
        return super().format(record)

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802 - logging's own name
        kind, _, trace = ei
        lines = [f"  {part.filename}:{part.lineno} in {part.name}" for part in traceback.extract_tb(trace)]
        return "\n".join([*lines, f"  {kind.__name__ if kind else 'no error'}"])


class PrivateFile(RotatingFileHandler):
    """A rotating file with mode 0600 from its first byte."""

    def _open(self) -> IO[str]:  # type: ignore[override]
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.fchmod(descriptor, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")


def _ours(record: logging.LogRecord) -> bool:
    """Let through what we wrote; of a library's lines nobody knows what they quote."""
    return record.name.partition(".")[0] in OURS


def to_file(path: Path, level: int = logging.INFO) -> logging.Handler:
    """Send every line of ours to the file and return the handler; `close` ends it."""
    handler = PrivateFile(path, maxBytes=BYTES, backupCount=FILES, delay=True)
    handler.setFormatter(PrivateFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(_ours)
    root = logging.getLogger()
    root.addHandler(handler)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    return handler


def close(handler: logging.Handler) -> None:
    """Take the handler away again."""
    logging.getLogger().removeHandler(handler)
    handler.close()
