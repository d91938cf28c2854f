"""`Gum`: what is believed about the person, for programs that embed it.

    from gum.query import Gum

    with Gum() as gum:
        for hit in gum.query("what is due this week?", limit=5):
            print(f"{hit.proposition.probability:.2f}  {hit.proposition.text}")

While a daemon runs it is asked; else the home is opened directly, and nobody else can open it until `close`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from gum import paths
from gum.errors import NotFoundError
from gum.paths import Home

if TYPE_CHECKING:
    from gum.client import Client
    from gum.store import Store
    from gum.wire import HitView


class Gum:
    """The propositions of one home, to be asked; nothing is changed.  A context manager.

    `home` is the folder of a home, by default the one in force (GUM_HOME); `passphrase` opens one that is encrypted by
    a passphrase, where no daemon runs.  Opened directly, this process makes files for the person alone.

    Raises NotFoundError where there is no home, StoreError of each kind, ConfigError, and ClientError when the daemon
    does not answer.
    """

    def __init__(self, home: Path | str | None = None, passphrase: str | None = None) -> None:
        from gum.store.lock import read_owner

        self._home = paths.home() if home is None else Home(Path(home))
        if not self._home.database.exists():
            raise NotFoundError(f"There is nothing in {self._home.root} yet; start observing with: gumctl start")
        self._open = ExitStack()
        self._client: Client | None = None
        self._store: Store | None = None
        owner = read_owner(self._home)
        if owner is not None and owner.url:
            from gum.daemon.lifecycle import connect

            self._client = self._open.enter_context(connect(self._home))
        else:
            self._store = self._opened(passphrase)

    def query(
        self,
        text: str,
        *,
        limit: int = 10,
        since: datetime | None = None,
        until: datetime | None = None,
        as_of: datetime | None = None,
        min_probability: float | None = None,
        status: Sequence[str] = (),
        kind: Sequence[str] = (),
        theme: Sequence[str] = (),
        diversity: bool = True,
        recency: bool = True,
    ) -> list[HitView]:
        """Return the propositions nearest to a text, best first; every time needs its zone.

        `since` and `until` keep what was seen or supported in that time, `as_of` answers with what was believed at an
        instant.  What has almost no support is left out unless `min_probability` is 0, and what is no longer held to
        be true unless `status` names it.  `diversity` chooses hits unlike each other, `recency` lets what was
        supported lately weigh a bit more.  Raises EmbedderError, RefusedError.
        """
        if self._client is not None:
            return self._client.search(
                text,
                limit,
                since=since,
                until=until,
                as_of=as_of,
                min_probability=min_probability,
                status=status,
                kind=kind,
                theme=theme,
                diversity=diversity,
                recency=recency,
            )
        from gum.records import LIVE
        from gum.store import SearchQuery
        from gum.store.proposition_query import HIDDEN_BELOW
        from gum.wire import HitView

        assert self._store is not None
        hits = self._store.search(
            SearchQuery(
                text=text,
                limit=limit,
                since=since,
                until=until,
                as_of=as_of,
                min_probability=HIDDEN_BELOW if min_probability is None else min_probability,
                statuses=tuple(status) or LIVE,
                kinds=tuple(kind),
                themes=tuple(theme),
                diversity=diversity,
                recency=recency,
            )
        )
        return [HitView.model_validate(hit) for hit in hits]

    def close(self) -> None:
        """Let go of the home or the daemon; closing twice is harmless."""
        self._open.close()

    def _opened(self, passphrase: str | None) -> Store:
        from gum import config
        from gum.daemon import parts
        from gum.store import Store
        from gum.store.encryption.holders import no_passphrase

        settings = config.load(self._home.config)
        embedder = parts.build_embedder(self._home, settings, {})
        return self._open.enter_context(
            Store.open(
                self._home,
                embedder=embedder,
                index_on_disk=settings.store.index_on_disk,
                index_server=settings.store.index_server,
                user_names=[name for name in (settings.person.name, *settings.person.aliases) if name],
                passphrase=no_passphrase if passphrase is None else lambda: passphrase,
            )
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
