"""Forgetting: preview, hide, undo, erase.

What is forgotten leaves every table at once and waits apart until its undo window ends.  Then its bytes go: frames and
outputs are removed, the database is written anew, and the index is filled anew.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from gum.clock import Clock
from gum.errors import NotFoundError
from gum.forget.choosing import Choice, Choosing
from gum.forget.outputs import Outputs
from gum.forget.selection import Selection, as_words, folded
from gum.infer.rescore import rescore
from gum.infer.segmentation import remaining
from gum.store import Store
from gum.store.episodes import columns_of
from gum.store.forgotten import Forgetting
from gum.suggest.results import folder_of

log = logging.getLogger(__name__)

EXAMPLES = 5
SHORTEST_NAME = 3
_ORDER = (
    "suggestions", "questions", "audit_decisions", "tombstones", "verdicts", "failures", "coverage", "jobs",
    "propositions", "observations", "episodes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """What a selection would take away: counts by thing, a few examples, and files that the program has no hold on.

    `counts` names 'observations', 'episodes', 'frames', 'propositions', 'suggestions' and so on; 'rescored' those
    propositions that stay with less support, 'outputs' the files of accepted suggestions.  `alone` tells in how many
    other observations a part of a person's name stands by itself, which may mean somebody else.
    """

    counts: dict[str, int]
    titles: tuple[str, ...] = ()
    propositions: tuple[str, ...] = ()
    exports: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()
    alone: tuple[tuple[str, int], ...] = ()

    @property
    def nothing(self) -> bool:
        return not any(count for name, count in self.counts.items() if name != "tombstones_kept")


class Forgetter:
    """Forgets what the person asks for, in one store; safe to use from several threads."""

    def __init__(self, store: Store, gap_s: float, window: timedelta, now: Clock) -> None:
        self._store = store
        self._gap_s = gap_s
        self._window = window
        self._now = now
        self._outputs = Outputs(store.home)
        self._erasing = threading.Lock()

    def preview(self, selection: Selection) -> Preview:
        """Return what would go; nothing is changed.  Raises NotFoundError for an unknown proposition."""
        with self._store.transaction():
            return self._preview(self._choose(selection), selection)

    def forget(
        self, selection: Selection, *, now: bool = False, window: timedelta | None = None
    ) -> tuple[Forgetting, Preview]:
        """Take away what the selection names; with `now` its bytes are gone when this returns.

        Raises NotFoundError for an unknown proposition, and StoreError; nothing was taken away then.
        """
        at = self._now()
        lasts = timedelta(0) if now else self._window if window is None else window
        with self._store.transaction():
            choice = self._choose(selection)
            preview = self._preview(choice, selection)
            id = self._store.forgotten.begin(selection.as_json(), at, at + lasts)
            files = self._outputs.planned(id, self._files(choice))
            self._take(id, choice)
            self._store.forgotten.set_counts(id, preview.counts, files)
            for what, count in preview.counts.items():
                if what not in ("rescored", "tombstones_kept"):
                    self._store.ledger.add(f"forgotten {what}", "asked", count, at)
        self._outputs.move(files)
        if lasts <= timedelta(0):
            self._erase(id)
        return self._store.forgotten.get(id), preview

    def undo(self, id: int) -> Forgetting:
        """Bring back what was forgotten, with its ids and history.

        Raises NotFoundError, and ConflictError when it was erased or undone already.
        """
        with self._store.transaction():
            kept = self._store.forgotten.get(id)
            back = self._propositions_of(id)
            lost = self._store.forgotten.restore(id)
            self._store.outdated(back)
            rescore(self._store, self._now())
            self._store.ledger.add("forgotten things brought back", "undone", sum(kept.counts.values()), self._now())
        self._outputs.move_back(kept.files)
        if lost:
            log.warning("%d rows could not be brought back, because newer ones have taken their places", lost)
        return self._store.forgotten.get(id)

    def list(self) -> Sequence[Forgetting]:
        """Return every forgetting, newest first."""
        return self._store.forgotten.list()

    def erase_due(self) -> int:
        """Erase what no one can undo any more, also what was interrupted; return how many forgettings."""
        due = self._store.forgotten.due(self._now())
        for one in due:
            self._erase(one.id)
        return len(due)

    # ------------------------------------------------------------------ steps

    def _choose(self, selection: Selection) -> Choice:
        if selection.proposition is not None:
            self._store.propositions.get(selection.proposition)
        return Choosing(self._store, selection).choose()

    def _take(self, id: int, choice: Choice) -> None:
        store, forgotten = self._store, self._store.forgotten
        for table, row, fields in choice.changes:
            forgotten.change(id, table, row, fields)
        forgotten.hide_frames(id, self._frames(choice))
        for table in _ORDER:
            forgotten.take(id, table, "id", choice.rows.get(table, ()))
        self._shrink_episodes(id, choice.episodes)
        store.replies.clear()  # an answer may hold what goes
        store.outdated(sorted(choice.rows["propositions"]))
        rescore(store, self._now(), choice.rescored)

    def _shrink_episodes(self, id: int, episodes: set[int]) -> None:
        """Make each episode what its remaining observations say; one without any goes, with its jobs."""
        forgotten = self._store.forgotten
        for episode in sorted(episodes):
            try:
                left = self._store.observations.of_episode(episode)
                before = self._store.episodes.get(episode)
            except NotFoundError:
                continue
            if left:
                after = remaining(left, self._gap_s)
                fields = columns_of(replace(after, state=before.state, tries=before.tries, reason=before.reason))
                forgotten.change(id, "episodes", episode, fields)
            else:
                self._take_jobs(id, episode)
                forgotten.take(id, "episodes", "id", [episode])

    def _take_jobs(self, id: int, episode: int) -> None:
        rows = self._store.sql.rows("SELECT id FROM jobs WHERE kind='infer' AND subject=?", (episode,))
        self._store.forgotten.take(id, "jobs", "id", [row["id"] for row in rows])

    def _erase(self, id: int) -> None:
        store, forgotten = self._store, self._store.forgotten
        with self._erasing:
            forgotten.set_erasing(id)
            for sha in forgotten.frames_to_erase(id):
                store.frames.unlink(sha)
            self._outputs.erase(forgotten.get(id).files)
            forgotten.erase_rows(id)
            store.index.renew()
            store.sql.rewrite()
            forgotten.set_erased(id)

    # ------------------------------------------------------------------ counting

    def _preview(self, choice: Choice, selection: Selection) -> Preview:
        left = {id for id in choice.episodes if self._is_emptied(id, choice)} | choice.rows.get("episodes", set())
        files, kept = self._outputs.ours(self._files(choice))
        counts = {name: len(ids) for name, ids in choice.rows.items() if name not in ("episodes", "jobs")}
        counts |= {
            "episodes": len(left),
            "frames": len(self._frames(choice)),
            "rescored": len(choice.rescored),
            "outputs": len(files),
            "tombstones_kept": choice.tombstones_kept,
        }
        first = min((one.captured_at for one in choice.observations), default=None)
        return Preview(
            counts={name: count for name, count in counts.items() if count},
            titles=_examples([f"{one.title} - {one.app}".strip(" -") for one in choice.observations]),
            propositions=_examples([one.text for one in choice.propositions]),
            exports=self._exports(first, bool(choice.propositions)),
            left=tuple(kept),
            alone=tuple(self._names_alone(selection, choice.rows["observations"])),
        )

    def _names_alone(self, selection: Selection, gone: set[int]) -> Iterator[tuple[str, int]]:
        parts = [part for part in selection.person.split() if len(part) >= SHORTEST_NAME]
        if len(selection.person.split()) < 2:
            return
        rows = self._store.sql.rows("SELECT id, title, url, text FROM observations")
        texts = [folded(f"{row['title']} {row['url']} {row['text']}") for row in rows if row["id"] not in gone]
        for part in parts:
            if count := sum(as_words(part).search(text) is not None for text in texts):
                yield part, count

    def _is_emptied(self, episode: int, choice: Choice) -> bool:
        return set(self._store.episodes.get(episode).observations) <= choice.rows["observations"]

    def _frames(self, choice: Choice) -> Sequence[str]:
        shown = {one.frame for one in choice.observations if one.frame}
        gone = choice.rows["observations"]
        rows = self._store.sql.rows("SELECT id, frame FROM observations WHERE frame != ''")
        return sorted(shown - {row["frame"] for row in rows if row["id"] not in gone})

    def _files(self, choice: Choice) -> Sequence[tuple[str, str]]:
        """Return the folder and the record of each file that suggestions which go have written."""
        found = [self._store.suggestions.get(id) for id in sorted(choice.rows["suggestions"])]
        return [
            (folder_of(one.action, one.result), str(record))
            for one in found
            if one.status == "accepted"
            for record in one.result["files"]
        ]

    def _exports(self, first: datetime | None, beliefs: bool) -> tuple[Path, ...]:
        """Return the exports that may hold it: those made since it was seen, every one when beliefs go."""
        known = self._store.exports.list()
        return tuple(one.path for one in known if beliefs or (first is not None and one.made_at >= first))

    def _propositions_of(self, id: int) -> Sequence[int]:
        sql = (
            "SELECT json_extract(kept, '$.id') AS id FROM forgotten_rows "
            "WHERE forgetting=? AND from_table='propositions' AND operation='removed'"
        )
        return [row["id"] for row in self._store.sql.rows(sql, (id,))]


def _examples(texts: Sequence[str]) -> tuple[str, ...]:
    """Return a few of the texts, each once, the latest first."""
    return tuple(text for text in dict.fromkeys(reversed(texts)) if text)[:EXAMPLES]
