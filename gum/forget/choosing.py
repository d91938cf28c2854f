"""From a selection to the rows that go: what was seen, what was inferred from it, and what still tells of it.

Observations are chosen by the selection.  A proposition goes with them when it is named itself, when nothing is left
that speaks for it, or when its wording tells what only forgotten things held; the person's own words stay unless they
are named.  Of propositions that stay, reasons and earlier wordings that tell too much are cleared.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from gum import clock
from gum.forget.selection import Selection
from gum.forget.wording import BUILDING_WORDS, Wording, strings_of, tokens
from gum.records import Observation, Proposition, Stance, Status
from gum.store import Store

PERSON = "person"
WORDED = ("text", "reasoning", "claim")


@dataclass(slots=True)
class Choice:
    """What goes: row ids by table, in the order in which they are taken; and what changes in rows that stay.

    `changes` holds new fields by table and id; `rescored` the propositions that lose support and stay.
    """

    observations: list[Observation] = field(default_factory=list)
    propositions: list[Proposition] = field(default_factory=list)
    rows: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    changes: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)
    rescored: set[int] = field(default_factory=set)
    episodes: set[int] = field(default_factory=set)
    tombstones_kept: int = 0


class Choosing:
    """Works out what one selection takes away; it changes nothing."""

    def __init__(self, store: Store, selection: Selection) -> None:
        self._store = store
        self._selection = selection
        self._sql = store.sql
        self.choice = Choice()

    def choose(self) -> Choice:
        """Return what goes.  Raises NotFoundError for an unknown proposition."""
        choice = self.choice
        choice.observations = self._observations()
        gone = {one.id for one in choice.observations}
        choice.episodes = {one.episode for one in choice.observations if one.episode is not None}
        choice.rows["observations"] = gone
        known = self._store.propositions.list()
        direct = {one.id for one in known if self._is_named(one)}
        losing = self._losing(gone)
        wording = Wording(self._selection.needles, self._vanishing(gone, known, direct | set(losing)))
        for one in known:
            if one.id in direct or (one.id in losing and self._falls(one, losing[one.id], wording)):
                choice.propositions.append(one)
        taken = {one.id for one in choice.propositions}
        choice.rows["propositions"] = taken
        choice.rescored = set(losing) - taken
        self._clear_wording([one for one in known if one.id not in taken], wording)
        self._derived(taken, wording)
        return choice

    # ------------------------------------------------------------------ what was seen

    def _observations(self) -> list[Observation]:
        chosen = self._selection
        if chosen.proposition is not None:
            return []
        since, until = (None if at is None else clock.to_text(at) for at in (chosen.since, chosen.until))
        rows = self._sql.rows(
            "SELECT id FROM observations WHERE (?1 IS NULL OR max(until, captured_at)>=?1) "
            "AND (?2 IS NULL OR captured_at<?2)",
            (since, until),
        )
        return [one for one in self._store.observations.many([row["id"] for row in rows]) if chosen.covers(one)]

    # ------------------------------------------------------------------ what was inferred

    def _is_named(self, one: Proposition) -> bool:
        chosen = self._selection
        if chosen.everything or chosen.proposition is not None:
            return chosen.everything or chosen.proposition == one.id
        if chosen.timed:
            told = one.engine == PERSON and not chosen.needles and not (chosen.app or chosen.title)
            return told and _within(chosen, one)
        return Wording(chosen.needles).names(one.text, *strings_of(_claim(one)))

    def _losing(self, gone: set[int]) -> dict[int, bool]:
        """Return the propositions that lose evidence, and whether anything is left that speaks for them."""
        found: dict[int, bool] = {}
        for row in self._sql.rows("SELECT DISTINCT proposition, observation FROM evidence"):
            if row["observation"] in gone:
                found.setdefault(row["proposition"], False)
        for id in found:
            left = self._store.propositions.evidence(id)
            found[id] = any(one.stance is Stance.FOR and one.observation not in gone for one in left)
        return found

    def _falls(self, one: Proposition, supported: bool, wording: Wording) -> bool:
        if one.edited or one.engine == PERSON:
            return False
        if wording.tells(one.text, *strings_of(_claim(one))):
            return True
        return not supported and not (one.pinned or one.status is Status.CONFIRMED)

    # ------------------------------------------------------------------ what still tells of it

    def _vanishing(self, gone: set[int], known: Sequence[Proposition], linked: set[int]) -> set[str]:
        """Return the words of forgotten observations that what was inferred holds, and nothing that stays."""
        forgotten = tokens(*(text for one in self.choice.observations for text in _texts(one)))
        others = tokens(*(one.text for one in known if one.id not in linked))
        wanted = (forgotten & self._inferred_words()) - BUILDING_WORDS - others
        for row in self._sql.rows("SELECT id FROM observations ORDER BY id DESC") if wanted else ():
            if not wanted:
                break
            if row["id"] not in gone:
                seen = self._sql.rows("SELECT app, title, url, text FROM observations WHERE id=?", (row["id"],))[0]
                wanted -= tokens(*seen)
        return wanted

    def _inferred_words(self) -> set[str]:
        found: set[str] = set()
        for table, columns in DERIVED.items():
            for row in self._sql.rows(f"SELECT {', '.join(columns)} FROM {table}"):  # noqa: S608
                found |= tokens(*(text for value in row if value is not None for text in strings_of(value)))
        return found

    def _clear_wording(self, staying: Iterable[Proposition], wording: Wording) -> None:
        ids = {one.id for one in staying}
        for one in staying:
            own = one.edited or one.engine == PERSON
            if one.reasoning and wording.tells(one.reasoning) and not (own and not wording.names(one.reasoning)):
                self.choice.changes.append(("propositions", one.id, {"reasoning": "", "bigrams": _bigrams(one)}))
        for row in self._sql.rows("SELECT id, proposition, old, new, cause FROM revisions ORDER BY id"):
            if row["proposition"] in ids:
                changed = {name: _cleared(row[name], wording) for name in ("old", "new")}
                if wording.tells(row["cause"]):
                    changed["cause"] = "forgotten"
                if any(row[name] != value for name, value in changed.items()):
                    self.choice.changes.append(("revisions", row["id"], changed))

    def _derived(self, taken: set[int], wording: Wording) -> None:
        """Choose what was made from propositions and episodes that go: suggestions, questions, decisions, verdicts."""
        rows, everything = self.choice.rows, self._selection.everything
        for table in ("suggestions", "questions"):
            for row in self._sql.rows(f"SELECT id, propositions, {', '.join(DERIVED[table])} FROM {table}"):  # noqa: S608
                rests = not taken.isdisjoint(json.loads(row["propositions"]))
                if everything or rests or self._told(row, table, wording):
                    rows[table].add(row["id"])
        for table in ("audit_decisions", "tombstones"):
            for row in self._sql.rows(f"SELECT id, {', '.join(DERIVED[table])} FROM {table}"):  # noqa: S608
                if everything or self._told(row, table, wording if table != "tombstones" else self._named()):
                    rows[table].add(row["id"])
        self._of_decisions()
        self._of_tombstones(taken, wording)
        self._of_verdicts(taken, wording)
        if everything:
            for table in ("failures", "coverage", "jobs", "episodes"):
                rows[table] = {row["id"] for row in self._sql.rows(f"SELECT id FROM {table}")}  # noqa: S608

    def _named(self) -> Wording:
        return Wording(self._selection.needles)

    def _told(self, row: Any, table: str, wording: Wording) -> bool:
        return wording.tells(*(text for name in DERIVED[table] if row[name] for text in strings_of(row[name])))

    def _of_decisions(self) -> None:
        """A decision goes with its episode, and with the last of the observations that it quotes."""
        gone, held = self.choice.rows["observations"], defaultdict(set)
        for row in self._sql.rows("SELECT decision, observation FROM audit_quotes"):
            held[row["decision"]].add(row["observation"])
        found = {decision for decision, quoted in held.items() if quoted <= gone}
        ended = {id for id in self.choice.episodes if not set(self._store.episodes.get(id).observations) - gone}
        found |= {
            row["id"]
            for row in self._sql.rows("SELECT id, episode FROM audit_decisions WHERE answer=''")
            if row["episode"] in ended
        }
        self.choice.rows["audit_decisions"] |= found

    def _of_tombstones(self, taken: set[int], wording: Wording) -> None:
        """What is never to be inferred stays, as the person was told, unless its words or proposition are named."""
        for row in self._sql.rows("SELECT id, proposition, text FROM tombstones"):
            if self._selection.proposition is not None and row["proposition"] in taken:
                self.choice.rows["tombstones"].add(row["id"])
            elif row["id"] not in self.choice.rows["tombstones"]:
                self.choice.tombstones_kept += wording.tells(row["text"])

    def _of_verdicts(self, taken: set[int], wording: Wording) -> None:
        gone = {"proposition": taken, "suggestion": self.choice.rows["suggestions"]}
        for row in self._sql.rows("SELECT id, target, target_id, note FROM verdicts"):
            if self._selection.everything or row["target_id"] in gone.get(row["target"], ()):
                self.choice.rows["verdicts"].add(row["id"])
            elif row["note"] and wording.tells(row["note"]):
                self.choice.changes.append(("verdicts", row["id"], {"note": ""}))


#: The columns of texts that were made from observations, by table.
DERIVED: dict[str, tuple[str, ...]] = {
    "propositions": ("text", "reasoning", "claim_object", "claim_qualifier"),
    "revisions": ("old", "new", "cause"),
    "suggestions": ("title", "why", "payload", "result", "key", "intent"),
    "questions": ("text", "choices", "answer"),
    "audit_decisions": ("draft", "flow"),
    "tombstones": ("text", "claim_object"),
    "verdicts": ("note",),
}


def _texts(one: Observation) -> tuple[str, ...]:
    return one.app, one.title, one.url, one.text


def _claim(one: Proposition) -> list[str]:
    return [] if one.claim is None else [one.claim.object, one.claim.qualifier or ""]


def _within(chosen: Selection, one: Proposition) -> bool:
    late = chosen.until is not None and one.first_seen >= chosen.until
    return not late and not (chosen.since is not None and one.first_seen < chosen.since)


def _bigrams(one: Proposition) -> str:
    from gum.store.search.bigrams import indexed

    return indexed(one.text, "")


def _cleared(side: str, wording: Wording) -> str:
    """Return one side of a revision without the fields that tell what was forgotten."""
    fields = json.loads(side)
    kept = {
        name: value for name, value in fields.items() if name not in WORDED or not wording.tells(*strings_of(value))
    }
    return side if len(kept) == len(fields) else json.dumps(kept, ensure_ascii=False)
