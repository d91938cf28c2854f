"""What is believed, and the person's verdicts on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from gum.client.connection import Connection, query_of
from gum.wire import HitView, Page, PropositionDetail, PropositionView, RelatedView


class PropositionsClient(Connection):
    """What is believed, and the person's verdicts on it."""

    def propositions(
        self,
        query: str = "",
        *,
        ids: Sequence[int] = (),
        status: Sequence[str] = (),
        kind: Sequence[str] = (),
        theme: Sequence[str] = (),
        durability: Sequence[str] = (),
        trust: Sequence[str] = (),
        engine: str | None = None,
        sensitive: bool = False,
        since: datetime | None = None,
        until: datetime | None = None,
        observation: int | None = None,
        episode: int | None = None,
        min_probability: float = 0.0,
        sort: str = "-probability",
        limit: int = 50,
        cursor: str | None = None,
        offset: int | None = None,
    ) -> Page[PropositionView]:
        """Return propositions, filtered and sorted; with a query the best matches first, `sort` then being ignored.

        `ids` keeps only these, `sensitive` what is of a sensitive category, `since` and `until` what was supported or
        seen in that time, `observation` and `episode` what has evidence from there.  `sort` is one of probability,
        first_seen, last_supported, with '-' in front for the largest first.  `offset` starts at a row, in place of a
        cursor.
        """
        parameters = query_of(
            query=query or None,
            id=list(ids),
            status=list(status),
            kind=list(kind),
            theme=list(theme),
            durability=list(durability),
            trust=list(trust),
            engine=engine,
            sensitive=sensitive or None,
            since=since,
            until=until,
            observation=observation,
            episode=episode,
            min_probability=min_probability or None,
            sort=sort,
            limit=limit,
            cursor=cursor,
            offset=offset,
        )
        return self.get("/v1/propositions", Page[PropositionView], parameters)

    def proposition(self, id: int) -> PropositionDetail:
        """Return a proposition with its evidence, history and verdicts."""
        return self.get(f"/v1/propositions/{id}", PropositionDetail)

    def related(self, id: int) -> list[RelatedView]:
        """Return what speaks against a proposition, is about the same thing, or is near to it in meaning."""
        return self.list_of(f"/v1/propositions/{id}/related", RelatedView)

    def engines(self) -> list[str]:
        """Return the engines and versions that made a proposition."""
        return TypeAdapter(list[str]).validate_json(self.send("GET", "/v1/propositions/engines").content)

    def add_proposition(self, text: str) -> PropositionDetail:
        """State something about the person, in the person's name."""
        return self.post("/v1/propositions", PropositionDetail, {"text": text})

    def confirm(self, id: int, note: str = "", asked: str = "") -> PropositionDetail:
        """Say that it is true; `asked` is 'review' where `review` had asked for it."""
        return self._verdict(id, "confirm", {"note": note, "asked": asked})

    def reject(self, id: int, note: str = "", asked: str = "") -> PropositionDetail:
        """Say that it is false; it is not inferred again from the same evidence.  `asked` as in `confirm`."""
        return self._verdict(id, "reject", {"note": note, "asked": asked})

    def edit(self, id: int, text: str, note: str = "") -> PropositionDetail:
        """Give it the person's own wording, which later inference keeps."""
        return self._verdict(id, "edit", {"text": text, "note": note})

    def pin(self, id: int, on: bool = True) -> PropositionDetail:
        """Keep it on top, or no longer."""
        return self._verdict(id, "pin", {"on": on})

    def undo(self, id: int, change: int | None = None) -> PropositionDetail:
        """Take back one's own last change, or the change of this number, which may be an engine's."""
        return self._verdict(id, "undo", {"change": change})

    def never_infer(self, id: int) -> PropositionDetail:
        """Reject it and never infer anything like it again."""
        return self._verdict(id, "never")

    def search(
        self,
        query: str,
        limit: int = 10,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        as_of: datetime | None = None,
        min_probability: float | None = None,
        status: Sequence[str] = (),
        kind: Sequence[str] = (),
        theme: Sequence[str] = (),
        diversity: bool = True,
        recency: bool = True,
        rerank: bool = False,
    ) -> list[HitView]:
        """Return the propositions nearest to a query, best first.

        `since` and `until` keep what was seen or supported in that time, `as_of` answers with what was believed at an
        instant.  What has almost no support is left out unless `min_probability` is 0, and what is no longer held to
        be true unless `status` names it.  `diversity` chooses hits unlike each other, `recency` lets what was
        supported lately weigh a bit more, `rerank` asks the engine for the last word on the order.
        """
        parameters = query_of(
            query=query,
            limit=limit,
            since=since,
            until=until,
            as_of=as_of,
            min_probability=min_probability,
            status=list(status) or None,
            kind=list(kind) or None,
            theme=list(theme) or None,
            diversity=None if diversity else False,
            recency=None if recency else False,
            rerank=rerank or None,
        )
        return self.list_of("/v1/search", HitView, parameters)

    def _verdict(self, id: int, verdict: str, body: dict[str, Any] | None = None) -> PropositionDetail:
        return self.post(f"/v1/propositions/{id}/{verdict}", PropositionDetail, body)
