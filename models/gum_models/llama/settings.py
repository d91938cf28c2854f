"""What the llama engine is told, with good values for the machine where the settings leave it open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psutil

ALL_LAYERS = -1
_SMALL_MACHINE = 12 * 2**30
_RESERVED_CELLS = 2700  # the system text, what is known, two images, the task and the answer
_CHARACTERS_PER_CELL = 2.5


@dataclass(frozen=True, slots=True)
class LlamaSettings:
    """One run of the model.  `gpu_layers` is -1 for as many as fit, `seed` makes answers repeatable."""

    context: int
    threads: int
    gpu_layers: int = ALL_LAYERS
    temperature: float = 0.2
    seed: int = 1
    image_tokens: int = 256
    timeout_s: float = 300.0
    idle_unload_s: float = 300.0

    @property
    def characters(self) -> int:
        """How much screen text a prompt may hold beside everything else."""
        return max(800, int((self.context - _RESERVED_CELLS) * _CHARACTERS_PER_CELL))


def settled(chosen: Any = None) -> LlamaSettings:
    """Return the settings of the section `llama`, or the automatic ones, for this machine.

    One core is left to the person; a machine below 12 GB gets a context of 4096 cells, a larger one 8192.
    """
    automatic = LlamaSettings(
        context=4096 if psutil.virtual_memory().total < _SMALL_MACHINE else 8192,
        threads=max(1, (psutil.cpu_count(logical=False) or 2) - 1),
    )
    if chosen is None:
        return automatic
    return LlamaSettings(
        context=chosen.context or automatic.context,
        threads=chosen.threads or automatic.threads,
        gpu_layers=chosen.gpu_layers,
        temperature=chosen.temperature,
        seed=chosen.seed,
        image_tokens=chosen.image_tokens,
        timeout_s=chosen.timeout_s,
        idle_unload_s=chosen.idle_unload_s,
    )
