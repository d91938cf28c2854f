"""Models as the daemon offers them: which there are, and getting one in the background when the person asks."""

from __future__ import annotations

import logging
import threading
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import psutil

from gum import choosing, config, network, plugins
from gum.daemon import parts as building
from gum.daemon.pulling import DAEMON_ENDS, STOPPED, Pull
from gum.daemon.understanding.rate import rate_of
from gum.errors import ConfigError, ConflictError, EngineInterruptedError, GumError, NotFoundError, nearest
from gum.wire import EngineView, KeptModelView, ModelsView, OfferedFileView, OfferView, PullView, RateView

if TYPE_CHECKING:
    from gum.daemon.agent import Agent
    from gum.protocols import KeptModel, Offer, Setup

log = logging.getLogger(__name__)


class Models:
    """The models of one home while its daemon runs."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._folder = agent.home.models
        self._pulls: dict[str, Pull] = {}
        self._lock = threading.Lock()
        self._closing = threading.Event()

    def view(self) -> ModelsView:
        """Return all that is known of models."""
        now = self._agent.clock()
        catalogue, installed = [], []
        for engine, setup in choosing.setups().items():
            kept = {one.name: one for one in setup.kept(self._folder)}
            used_next = self._used(engine)
            installed += [_kept(engine, one, name in used_next) for name, one in kept.items()]
            catalogue += _offers(engine, setup, kept, used_next)
        used = next((one for one in installed if one.in_use and one.engine == self._agent.config.infer.engine), None)
        backlog = self._agent.backlog(now)
        waiting_s = max(0.0, (now - backlog.since).total_seconds()) if backlog and backlog.since else None
        return ModelsView(
            engines=self._engines(),
            catalogue=catalogue,
            installed=installed,
            in_use=used.name if used else "",
            bench=used.bench if used else {},
            backlog=backlog.waiting if backlog else 0,
            backlog_age_s=waiting_s,
            waits=backlog.why if backlog else "",
            rate=RateView(**asdict(rate_of(self._agent.store, now))),
        )

    def pull(self, name: str) -> PullView:
        """Begin to get a model.  Raises NotFoundError, NetworkError where the settings allow no downloads."""
        engine, setup, offer = self._offering(name)
        network.require("downloads", self._agent.config.network.allow)
        with self._lock:
            running = self._pulls.get(name)
            if running is not None and running.going:
                return running.view()
            pull = self._pulls[name] = Pull(engine, offer)
        threading.Thread(target=self._get, args=(pull, setup), name=f"pull {name}", daemon=True).start()
        return pull.view()

    def pulls(self) -> list[PullView]:
        """Return what is on its way or was since the daemon's start, the newest last."""
        with self._lock:
            pulls = [one.view() for one in self._pulls.values()]
        return [one.model_copy(update={"in_use": one.name in self._used(one.engine)}) for one in pulls]

    def stop(self, name: str) -> PullView:
        """Stop getting a model; what was got so far is kept.  Raises NotFoundError where it is not on its way."""
        with self._lock:
            pull = self._pulls.get(name)
            if pull is None:
                raise NotFoundError(f"No such model is on its way here.{nearest(name, self._pulls)}")
            pull.stop()
            return pull.view()

    def use(self, name: str) -> KeptModelView:
        """Use a model that is here from the daemon's next start on.  Raises NotFoundError, ConfigError."""
        engine, setup = self._keeping(name)
        kept = setup.use(self._folder, name)
        choosing.put_to_use(self._agent.home, engine)
        return _kept(engine, kept, True).model_copy(update={"note": choosing.RESTART})

    def remove(self, name: str) -> int:
        """Remove a model; return the bytes that went.  Raises NotFoundError, ConflictError while it is got."""
        _, setup = self._keeping(name)
        with self._lock:
            pull = self._pulls.get(name)
            if pull is not None and pull.going:
                raise ConflictError(f"The model {name!r} is on its way here; stop that first, or wait until it is.")
            self._pulls.pop(name, None)
        return setup.remove(self._folder, name)

    def close(self) -> None:
        """Stop what is on its way; what was got so far is kept for the next try."""
        self._closing.set()

    def _get(self, pull: Pull, setup: Setup) -> None:
        def report(file: str, done: int, total: int) -> None:
            if self._closing.is_set():
                raise EngineInterruptedError(DAEMON_ENDS)
            pull.take(file, done, total)

        settings = self._agent.config
        try:
            with network.way_out("downloads", settings.network.allow):
                kept = setup.pull(self._folder, pull.offer.name, settings.model.mirror, report)
            detail = choosing.in_use(self._agent.home, pull.engine, kept)
        except EngineInterruptedError as error:
            pull.end("failed" if self._closing.is_set() else "stopped", str(error))
        except GumError as error:
            if pull.state == "stopping":  # a server that had gone silent was given up
                pull.end("stopped", STOPPED)
            else:
                pull.end("failed", str(error))
        except Exception as error:  # a set-up is a plug-in and may raise anything; the daemon goes on
            log.exception("a model could not be got")
            pull.end("failed", f"The set-up failed ({type(error).__name__}); the log says where.")
        else:
            pull.end("done", detail)

    def _used(self, engine: str) -> set[str]:
        """Return the model that the daemon's next start takes up, if that is one of this engine."""
        try:
            chosen = config.load(self._agent.home.config).infer.engine
        except ConfigError:
            chosen = self._agent.config.infer.engine
        if engine != chosen or engine not in plugins.names("gum.setups"):
            return set()
        return {one.name for one in choosing.setup(engine).kept(self._folder) if one.in_use}

    def _offering(self, name: str) -> tuple[str, Setup, Offer]:
        known: list[str] = []
        for engine, setup in choosing.setups().items():
            offers = {one.name: one for one in setup.offers()}
            if name in offers:
                return engine, setup, offers[name]
            known += offers
        raise NotFoundError(f"The catalogue has no such model.{nearest(name, known)}")

    def _keeping(self, name: str) -> tuple[str, Setup]:
        known: list[str] = []
        for engine, setup in choosing.setups().items():
            names = [one.name for one in setup.kept(self._folder)]
            if name in names:
                return engine, setup
            known += names
        raise NotFoundError(f"There is no such model on this machine.{nearest(name, known)}")

    def _engines(self) -> list[EngineView]:
        parts = self._agent.parts
        running: list[Any] = [one for one in (parts.engine, parts.model) if one is not None]
        return [self._engine(name, running) for name in plugins.names("gum.engines")]

    def _engine(self, name: str, running: list[Any]) -> EngineView:
        made = next((one for one in running if one.name == name), None)
        state = "ready"
        if made is None:
            state = self._tried(name)
        elif hasattr(made, "condition"):
            state = made.condition()
        lacking = choosing.setup(name).lacking() if name in plugins.names("gum.setups") else ""
        leaves_to = str(getattr(made, "leaves_to", ""))
        return EngineView(name=name, state=lacking or state, in_use=made is not None, leaves_to=leaves_to)

    def _tried(self, name: str) -> str:
        """Return 'ready', or why an engine that is not in use could not work."""
        settings = self._agent.config
        offers = {"folder": self._folder, "language": settings.infer.language, "config": settings}
        try:
            made = building.construct(plugins.load("gum.engines", name), offers)
        except GumError as error:
            return str(error)
        close = getattr(made, "close", None)
        if close is not None:
            close()
        return "ready"


def _offers(engine: str, setup: Setup, kept: dict[str, KeptModel], used: set[str]) -> list[OfferView]:
    suits = setup.fitting(psutil.virtual_memory().total)
    return [
        OfferView(
            engine=engine,
            name=one.name,
            title=one.title,
            licence=one.licence,
            repository=one.repository,
            handler=one.handler,
            memory_gb=one.memory_gb,
            needs_mb=one.needs_mb,
            bytes=one.bytes,
            files=[OfferedFileView.model_validate(file) for file in one.files],
            note=one.note,
            suits=one.name == suits,
            here=one.name in kept,
            in_use=one.name in used,
        )
        for one in setup.offers()
    ]


def _kept(engine: str, one: KeptModel, in_use: bool) -> KeptModelView:
    return KeptModelView(engine=engine, **asdict(one) | {"in_use": in_use})
