"""What becomes of a shown suggestion: carried out, put off, turned down, taken back, or nothing in its time.

Nothing is done before it is accepted.  Carrying out has four steps.  The action works in an empty folder of its own,
confined to it (`gum.suggest.confine`).  What it left there, and what else it asks for, is checked.  What is about to be
written is put down beside the suggestion, and only then moved to the folder of the project.  Last, the answer is
recorded and the note of what was intended removed.  A death between the steps leaves at most that note, by which the
next start removes the files again, so that accepting once more writes nothing twice.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from gum.clock import Clock
from gum.errors import ActionError, ConflictError
from gum.protocols import Action, ReportStep, Stepping
from gum.records import Outcome, Preview, Proposition, Suggestion, Verdict
from gum.store import Store
from gum.suggest.confine import confined
from gum.suggest.doing import Doing
from gum.suggest.effects import Effects
from gum.suggest.feedback import scope_of
from gum.suggest.gate import holds
from gum.suggest.learning import NOT_ANSWERED
from gum.suggest.places import was_observed
from gum.suggest.projects import project_of
from gum.suggest.results import Results, Staged, folder_of, safe_folder

log = logging.getLogger(__name__)

Record = Callable[[dict[str, Any]], Suggestion]

_OPEN = ("shown", "snoozed")
_VERDICTS = {"accepted": "accept", "dismissed": "dismiss", "undone": "undo", "snoozed": "later"}


class Answering:
    """Answers to the suggestions of a store; results lie below `folder`."""

    def __init__(
        self, store: Store, actions: Mapping[str, Action], folder: Path, now: Clock, calendar: str = ""
    ) -> None:
        self._store = store
        self._actions = actions
        self._now = now
        self._results = Results(folder)
        self._effects = Effects(lambda address: was_observed(store, address), calendar)
        self._acting = threading.Lock()
        self.doing = Doing()
        self._recover()

    def withdraw(self, now: datetime) -> None:
        """Let what is open expire when its time or its ground is gone."""
        with self._store.transaction():  # what is accepted meanwhile must not expire
            for one in self._store.suggestions.list(["shown", "snoozed"]):
                if one.expires_at is not None and one.expires_at <= now:
                    self._store.suggestions.set_status(one.id, "expired", {"reason": NOT_ANSWERED})
                elif not all(holds(known, now) for known in self._rests_on(one.propositions)):
                    reason = "what it rests on no longer holds"
                    self._store.suggestions.set_status(one.id, "expired", {"reason": reason})

    def preview(self, id: int) -> Preview:
        """Return what accepting would do, by trying it in a folder that is thrown away.

        Raises NotFoundError and ActionError.
        """
        suggestion = self._store.suggestions.get(id)
        action = self._action(suggestion)
        said = action.preview(suggestion.payload)
        with self._results.staging() as stage:
            outcome = self._performed(action, suggestion, stage)
            files = self._results.staged(stage, self._folder(suggestion))
            self._effects.check(action, outcome, len(files))
            names = tuple(f"{self._folder(suggestion)}/{one.name}" for one in files)
        return Preview(said.summary, said.content, names, outcome.opens, outcome.clipboard or "")

    def accept(self, id: int) -> Suggestion:
        """Carry an open suggestion out.  Raises NotFoundError, ConflictError when it is not open, ActionError."""
        with self._acting:
            self.withdraw(self._now())
            suggestion = self._in_status(id, _OPEN, "accepted")
            action = self._action(suggestion)
            with self._results.staging() as stage, self.doing.of(id, "It is being done") as report:
                outcome = self._performed(action, suggestion, stage, report)
                report("What it made is being checked and put in its place")
                files = self._results.staged(stage, self._folder(suggestion))
                self._effects.check(action, outcome, len(files))
                folder = self._folder(suggestion)
                place = {"folder": folder, "project": project_of(self._store, suggestion)}
                return self._carried_out(
                    suggestion,
                    folder,
                    outcome,
                    files,
                    lambda done: self._answered(suggestion, "accepted", "", done | place),
                )

    def dismiss(self, id: int, reason: str = "", scope: str = "") -> Suggestion:
        """Turn an open suggestion down; `scope` says what of it ('kind', 'subject', 'time'), else the reason's words.

        Raises NotFoundError and ConflictError.
        """
        with self._acting:
            result: dict[str, Any] = {"reason": reason, "scope": scope or scope_of(reason)}
            return self._answered(self._in_status(id, _OPEN, "dismissed"), "dismissed", reason, result)

    def snooze(self, id: int, until: datetime) -> Suggestion:
        """Put an open suggestion off until an instant; then it is shown again.

        Raises NotFoundError, and ConflictError when it is not open or the instant is not to come.
        """
        with self._acting:
            suggestion = self._in_status(id, _OPEN, "put off")
            if until <= self._now():
                raise ConflictError("A suggestion is put off until an instant to come.")
            with self._store.transaction():
                self._note(suggestion, "snoozed", "")
                return self._store.suggestions.snooze(id, until)

    def wake(self, now: datetime) -> list[Suggestion]:
        """Show again what was put off until now; return it."""
        with self._store.transaction():
            due = [one for one in self._store.suggestions.list(["snoozed"]) if (one.snoozed_until or now) <= now]
            return [self._store.suggestions.set_status(one.id, "shown") for one in due]

    def undo(self, id: int) -> Suggestion:
        """Take back what an accepted suggestion did; windows that it opened stay, for the person to close.

        Raises NotFoundError, ConflictError when it was not accepted, ActionError when a file was changed since.
        """
        with self._acting:
            return self._undone(self._in_status(id, ("accepted",), "undone"))

    def results(self) -> dict[str, list[Suggestion]]:
        """Return what was accepted and stands, newest first, by project."""
        found: dict[str, list[Suggestion]] = {}
        for one in self._store.suggestions.list(["accepted"]):
            found.setdefault(str(one.result.get("project") or ""), []).append(one)
        return found

    def _undone(self, suggestion: Suggestion) -> Suggestion:
        self._results.remove(folder_of(suggestion.action, suggestion.result), suggestion.result["files"])
        self._effects.take_back(suggestion.id, suggestion.result)
        return self._answered(suggestion, "undone", "", suggestion.result)

    # ------------------------------------------------------------------ carrying out

    def _performed(
        self, action: Action, suggestion: Suggestion, stage: Path, report: ReportStep | None = None
    ) -> Outcome:
        def work() -> Outcome:
            if report is not None and isinstance(action, Stepping):
                return action.perform_in_steps(suggestion.payload, stage, report)
            return action.perform(suggestion.payload, stage)

        try:
            return confined(work, stage)
        except ActionError:
            raise
        except Exception as error:
            log.warning("the action %s failed: %s", action.name, type(error).__name__)
            raise ActionError(
                f"The action {action.name!r} failed ({type(error).__name__}); nothing was done."
            ) from error

    def _carried_out(
        self, suggestion: Suggestion, folder: str, outcome: Outcome, files: list[Staged], record: Record
    ) -> Suggestion:
        """Do what an action has prepared and record it; nothing is left of it when that cannot be."""
        records = [one.record for one in files]
        intended = [f"{one.digest}  {folder}/{one.name}" for one in files] + self._effects.intended(outcome)
        self._store.suggestions.intend(suggestion.id, intended)
        done: dict[str, Any] = {}
        try:
            self._results.place(files, folder)
            done = self._effects.carry_out(suggestion.id, outcome, kept=bool(files))
            return record({"summary": summary_of(outcome, files, done), "files": records} | done)
        except BaseException:  # what is not recorded could never be undone
            self._results.remove(folder, records)
            self._effects.take_back(suggestion.id, done)
            self._store.suggestions.intend(suggestion.id, ())
            raise

    def _recover(self) -> None:
        """Remove what acceptances that were cut off have left."""
        self._results.clear()
        self._effects.clear()
        for one in self._store.suggestions.unfinished():
            left = [named for named in one.intent if not _recorded(named, one)]
            self._results.discard(left)
            self._take_out(left)
            self._store.suggestions.intend(one.id, ())

    def _take_out(self, intended: Sequence[str]) -> None:
        try:
            self._effects.discard(intended)
        except ActionError as error:  # the calendar may be on a drive that is not there now
            log.warning("an entry of an acceptance that was cut off stays in the calendar: %s", error)

    def _folder(self, suggestion: Suggestion) -> str:
        project = project_of(self._store, suggestion)
        return safe_folder(project) if project else suggestion.action

    def _rests_on(self, ids: Sequence[int]) -> list[Proposition]:
        return list(self._store.propositions.many(sorted(set(ids))).values())

    def _action(self, suggestion: Suggestion) -> Action:
        if suggestion.action not in self._actions:
            raise ActionError(f"There is no action {suggestion.action!r} any more.")
        return self._actions[suggestion.action]

    # ------------------------------------------------------------------ recording

    def _in_status(self, id: int, statuses: tuple[str, ...], wanted: str) -> Suggestion:
        suggestion = self._store.suggestions.get(id)
        if suggestion.status not in statuses:
            raise ConflictError(f"Suggestion {id} is {suggestion.status}, so it cannot be {wanted}.")
        return suggestion

    def _answered(self, suggestion: Suggestion, status: str, note: str, result: dict[str, Any]) -> Suggestion:
        with self._store.transaction():
            self._note(suggestion, status, note)
            self._store.suggestions.intend(suggestion.id, ())
            return self._store.suggestions.set_status(suggestion.id, status, result)

    def _note(self, suggestion: Suggestion, status: str, note: str) -> None:
        p = suggestion.decision.get("p")
        self._store.verdicts.add(Verdict("suggestion", suggestion.id, _VERDICTS[status], note, self._now(), p))


def _recorded(named: str, suggestion: Suggestion) -> bool:
    """Return whether what was about to be made is recorded as made."""
    digest, _, place = named.partition("  ")
    if suggestion.status != "accepted":
        return False
    made = suggestion.result
    return f"{digest}  {Path(place).name}" in made.get("files", ()) or place in made.get("entries", ())


def summary_of(outcome: Outcome, files: list[Staged], done: Mapping[str, Any]) -> str:
    """Return what was done, in a line."""
    said = [f"Wrote {', '.join(one.name for one in files)}"] if files else []
    if done.get("entries"):
        said.append("Added to the calendar")
    if done.get("copied"):
        said.append("Copied to the clipboard")
    if opened := done.get("opened"):
        said.append(f"Opened {len(opened)} {'page or document' if len(opened) == 1 else 'pages or documents'}")
    said += [str(one).rstrip(".") for one in done.get("missed", ())]
    return "; ".join(said or [outcome.summary])
