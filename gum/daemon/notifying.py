"""Tells of suggestions on the desktop, at a moment that disturbs nobody, and takes the answers."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from gum import plugins
from gum.config import Suggest
from gum.errors import DesktopError, GumError, PluginError
from gum.protocols import Notifier
from gum.suggest.digest import TOLD, digest, due
from gum.suggest.moment import Moment, quiet

if TYPE_CHECKING:
    from gum.daemon.agent import Agent

log = logging.getLogger(__name__)

EVERY_S = 1.0
RETRY = timedelta(minutes=1)
#: What was offered longer ago than this, before a start or while no server was there, is left to the digest.
FRESH = timedelta(minutes=30)


def untimely(moment: Moment, settings: Suggest) -> bool:
    """Return whether anything that pops up would disturb."""
    busy = moment.typing or moment.meeting or moment.presenting
    return busy or quiet(moment.local, settings.quiet_from, settings.quiet_until)


class Notifying:
    """One notifier over the suggestions of an agent; `state` is a sentence for the status."""

    def __init__(self, agent: Agent, replayed: Callable[[], bool]) -> None:
        self.state = "none"
        self._agent = agent
        self.replayed = replayed
        self._notifier = self._made()
        self._told: set[int] = set()
        self._failed_at: datetime | None = None
        self._stop = threading.Event()
        self.thread = threading.Thread(target=self._run, name="notify", daemon=True)

    def start(self) -> None:
        """Begin; what is open already is not told again."""
        self._told = {one.id for one in self._agent.store.suggestions.list(["shown"])}
        if self._notifier is not None:
            self.thread.start()

    def stop(self) -> None:
        """Ask it to end."""
        self._stop.set()
        if self._notifier is not None:
            self._notifier.close()

    def tick(self, now: datetime) -> None:
        """Tell what is to be told now.  Raises StoreError."""
        if self._notifier is None or self.replayed():
            return
        if self._failed_at is not None and now - self._failed_at < RETRY:
            return
        try:
            self._tell(self._notifier, now)
        except DesktopError as error:
            self.state, self._failed_at = str(error), now
        else:
            self._failed_at = None

    def _tell(self, notifier: Notifier, now: datetime) -> None:
        suggesting, settings = self._agent.suggesting, self._agent.config.suggest
        shown = {one.id: one for one in self._agent.store.suggestions.list(["shown"])}
        for gone in self._told - shown.keys():
            self._told.discard(gone)
            notifier.withdraw(gone)
        waiting = [one for id, one in sorted(shown.items()) if id not in self._told]
        told = self._agent.store.settings.get(TOLD)
        local = now.astimezone(suggesting.present.zone())
        daily = due(settings.digest_at, local, datetime.fromisoformat(told) if told else None)
        if not (waiting or daily) or untimely(suggesting.present.moment(now), settings):
            return
        for one in waiting:
            if now - max(one.created_at, one.snoozed_until or one.created_at) < FRESH:
                notifier.tell(one.id, one.title)
                self.state = notifier.name
            self._told.add(one.id)
        if daily:
            if line := digest(self._agent.store, now, local).line:
                notifier.say("Today", f"{line}. See: gumctl suggestions digest")
                self.state = notifier.name
            self._agent.store.settings.set(TOLD, now.isoformat())

    def _answer(self, id: int, said: str) -> None:
        """Do what the person has clicked; what comes of it is told in a line."""
        suggesting, notifier = self._agent.suggesting, self._notifier
        try:
            if said == "later":
                minutes = self._agent.config.suggest.snooze_minutes
                suggesting.snooze(id, self._agent.clock() + timedelta(minutes=minutes))
            elif said == "dismiss":
                suggesting.dismiss(id)
            elif notifier is not None:
                done = suggesting.accept(id)
                notifier.say("Done", f"{done.result['summary']}. Undo: gumctl suggestions undo {id}")
        except DesktopError as error:
            self.state = str(error)
        except GumError as error:
            log.warning("suggestion %d could not be answered: %s", id, type(error).__name__)
            self._agent.problems.set("answer", f"Suggestion {id} could not be answered: {error}")
        except Exception as error:  # the notifier's thread must outlive a fault in one answer
            log.exception("an answer to a suggestion failed")
            self._agent.problems.set("answer", f"Suggestion {id} could not be answered ({type(error).__name__}).")
        else:
            self._agent.problems.clear("answer")

    def _run(self) -> None:
        while not self._stop.wait(EVERY_S):
            try:
                self.tick(self._agent.clock())
            except GumError as error:
                log.warning("%s", error)
            except Exception:  # a stranger's notifier may raise anything; the daemon must outlive it
                log.exception("the notifier failed")

    def _made(self) -> Notifier | None:
        name = self._agent.config.suggest.notifier
        if not name:
            return None
        try:
            made: Notifier = plugins.load("gum.notifiers", name)(self._answer)
        except (PluginError, DesktopError) as error:
            self.state = str(error)
            return None
        self.state = f"{made.name} (nothing told yet)"
        return made
