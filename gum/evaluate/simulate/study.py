"""The whole evaluation: people measured, others whose verdicts calibrate, and what the steps of inference are worth.

Three ranges of seeds make three sets of people: those of development, on which an engine may be tuned; those that give
verdicts; and those held out, from which every figure that is quoted must come.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import platform
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Any

import gum
from gum.config import Config
from gum.errors import NotFoundError
from gum.evaluate.simulate.figures import figures
from gum.evaluate.simulate.generator import HELD_OUT_FROM, SUPPORTABLE_FROM, fingerprint, live
from gum.evaluate.simulate.living import Lived, lived
from gum.infer.steps import ALL, Steps
from gum.paths import Home

DEVELOPMENT = range(100)
VERDICTS = range(500, 600)
HELD_OUT = range(HELD_OUT_FROM, HELD_OUT_FROM + 1000)
ABLATIONS = {"no_retrieve": Steps(retrieve=False), "no_revise": Steps(revise=False)}
PROCESSES = 2

Report = Callable[[int, int], None]
Part = tuple[str, Steps, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is simulated: people from a seed on, as many others for verdicts, weeks of each."""

    seed: int = DEVELOPMENT[0]
    people: int = 4
    weeks: int = 3
    ablations: bool = False

    def seeds(self) -> range:
        """Return the seeds of the people measured.  Raises NotFoundError for seeds of no set."""
        wanted = range(self.seed, self.seed + self.people)
        if not any(wanted[0] in known and wanted[-1] in known for known in (DEVELOPMENT, HELD_OUT)):
            raise NotFoundError(
                f"The seeds {wanted[0]} to {wanted[-1]} are of no set: development has {DEVELOPMENT[0]} to "
                f"{DEVELOPMENT[-1]}, held out are {HELD_OUT[0]} to {HELD_OUT[-1]}."
            )
        return wanted

    @property
    def held_out(self) -> bool:
        return self.seed in HELD_OUT

    def parts(self) -> list[Part]:
        """Return every simulation that has to be made."""
        made: list[Part] = [("measured", ALL, seed) for seed in self.seeds()]
        made += [("verdicts", ALL, seed) for seed in VERDICTS[: self.people]]
        if self.ablations:
            made += [(name, steps, seed) for name, steps in ABLATIONS.items() for seed in self.seeds()]
        return made


def study(plan: Plan, config: Config, models_of: Home, report: Report) -> dict[str, Any]:
    """Simulate, judge and return the report; `report` is told how many simulations of how many are done.

    Raises NotFoundError for seeds of no set, StoreError, PluginError and ConfigError.
    """
    found = _simulated(plan.parts(), plan.weeks, config, models_of, report)
    measured, others = found["measured"], found["verdicts"]
    made = figures(measured, others)
    if plan.ablations:
        without = {name: _brief(figures(found[name], others)) for name in ABLATIONS}
        made["ablations"] = {"all_steps": _brief(made)} | without
    by_meaning = (models_of.models / config.infer.embedder).is_dir()
    return made | {"about": _about(plan, config, measured) | {"embedder": config.infer.embedder if by_meaning else ""}}


def _simulated(
    parts: Sequence[Part], weeks: int, config: Config, models_of: Home, report: Report
) -> dict[str, list[Lived]]:
    """Return the people of each part in order of their seeds, simulated by several processes."""
    done: dict[Part, Lived] = {}
    report(0, len(parts))
    context = multiprocessing.get_context("spawn")
    workers = min(PROCESSES, os.cpu_count() or 1, len(parts))
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_quietly) as pool:
        waiting: dict[Future[Lived], Part] = {
            pool.submit(_lived, part, weeks, config, models_of): part for part in parts
        }
        for future in as_completed(waiting):
            done[waiting[future]] = future.result()
            report(len(done), len(parts))
    return {name: [done[part] for part in parts if part[0] == name] for name in dict.fromkeys(one[0] for one in parts)}


def _lived(part: Part, weeks: int, config: Config, models_of: Home) -> Lived:
    _, steps, seed = part
    return lived(live(seed, weeks), config, models_of, steps)


def _quietly() -> None:
    """Say once, in the report, what each of the homes would warn of."""
    logging.disable(logging.WARNING)


def _brief(made: dict[str, Any]) -> dict[str, Any]:
    """Return the figures by which ablations are compared; without the map, which fits the whole inference only."""
    brief = {key: made[key] for key in ("precision", "recall", "repeated")}
    return brief | {
        "brier": made["brier"]["uncalibrated"],
        "ece": made["ece_uncalibrated"],
        "propositions": made["n"]["propositions"],
        "at_end": made["at_end"]["propositions"],
    }


def _about(plan: Plan, config: Config, measured: Sequence[Lived]) -> dict[str, Any]:
    seen = sum(one.observations for one in measured)
    return {
        "generator": fingerprint(),
        "engine": config.infer.engine,
        "version": gum.__version__,
        "python": platform.python_version(),
        "held_out": plan.held_out,
        "seeds": list(plan.seeds()),
        "seeds_of_verdicts": list(VERDICTS[: plan.people]),
        "weeks": plan.weeks,
        "lives": [" and ".join(one.lives) for one in measured],
        "observations": seen,
        "episodes": sum(one.episodes for one in measured),
        "noise": sum(one.noise * one.observations for one in measured) / max(1, seen),
        "supportable_from": SUPPORTABLE_FROM,
        "cpu_seconds": sum(one.seconds for one in measured),
    }
