"""The models that can be had, and which of them suits this machine."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from gum.errors import EngineError, nearest
from gum.protocols import Offer, OfferedFile

#: What a catalogue's files are to the engine, in the order in which they stand there.
ROLES = ("model", "projector")


def catalogue() -> list[Offer]:
    """Return every model, smallest first."""
    rows = tomllib.loads(files(__package__).joinpath("catalogue.toml").read_text(encoding="utf-8"))["model"]
    return [Offer(**{**row, "files": tuple(OfferedFile(**file) for file in row["files"])}) for row in rows]


def fitting(memory_bytes: int) -> Offer:
    """Return the model for a machine with this much memory, the smallest where none is meant for so little."""
    models = catalogue()
    room = memory_bytes / 2**30 + 1  # a machine of 8 GB shows a little less than 8 GiB
    tier = max((model.memory_gb for model in models if model.memory_gb <= room), default=models[0].memory_gb)
    return next(model for model in models if model.memory_gb == tier)


def named(name: str) -> Offer:
    """Return the model of this name.  Raises EngineError that names those there are."""
    models = {model.name: model for model in catalogue()}
    if name not in models:
        raise EngineError(
            f"There is no model {name!r} in the catalogue, which has {', '.join(models)}.{nearest(name, models)}"
        )
    return models[name]
