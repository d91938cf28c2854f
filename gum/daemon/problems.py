"""What is wrong at the moment, by part: set when it is met, cleared when it is over."""

from __future__ import annotations

import logging
import threading

log = logging.getLogger(__name__)


class Problems:
    """One sentence a part at most; the log hears of each change once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sentences: dict[str, str] = {}

    def set(self, part: str, sentence: str) -> None:
        """Say what is wrong with a part."""
        with self._lock:
            changed = self._sentences.get(part) != sentence
            self._sentences[part] = sentence
        if changed:
            log.warning("%s: %s", part, sentence)

    def clear(self, part: str) -> None:
        """Say that a part works again."""
        with self._lock:
            before = self._sentences.pop(part, None)
        if before is not None:
            log.info("%s: works again", part)

    def sentences(self) -> list[str]:
        """Return every sentence, by part."""
        with self._lock:
            return [self._sentences[part] for part in sorted(self._sentences)]
