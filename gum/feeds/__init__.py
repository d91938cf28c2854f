"""Files and streams of other programs, read as captures that any sensor could send: texts, JSON Lines, mail."""

from __future__ import annotations

from gum.feeds.entry import Defaults
from gum.feeds.reading import FORMATS, read

__all__ = ["FORMATS", "Defaults", "read"]
