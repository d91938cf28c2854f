"""Which form a file has, and its entries."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from gum.errors import RecordingError
from gum.feeds import json_lines, mail, texts
from gum.feeds.entry import Defaults, with_sources
from gum.wire import CaptureIn

FORMATS = ("auto", "text", "jsonl", "mail")
_SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".eml": "mail", ".mbox": "mail", ".mbx": "mail"}


def read(file: Path, form: str, each: str, defaults: Defaults) -> Iterator[CaptureIn]:
    """Yield the captures of a file, or of standard input for '-'.

    Raises RecordingError for a file that cannot be read, and for an entry that cannot be one.
    """
    stream = str(file) == "-"
    if form == "auto":
        form = "text" if stream else _SUFFIXES.get(file.suffix.lower(), "text")
    if form == "jsonl":
        entries = json_lines.entries(sys.stdin if stream else _text(file).splitlines(), defaults)
    elif form == "mail":
        entries = _mail(file, stream, defaults)
    else:
        entries = texts.entries(sys.stdin.read() if stream else _text(file), each, defaults)
    return with_sources(entries, defaults)


def _mail(file: Path, stream: bool, defaults: Defaults) -> Iterator[tuple[str, CaptureIn]]:
    data = sys.stdin.buffer.read() if stream else _bytes(file)
    if data.startswith(b"From ") and not stream:
        yield from mail.of_box(file, defaults)
    else:
        yield mail.of_message(data, defaults, "What was read" if stream else str(file))


def _text(file: Path) -> str:
    try:
        return _bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RecordingError(f"{file} cannot be read as UTF-8 text.") from error


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise RecordingError(f"{file} cannot be read: {error.strerror}.") from error
