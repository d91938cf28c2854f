"""What the person says of propositions, with effect at once.

Every change is a Revision in the person's name and can be undone; every verdict keeps the probability
that was shown before it, for calibration.
"""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

from gum.clock import Clock
from gum.errors import ConflictError
from gum.infer.confidence import CAPS, HALF_LIVES, LASTING, bound_of
from gum.infer.conflicts import settle
from gum.infer.relate import same_text
from gum.infer.rescore import refit, rescore
from gum.records import Durability, Kind, Proposition, Revision, Status, Theme, Trust, Verdict
from gum.store import Store
from gum.store.proposition_query import PropositionQuery

PERSON = "person"
# After so many half-lives a confirmed but passing proposition is over.
_HALF_LIVES_TO_END = 2


class Review:
    """The person's side of the model.  Each method returns the proposition as it then stands.

    Each raises NotFoundError for an unknown proposition.
    """

    def __init__(self, store: Store, now: Clock) -> None:
        self._store = store
        self._now = now

    def confirm(self, id: int, note: str = "", asked: str = "") -> Proposition:
        """Say that it is true.  What is passing by its durability gets an end, the rest no longer fades.

        `asked` says why the person was asked, as in `gum.records.Verdict`.  What cannot hold beside it is closed.
        """
        changes: dict[str, Any] = {"status": Status.CONFIRMED}
        known = self._store.propositions.get(id)
        if known.status is Status.SUPERSEDED or (known.valid_to is not None and known.valid_to <= self._now()):
            changes["valid_to"] = None
        if known.durability not in LASTING and changes.get("valid_to", known.valid_to) is None:
            changes["valid_to"] = self._now() + self._span(known.durability)
        return self._say(id, "confirm", note, changes, unbury=True, asked=asked)

    def reject(self, id: int, note: str = "", asked: str = "") -> Proposition:
        """Say that it is not true; it is not inferred again unless this is undone.  What it had closed opens again."""
        return self._say(id, "reject", note, {"status": Status.REJECTED}, asked=asked)

    def edit(self, id: int, text: str, note: str = "") -> Proposition:
        """Put it in the person's words, which makes it theirs: no engine rewords it.  Raises ConflictError."""
        changes = {"text": _worded(text), "edited": True, "status": Status.CONFIRMED}
        return self._say(id, "edit", note, changes, unbury=True)

    def pin(self, id: int, on: bool) -> Proposition:
        """Keep it in sight: a pinned proposition is never retired or reworded."""
        with self._store.transaction():
            self._store.propositions.update(id, {"pinned": on}, PERSON, "pinned" if on else "unpinned")
            return self._scored(id)

    def never_infer(self, id: int, note: str = "") -> Proposition:
        """Reject it and keep its words and claim as something that is never to be inferred again."""
        with self._store.transaction():
            known = self._store.propositions.get(id)
            if not self._buried(id):
                self._store.tombstones.add(known.text, known.claim, id, self._now())
            return self._say(id, "never_infer", note, {"status": Status.REJECTED})

    def retire(self, id: int, note: str = "") -> Proposition:
        """Say that it was true and is over; it comes back only with evidence from after this moment."""
        return self._say(id, "retire", note, {"status": Status.RETIRED, "valid_to": self._now()}, unbury=True)

    def undo(self, id: int, change: int | None = None) -> Proposition:
        """Take back the person's last change, or the change of this number, which may be an engine's.

        Raises ConflictError when there is no such change, or when the person has changed it again since.
        """
        with self._store.transaction():
            revision = self._to_undo(id, change)
            before = self._store.propositions.get(id)
            after = self._store.propositions.undo(id, PERSON, revision.seq)
            if after.status is not Status.REJECTED:
                self._unbury(id)
            if revision.author == PERSON and {"status", "text"} & set(revision.new):
                self._note(before, "undo", "")
                refit(self._store)
            return self._scored(id)

    def _to_undo(self, id: int, change: int | None) -> Revision:
        self._store.propositions.get(id)  # an unknown one is told as such
        standing = self._store.propositions.standing(id)
        mine = [one for one in standing if one.author == PERSON]
        if change is None and mine:
            return mine[-1]
        if change is None:
            theirs = standing[-1] if standing else None
            hint = (
                f" The last change is {theirs.seq}, by {theirs.author}; name its number to undo it." if theirs else ""
            )
            raise ConflictError(f"You have changed nothing of proposition {id} that could be undone.{hint}")
        found = next((one for one in standing if one.seq == change), None)
        if found is None:
            raise ConflictError(f"Proposition {id} has no change {change} that can be undone.")
        if found.author == PERSON and found is not mine[-1]:
            raise ConflictError(f"You have changed proposition {id} since; undo change {mine[-1].seq} first.")
        return found

    def add(self, text: str) -> Proposition:
        """Keep what the person says of themselves; what is known in these words already is confirmed."""
        words = _worded(text)
        with self._store.transaction():
            for known in self._store.propositions.list(PropositionQuery(text=words)):
                if same_text(known.text, words):
                    return self.confirm(known.id)
            made = self._store.propositions.add(self._stated(words), PERSON, "stated")
            self._note(made, "add", "")
            return self._scored(made.id)

    def _stated(self, words: str) -> Proposition:
        return Proposition(
            text=words,
            reasoning="You said so.",
            kind=Kind.FACT,
            durability=Durability.TRAIT,
            theme=Theme.LIFE,
            status=Status.CONFIRMED,
            probability=CAPS[Trust.STATED],
            raw_probability=CAPS[Trust.STATED],
            trust=Trust.STATED,
            first_seen=self._now(),
            last_supported=self._now(),
            engine=PERSON,
        )

    def _say(
        self, id: int, verdict: str, note: str, changes: dict[str, Any], unbury: bool = False, asked: str = ""
    ) -> Proposition:
        with self._store.transaction():
            before = self._store.propositions.get(id)
            self._store.propositions.update(id, changes, PERSON, note or verdict.replace("_", " "))
            if unbury:
                self._unbury(id)
            self._note(before, verdict, note, shown=True, asked=asked)
            refit(self._store)
            return self._scored(id)

    def _note(self, known: Proposition, verdict: str, note: str, shown: bool = False, asked: str = "") -> None:
        made = Verdict("proposition", known.id, verdict, note, self._now(), asked=asked)
        if shown:
            raw = known.raw_probability
            made = dataclasses.replace(
                made,
                shown_probability=known.probability,
                raw_probability=raw,
                bound=bound_of(known.trust, raw),
            )
        self._store.verdicts.add(made)

    def _scored(self, id: int) -> Proposition:
        """Return the proposition at its new probability; what stands in conflict with it follows."""
        rescore(self._store, self._now(), [id, *settle(self._store, id, PERSON)])
        return self._store.propositions.get(id)

    def _buried(self, id: int) -> list[int]:
        return [stone.id for stone in self._store.tombstones.list() if stone.proposition == id]

    def _unbury(self, id: int) -> None:
        for stone in self._buried(id):
            self._store.tombstones.remove(stone)

    def _span(self, durability: Durability) -> timedelta:
        return _HALF_LIVES_TO_END * HALF_LIVES[durability]


def _worded(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise ConflictError("A proposition needs a text; reject it if it is wrong.")
    return words
