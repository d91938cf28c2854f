"""A chat over a result: what was made is written anew as the person wishes; each version is kept and can be undone.

A model rewrites the text, from itself and from what the suggestion rests on.  An address that did not stand in the
text before is left out of the new one, whatever the model says.  The action then makes the new version as it made the
first, in a folder of its own and held to what it declares, beside the versions before.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gum.clock import Clock
from gum.errors import ActionError, ConflictError, EngineUnavailableError
from gum.protocols import Action, Rewritable, Rewriting
from gum.records import Stance, Suggestion
from gum.store import Store
from gum.suggest.answering import Answering
from gum.suggest.plain import without_new_addresses
from gum.suggest.results import folder_of, places

LONGEST = 20_000
#: The wish to have the first version written again, not the last one changed.
REDO = "redo"
WITHOUT_MODEL = "To write it anew takes a model, and none is in use. Get one with: gumctl models pull"
_MOST_QUOTES = 6


class Versioned(Answering):
    """Answers to suggestions, and the versions of what the accepted ones made."""

    def __init__(
        self,
        store: Store,
        actions: Mapping[str, Action],
        folder: Path,
        now: Clock,
        calendar: str = "",
        writer: Rewriting | None = None,
    ) -> None:
        super().__init__(store, actions, folder, now, calendar)
        self._writer = writer

    def refine(self, id: int, wish: str) -> Suggestion:
        """Write the text of an accepted suggestion anew, as wished; it takes as long as the model takes.

        Raises NotFoundError, ConflictError when it was not accepted, ActionError when its result is no text,
        EngineUnavailableError without a model, EngineError.
        """
        before = self._in_status(id, ("accepted",), "written anew")
        action = self._action(before)
        if not isinstance(action, Rewritable):
            raise ActionError(f"What {before.action!r} makes is no text, so it cannot be written anew.")
        if self._writer is None:
            raise EngineUnavailableError(WITHOUT_MODEL)
        versions = _versions(before, action)
        old = versions[0]["text"] if wish.strip().casefold() == REDO else self._current(before, versions[-1])
        said = "Write it again, in other words." if wish.strip().casefold() == REDO else wish.strip()
        with self.doing.of(id, "The model writes"):
            new = without_new_addresses(self._writer.rewrite(old, said, self._statements(before)), old)
        if not new.strip() or new.strip() == old.strip():
            raise ActionError("The model changed nothing; say in other words what it shall change.")
        with self._acting:
            suggestion = self._in_status(id, ("accepted",), "written anew")
            if suggestion.result != before.result:
                raise ConflictError(f"The result of suggestion {id} was changed meanwhile; try again.")
            return self._made_anew(suggestion, action, versions, wish.strip(), new)

    def undo(self, id: int) -> Suggestion:
        """Take back the last version of what an accepted suggestion made; the first one with all that it did.

        Raises NotFoundError, ConflictError when it was not accepted, ActionError when a file was changed since.
        """
        with self._acting:
            suggestion = self._in_status(id, ("accepted",), "undone")
            versions = suggestion.result.get("versions", [])
            if len(versions) < 2:
                return self._undone(suggestion)
            last = versions[-1]
            self._results.remove(folder_of(suggestion.action, suggestion.result), last["files"])
            if last.get("copied"):
                self._effects.take_back(id, {"copied": True})
            kept = [one for one in suggestion.result["files"] if one not in last["files"]]
            result = suggestion.result | {"files": kept, "versions": versions[:-1], "summary": versions[-2]["summary"]}
            return self._store.suggestions.set_status(id, "accepted", result)

    def _made_anew(
        self, suggestion: Suggestion, action: Action, versions: list[dict[str, Any]], wish: str, text: str
    ) -> Suggestion:
        assert isinstance(action, Rewritable)
        payload = action.with_text(suggestion.payload, text)
        folder = folder_of(suggestion.action, suggestion.result)
        with self._results.staging() as stage:
            outcome = self._performed(action, dataclasses.replace(suggestion, payload=payload), stage)
            files = self._results.staged(stage, folder)
            self._effects.check(action, outcome, len(files))
            version = {"wish": wish, "text": text, "author": str(getattr(self._writer, "author", ""))}

            def record(done: dict[str, Any]) -> Suggestion:
                made = version | {"files": done["files"], "copied": bool(done.get("copied"))}
                result = suggestion.result | {
                    "summary": done["summary"],
                    "files": [*suggestion.result["files"], *done["files"]],
                    "versions": [*versions, made | {"summary": done["summary"]}],
                    "used": True,
                }
                with self._store.transaction():
                    self._store.suggestions.intend(suggestion.id, ())
                    return self._store.suggestions.set_status(suggestion.id, "accepted", result)

            return self._carried_out(suggestion, folder, outcome, files, record)

    def _current(self, suggestion: Suggestion, version: dict[str, Any]) -> str:
        """Return the last version's text as it is now: the person may have worked on the file."""
        files = places(self._results.output, suggestion.action, suggestion.result | {"files": version["files"]})
        if len(files) == 1 and files[0].is_file() and not files[0].is_symlink():
            written = files[0].read_bytes()
            if version["files"][0].partition("  ")[0] != hashlib.sha256(written).hexdigest():
                return written.decode("utf-8", "replace")[:LONGEST]
        return str(version["text"])[:LONGEST]

    def _statements(self, suggestion: Suggestion) -> list[str]:
        """Return what the suggestion rests on, and what it was told from."""
        known = self._rests_on(suggestion.propositions)
        evidence = [piece for one in known for piece in self._store.propositions.evidence(one.id)]
        quotes = [f'It says: "{piece.quote}"' for piece in evidence if piece.stance is Stance.FOR]
        return [*(one.text for one in known), *dict.fromkeys(quotes[:_MOST_QUOTES])]


def _versions(suggestion: Suggestion, action: Rewritable) -> list[dict[str, Any]]:
    """Return the versions so far; what was accepted is the first."""
    kept = suggestion.result.get("versions")
    if kept:
        return list(kept)
    result = suggestion.result
    first = {"wish": "", "text": action.text(suggestion.payload), "author": "", "files": list(result.get("files", ()))}
    return [first | {"copied": bool(result.get("copied")), "summary": str(result.get("summary", ""))}]
