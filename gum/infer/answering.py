"""Answers a question from what is believed: the model's where one is in use, else the propositions themselves."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from gum.errors import EngineError
from gum.protocols import Reasoner
from gum.records import Proposition
from gum.store import SearchQuery, Store

log = logging.getLogger(__name__)

THEMSELVES = "These are the propositions themselves, the nearest first."
WITHOUT_MODEL = f"No model is in use. {THEMSELVES}"
_CITED = re.compile(r"\[(\d{1,18})\]")


@dataclass
class Answering:
    """One question on its way: what was found for it, and the words that have come so far.

    `notes` say how the answer came about where that is not by the engine alone.
    """

    question: str
    found: Sequence[Proposition]
    engine: Reasoner
    counting: Reasoner
    notes: list[str] = field(default_factory=list)
    author: str = ""
    _said: list[str] = field(default_factory=list)

    def pieces(self) -> Iterator[str]:
        """Yield the answer's words as they come; a model that fails before its first word gives way to counting, and
        so does one that has nothing to answer from.

        Raises EngineError when the engine that counts fails too.
        """
        self.author = self.engine.author
        if not getattr(self.engine, "is_model", False):
            self.notes.append(WITHOUT_MODEL)
            yield self._say(self.engine.answer(self.question, self.found))
            return
        if not self.found:  # a model could only make something up
            self.author = self.counting.author
            yield self._say(self.counting.answer(self.question, self.found))
            return
        try:
            for piece in self._streamed():
                yield self._say(piece)
        except EngineError as error:
            log.warning("the model %s could not answer: %s", self.engine.name, error)
            if self._said:
                self.notes.append(f"The answer broke off. {error}")
                return
            self.notes.append(f"{str(error).rstrip('.')}. {THEMSELVES}")
            self.author = self.counting.author
            yield self._say(self.counting.answer(self.question, self.found))

    @property
    def text(self) -> str:
        """What was said so far."""
        return "".join(self._said).strip()

    @property
    def cited(self) -> list[int]:
        """The propositions that the answer names by their ids, in its order; an id that it was not given is none."""
        known = {one.id for one in self.found}
        return list(dict.fromkeys(id for id in map(int, _CITED.findall(self.text)) if id in known))

    def cancel(self) -> None:
        """Stop the engine where it can be stopped."""
        cancel: Callable[[], None] | None = getattr(self.engine, "cancel", None)
        if cancel is not None:
            cancel()

    def _streamed(self) -> Iterator[str]:
        stream: Callable[[str, Sequence[Proposition]], Iterator[str]] | None
        stream = getattr(self.engine, "answer_stream", None)
        if stream is None:
            yield self.engine.answer(self.question, self.found)
        else:
            yield from stream(self.question, self.found)

    def _say(self, piece: str) -> str:
        self._said.append(piece)
        return piece


def asked(store: Store, question: str, limit: int, engine: Reasoner, counting: Reasoner, note: str = "") -> Answering:
    """Return a question with the propositions nearest to it; `engine` answers, `counting` where a model cannot."""
    found = [hit.proposition for hit in store.search(SearchQuery(text=question, limit=limit))]
    return Answering(question, found, engine, counting, [note] if note else [])
