"""status: one verdict, then what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gum import paths
from gum.cli.asking import daemon
from gum.cli.exit_codes import VERDICT_CODES, ExitCode
from gum.cli.output import emit, json_option, printable
from gum.errors import DaemonAbsentError

if TYPE_CHECKING:
    from gum.client import DaemonStatus, ModelStatus, PowerStatus


@click.command(help="Tell whether it does what it should; the exit code says it too.")
@json_option
def status(as_json: bool) -> None:
    try:
        with daemon() as client:
            now = client.status()
    except DaemonAbsentError:
        _stopped(as_json)
        return
    if as_json:
        emit(now)
    else:
        click.echo("\n".join(_lines(now)))
    click.get_current_context().exit(VERDICT_CODES[now.verdict])


def _stopped(as_json: bool) -> None:
    if as_json:
        nothing = {"last_frame_age_s": None, "queue": None, "model": None, "disk": None}
        emit({"verdict": "stopped", "verdict_text": "stopped", "api": {"url": ""}, **nothing})
    else:
        click.echo("stopped")
        click.echo(f"No daemon runs on {paths.home().root}; start it with: gumctl start", err=True)
    click.get_current_context().exit(ExitCode.STOPPED)


def _lines(now: DaemonStatus) -> list[str]:
    return [
        now.verdict_text,
        *_problems(now),
        f"  now         {printable(now.now) or '-'}",
        f"  last frame  {_ago(now.last_frame_age_s)}",
        *(f"  {one.name:<11} {_observer(one.state, one.last_event_age_s, one.missing)}" for one in now.observers),
        f"  queue       {now.queue.captures} captures, {now.queue.waiting} episodes wait, {now.queue.failed} failed",
        f"  engine      {now.model.engine}, {now.model.state}",
        *_beside(now.model),
        f"  reader      {now.reader}{_worker(now, 'reader')}",
        f"  search      {now.embedder}{_worker(now, 'embedder')}",
        f"  index       {now.index}",
        f"  notifier    {now.notifier}",
        *([f"  holding     {now.notifications}"] if now.notifications else []),
        f"  processor   {now.cpu.percent:.1f} % of a core, budget {now.cpu.budget_percent:g} %{_slower(now)}",
        f"  memory      {_megabytes(now.memory.used_bytes)} of {_megabytes(now.memory.budget_bytes)} MB, "
        f"{_megabytes(now.memory.daemon_bytes)} of it the daemon itself{', OVER BUDGET' if now.memory.over else ''}",
        f"  power       {_power(now.power)}",
        f"  disk        {now.disk.used_bytes / 1e6:.0f} of {now.disk.budget_bytes / 1e6:.0f} MB",
        f"  today       {now.today.observations} observations, {now.today.episodes} episodes, "
        f"{now.today.propositions} propositions, {now.today.suggestions} suggestions",
        f"  held back   {now.held_back}" + (", see: gumctl audit list" if now.held_back else ""),
        f"  api         {now.api.url}",
    ]


def _problems(now: DaemonStatus) -> list[str]:
    """Return what is wrong, unless the verdict says it already."""
    return [] if now.verdict == "degraded" else [f"  problem     {printable(one)}" for one in now.problems]


def _beside(model: ModelStatus) -> list[str]:
    """Return what is to be said of a model that works beside the built-in engine."""
    if not model.beside:
        return []
    waits = f", it waits {model.waits}" if model.waits else ""
    oldest = f", the oldest ended {_ago(model.backlog_age_s)}" if model.backlog else ""
    sends = [f"  SENDS TO    {printable(model.leaves_to)}"] if model.leaves_to else []
    backlog = f"  backlog     {model.backlog} episodes for the model{oldest}{waits}"
    return [*sends, f"  beside it   {model.beside}", backlog]


def _slower(now: DaemonStatus) -> str:
    """Return, after a comma, that frames come more seldom than they could."""
    return f", frames of one window {now.cpu.pace:.1f} times as seldom" if now.cpu.pace > 1 else ""


def _power(power: PowerStatus) -> str:
    if not power.on_battery:
        return "mains"
    full = f"battery, {power.percent:.0f} % full" if power.percent is not None else "battery"
    return f"{full}, what is not urgent is put off" if power.saving else full


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f}"


def _worker(now: DaemonStatus, part: str) -> str:
    """Return, after a comma, how the process of a part is; nothing where it has none of its own."""
    for one in now.workers:
        if one.part == part:
            held = f"{_megabytes(one.memory_bytes)} MB in a process of its own" if one.pid else "at rest"
            died = f", which has died {one.deaths} times, last: {one.trouble}" if one.deaths else ""
            return f", {held}{died}"
    return ""


def _observer(state: str, age_s: float | None, missing: list[str]) -> str:
    return " ".join([f"{state}, last event {_ago(age_s)}", *(f"({sentence})" for sentence in missing)])


def _ago(age_s: float | None) -> str:
    return "none yet" if age_s is None else f"{age_s:.0f} s ago"
