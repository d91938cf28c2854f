"""The status as it goes over the wire, gathered from a running service."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

import gum
from gum.daemon.budgets import OWN, Budgets
from gum.daemon.queue import INFER
from gum.daemon.status import judge
from gum.protocols import Apart
from gum.store import PropositionQuery
from gum.wire import (
    ApiStatus,
    CpuStatus,
    DaemonStatus,
    DiskStatus,
    MemoryStatus,
    ModelStatus,
    ObserverStatus,
    PowerStatus,
    QueueStatus,
    TodayStatus,
    WorkerStatus,
)

if TYPE_CHECKING:
    from gum.daemon.parts import Parts
    from gum.daemon.service import Service


def report(service: Service) -> DaemonStatus:
    """Return the whole status."""
    agent, facts = service.agent, service.facts()
    verdict, sentence = judge(facts)
    return DaemonStatus(
        verdict=verdict,
        verdict_text=sentence,
        api=ApiStatus(url=service.server.url),
        since=service.since,
        paused=facts.paused,
        paused_until=facts.paused_until,
        last_frame_age_s=_age(service.last_frame, facts.now),
        observers=_observers(service, facts.now),
        queue=_queue(service, facts.now),
        model=_model(service, facts.now),
        reader=agent.parts.reader.name if agent.parts.reader else agent.parts.degraded["reader"],
        embedder=agent.parts.embedder.name if agent.parts.embedder else agent.parts.notes["embedder"],
        workers=_workers(agent.parts),
        index=agent.store.index.state,
        notifier=service.notifying.state,
        notifications=service.holding.state,
        disk=DiskStatus(
            used_bytes=agent.retention.used().total,
            budget_bytes=agent.retention.budget,
        ),
        cpu=_cpu(service.budgets),
        memory=_memory(service.budgets),
        power=_power(service.budgets),
        today=_today(service, facts.now),
        problems=list(facts.problems),
        held_back=agent.store.audit.held(),
        now=_now(service),
        version=gum.__version__,
        home=str(agent.home.root),
        pid=os.getpid(),
        clock=facts.now,
    )


def _model(service: Service, now: datetime) -> ModelStatus:
    parts, backlog = service.agent.parts, service.agent.backlog(now)
    if parts.model is None or backlog is None:
        return ModelStatus(engine=parts.engine.author, state=parts.degraded.get("engine", "") or "ready")
    condition: Callable[[], str] = getattr(parts.model, "condition", lambda: "ready")
    return ModelStatus(
        engine=parts.model.author,
        state=condition(),
        beside=parts.engine.author,
        backlog=backlog.waiting,
        backlog_age_s=_age(backlog.since, now),
        waits=backlog.why,
        leaves_to=str(getattr(parts.model, "leaves_to", "")),
    )


def _workers(parts: Parts) -> list[WorkerStatus]:
    """Return the processes of those parts that work in one of their own."""
    found: dict[Literal["reader", "embedder", "model"], object] = {
        "reader": parts.reader,
        "embedder": parts.embedder,
        "model": parts.model,
    }
    return [WorkerStatus(part=part, **asdict(one.worker())) for part, one in found.items() if isinstance(one, Apart)]


def _cpu(budgets: Budgets) -> CpuStatus:
    return CpuStatus(
        percent=round(budgets.cpu_percent, 2),
        budget_percent=budgets.settings.cpu_percent,
        pace=round(budgets.pace, 2),
    )


def _memory(budgets: Budgets) -> MemoryStatus:
    return MemoryStatus(
        used_bytes=budgets.memory_bytes,
        daemon_bytes=budgets.memory.get(OWN, 0),
        budget_bytes=budgets.settings.memory_mb * 2**20,
        over=budgets.memory_over,
    )


def _power(budgets: Budgets) -> PowerStatus:
    power = budgets.power
    return PowerStatus(on_battery=power.on_battery, percent=power.percent, saving=budgets.saving)


def _age(moment: datetime | None, now: datetime) -> float | None:
    return None if moment is None else max(0.0, (now - moment).total_seconds())


def _observers(service: Service, now: datetime) -> list[ObserverStatus]:
    return [
        ObserverStatus(
            name=one.name,
            state=one.state,
            last_event_age_s=_age(one.last_event, now),
            missing=one.missing,
            restarts=one.restarts,
        )
        for one in service.observers
    ]


def _queue(service: Service, now: datetime) -> QueueStatus:
    jobs = service.agent.store.jobs
    counts = jobs.counts(INFER)
    return QueueStatus(
        waiting=counts["waiting"],
        running=counts["running"],
        failed=counts["failed"],
        oldest_age_s=_age(jobs.oldest(INFER), now),
        captures=len(service.intake),
        unsorted=len(service.agent.store.observations.unassigned(limit=1000)),
    )


def _today(service: Service, now: datetime) -> TodayStatus:
    midnight = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    store = service.agent.store
    return TodayStatus(
        observations=store.observations.count(midnight),
        episodes=store.episodes.count(midnight),
        propositions=store.propositions.count(PropositionQuery(since=midnight)),
        suggestions=store.suggestions.shown_since(midnight),
    )


def _now(service: Service) -> str:
    """Return what the person is doing: the last thing seen within the gap that ends an episode."""
    last = service.agent.store.observations.last()
    gap = timedelta(seconds=service.agent.config.infer.episode_gap_s)
    if last is None or service.clock() - last.until > gap:
        return ""
    if last.title.casefold().endswith(last.app.casefold()):  # most titles name their application themselves
        return last.title or last.app
    return " - ".join(part for part in (last.title, last.app) if part)
