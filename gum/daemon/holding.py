"""Holds notifications of other programs back until they disturb nobody, through our own notification server.

What matters now is shown at once, what matters later when the moment allows, the rest is left to the digest.  Each is
committed before its program is answered.  What may not be kept (excluded programs, a pause) is shown at once.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from gum import plugins
from gum.daemon.notifying import EVERY_S, FRESH, RETRY, untimely
from gum.errors import DesktopError, GumError, PluginError, StoreError
from gum.protocols import Notice, NotificationServer, Taken
from gum.records import Rect, Window
from gum.store.notices import Kept, NoticeState
from gum.suggest.triage import OBSERVER, Triage

if TYPE_CHECKING:
    from gum.daemon.service import Service

log = logging.getLogger(__name__)

SERVER = "freedesktop"
AGAIN_S = 10.0
#: What waited longer is in the list and in the digest of its day.
LONGEST = timedelta(hours=24)
#: More than so many at once are told of in one line.
MOST_AT_ONCE = 3
_FATES: dict[str, NoticeState] = {"show": "shown", "hold": "held", "leave": "closed"}
_NOWHERE = Rect(0, 0, 0, 0)


class Holding:
    """One server over the notifications of a service; `state` is a sentence for the status, empty when it is off."""

    def __init__(self, service: Service) -> None:
        self.state = ""
        self._service = service
        self._store = service.agent.store
        self._serving = threading.Event()
        self._stop = threading.Event()
        self._open: set[int] = set()
        self._unshown_at: datetime | None = None
        self._server = self._made() if service.agent.config.suggest.hold_notifications else None
        work = (("notifications", self._serve), ("held notifications", self._run))
        self.threads = [threading.Thread(target=run, name=name, daemon=True) for name, run in work]

    def start(self) -> None:
        """Begin, where the settings ask for it and the home is not a replayed one."""
        if self._server is not None and not self._service.notifying.replayed():
            for thread in self.threads:
                thread.start()

    def stop(self) -> None:
        """Ask it to end; what is held goes on at the next start."""
        self._stop.set()

    def sees(self, observer: str) -> bool:
        """Return whether the captures of an observer come through our own server already."""
        return observer == OBSERVER and self._serving.is_set()

    # ------------------------------------------------------------------ what the server asks

    def take(self, notice: Notice) -> Taken:
        """Commit a notification and decide what becomes of it.  Raises StoreError."""
        now = self._service.clock()
        if notice.ours or not self._may_be_kept(notice):
            return self._put(notice, None, "now", "show", now)
        try:
            seen = self._service.agent.receive(notice.capture)
        except StoreError as error:
            self._service.agent.problems.set("notifications", str(error))
            return self._put(notice, None, "now", "show", now)
        self._service.agent.problems.clear("notifications")
        if not seen:  # excluded or unreadable after all
            return self._put(notice, None, "now", "show", now)
        rank = Triage(self._store).of(seen[0], now).rank
        if rank == "now" or (rank == "later" and not self._untimely(now)):
            return self._put(notice, seen[0].id, rank, "show", now)
        return self._put(notice, seen[0].id, rank, "hold" if rank == "later" else "leave", now)

    def unshown(self, id: int) -> None:
        """Note that one could not be shown: it waits for a display.  Raises StoreError."""
        self._store.notices.set_state([id], "held")
        self._unshown_at = self._service.clock()

    def closed(self, id: int) -> None:
        """Note that one is done with.  Raises StoreError."""
        self._store.notices.set_state([id], "closed")

    def _may_be_kept(self, notice: Notice) -> bool:
        judge, title = self._service.agent.exclusions.judge, notice.capture.title
        if self._service.pauses.covers(notice.capture.captured_at):
            return False
        return not any(judge(Window(0, one, title, None, _NOWHERE, _NOWHERE)) for one in notice.names)

    def _put(self, notice: Notice, observation: int | None, rank: str, fate: str, now: datetime) -> Taken:
        notices, state = self._store.notices, _FATES[fate]
        kept = notices.put(observation, rank, state, now, self._replaced(notice))
        self._open.add(kept.id)
        return Taken(kept.id, fate, observation is not None)  # type: ignore[arg-type]

    def _replaced(self, notice: Notice) -> int:
        """Return the id in whose place a notification comes, or 0: only one of the same program name is replaced."""
        before = self._store.notices.get(notice.replaces)
        if before is None:
            return 0
        found = self._store.observations.many([before.observation]) if before.observation else []
        return before.id if all(one.app == notice.capture.app for one in found) else 0

    # ------------------------------------------------------------------ what was held

    def tick(self, now: datetime) -> None:
        """Take back what was forgotten, and show what was held back by a moment that has passed.  Raises StoreError."""
        server = self._server
        if server is None:
            return
        still = self._store.notices.in_state("held", "shown")
        for gone in self._open - {one.id for one in still}:
            if self._store.notices.get(gone) is None:
                server.drop(gone)
        self._open = {one.id for one in still}
        if self._unshown_at is not None and timedelta() <= now - self._unshown_at < RETRY:
            return
        held = [one for one in still if one.state == "held"]
        old = [one.id for one in held if now - one.at > LONGEST]
        for id in old:
            self._leave(server, id)
        waiting = [one for one in held if one.id not in old]
        due = waiting if waiting and not self._untimely(now) else [one for one in waiting if one.rank == "now"]
        if due:
            self._show(server, due, now)

    def _show(self, server: NotificationServer, due: Sequence[Kept], now: datetime) -> None:
        urgent = [one for one in due if one.rank == "now"]
        rest = [one for one in due if one.rank != "now"]
        several = rest if len(rest) > MOST_AT_ONCE else []
        try:
            for one in [*urgent, *([] if several else rest)]:
                self._store.notices.set_state([one.id], "shown")
                seen = self._store.observations.many([one.observation]) if one.observation else []
                for kept in seen:
                    server.show(one.id, kept.title, kept.text, "critical" if ":critical" in kept.source else "normal")
                if not seen:  # its words are not kept; the server has them
                    server.show(one.id, "", "", "normal")
            if several:
                told = self._store.notices.put(None, "now", "shown", now)
                server.show(told.id, f"{len(several)} notifications came meanwhile", "See: gumctl notifications", "low")
                for one in several:
                    self._leave(server, one.id)
        except DesktopError as error:
            self._store.notices.set_state([one.id for one in due if self._is_open(one.id)], "held")
            self.state, self._unshown_at = f"{SERVER}, kept and not shown: {error}", now
        else:
            self.state, self._unshown_at = SERVER, None

    def _is_open(self, id: int) -> bool:
        kept = self._store.notices.get(id)
        return kept is not None and kept.state != "closed"

    def _leave(self, server: NotificationServer, id: int) -> None:
        self._store.notices.set_state([id], "closed")
        server.drop(id)

    def _untimely(self, now: datetime) -> bool:
        agent = self._service.agent
        return untimely(agent.suggesting.present.moment(now), agent.config.suggest)

    # ------------------------------------------------------------------ threads

    def _serve(self) -> None:
        """Be the server whenever that can be."""
        assert self._server is not None
        while not self._stop.is_set():
            try:
                self._server.serve(self._stop, self._ready)
            except GumError as error:
                self.state = str(error)
                log.warning("no notification server: %s", error)
            except Exception as error:  # a plug-in may raise anything; the name is free again, and the daemon goes on
                self.state = f"The notification server failed ({type(error).__name__}); the log says where."
                log.exception("the notification server failed")
            self._serving.clear()
            self._stop.wait(AGAIN_S)

    def _ready(self) -> None:
        """Go on where an earlier server ended: what was on the screen lately is shown again."""
        now = self._service.clock()
        notices = self._store.notices
        left = notices.in_state("shown", "held")
        again = {one.id for one in left if one.observation and (one.state == "held" or now - one.at < FRESH)}
        notices.set_state(again, "held")
        notices.set_state([one.id for one in left if one.id not in again], "closed")
        self.state = SERVER
        self._serving.set()

    def _run(self) -> None:
        while not self._stop.wait(EVERY_S):
            try:
                if self._serving.is_set():
                    self.tick(self._service.clock())
            except GumError as error:
                log.warning("%s", error)
            except Exception:  # a stranger's server may raise anything; the daemon must outlive it
                log.exception("held notifications could not be shown")

    def _made(self) -> NotificationServer | None:
        try:
            made: NotificationServer = plugins.load("gum.notification_servers", SERVER)(self, self._service.clock)
        except PluginError as error:
            self.state = str(error)
            return None
        self.state = f"{made.name} (not yet)"
        return made
