"""Takes in what another program has kept: excluded, redacted and held back as if it had been seen here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from gum.infer.confidence import PRIORS, weight_of
from gum.infer.relate import same_text
from gum.infer.rescore import rescore
from gum.perceive.applications import is_browser
from gum.perceive.redaction import redact
from gum.records import Evidence, Kind, Observation, Proposition, Stance, Status, Theme, Trust
from gum.store.proposition_query import PropositionQuery
from gum.wire import Imported, ImportIn, ObservationIn, StatementIn

if TYPE_CHECKING:
    from gum.perceive.exclusion.judging import Exclusion
    from gum.store import Store

_QUOTED = 200


class Taking:
    """Takes in one request; `segment` puts new observations into episodes."""

    def __init__(
        self, store: Store, excluded: Exclusion, allowed: Collection[str], segment: Callable[[], Sequence[int]]
    ) -> None:
        self._store = store
        self._excluded = excluded
        self._allowed = allowed
        self._segment = segment

    def take(self, given: ImportIn, now: datetime) -> tuple[Imported, Sequence[int]]:
        """Commit all of it or nothing; return how much was new, and the episodes that ended.  Raises StoreError."""
        from gum.infer.audit.rules import touched

        seen = [_redacted(one) for one in given.observations if not self._hidden(one)]
        stated = [(one, touched(one.text)) for one in given.propositions]
        with self._store.transaction():
            before = self._store.observations.count()
            for one in seen:
                self._store.observations.add(one)
            added = self._store.observations.count() - before
            ended = self._segment() if added else ()
            outcomes = [self._state(one, kinds, given.by) for one, kinds in stated]
            made = [one.id for one in outcomes if isinstance(one, Proposition)]
            rescore(self._store, now, made)
            self._store.ledger.add("observations kept", given.by, added, now)
        held = len(given.observations) - len(seen) + outcomes.count("held")
        known = len(seen) - added + outcomes.count("known")
        return Imported(observations=added, propositions=len(made), known=known, left_out=held), ended

    def _hidden(self, one: ObservationIn) -> bool:
        return bool(self._excluded.of_name(one.app, one.title) or (one.url and self._excluded.of_url(one.url)))

    def _state(self, one: StatementIn, kinds: Sequence[str], by: str) -> Proposition | str:
        """Return the proposition that was made, 'known' for one that was there, 'held' for one not to be kept."""
        words = redact(" ".join(one.text.split())).text
        alike = [
            known
            for known in self._store.propositions.list(PropositionQuery(text=words))
            if same_text(known.text, words)
        ]
        if alike:
            return "held" if alike[0].status is Status.REJECTED else "known"
        if self._store.tombstones.covers(words, None) or any(kind not in self._allowed for kind in kinds):
            return "held"
        made = self._store.propositions.add(_candidate(one, words, kinds, by), f"import:{by}", "imported")
        self._store.propositions.add_evidence([_evidence(made.id, one, seen, by) for seen in self._sources(one)])
        return made

    def _sources(self, one: StatementIn) -> list[Observation]:
        found = [self._store.observations.of_source(source) for source in one.sources]
        return [seen for seen in found if seen is not None and seen.episode is not None]


def _redacted(one: ObservationIn) -> Observation:
    title, text, url = (redact(part).text for part in (one.title, one.text, one.url))
    return Observation(
        observer=one.observer,
        kind=one.kind,
        captured_at=one.captured_at,
        until=max(one.captured_at, one.until or one.captured_at),
        app=one.app,
        title=title,
        url=url,
        text=text,
        trust=_trust(one),
        source=one.source,
    )


def _trust(one: ObservationIn) -> Trust:
    """A title comes from the application itself, but what a page is called is said by the page."""
    if one.kind == "window":
        return Trust.UNTRUSTED if is_browser(one.app) or one.url else Trust.SYSTEM
    return Trust.SCREEN


def _candidate(one: StatementIn, words: str, kinds: Sequence[str], by: str) -> Proposition:
    prior = PRIORS[Kind.FACT]
    return Proposition(
        text=words,
        reasoning=redact(one.reasoning).text,
        kind=Kind.FACT,
        durability=one.durability,
        theme=Theme.LIFE,
        status=Status.CANDIDATE,
        probability=prior,
        raw_probability=prior,
        trust=Trust.UNTRUSTED,
        first_seen=one.at,
        last_supported=one.at,
        engine=f"import:{by}",
        sensitivity=kinds[0] if kinds else "",
    )


def _evidence(id: int, one: StatementIn, seen: Observation, by: str) -> Evidence:
    """What another program concluded was checked by nobody: it counts as an untrusted source does."""
    return Evidence(
        proposition=id,
        observation=seen.id,
        episode=seen.episode or 0,
        stance=Stance.FOR,
        quote=seen.text.strip()[:_QUOTED],
        weight=weight_of(one.strength),
        trust=Trust.UNTRUSTED,
        at=seen.captured_at,
        engine=f"import:{by}",
    )
