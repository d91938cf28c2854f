"""The models that can be had, and which of them suits this machine."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from gum.errors import EngineError, nearest


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """One file of a model; `sha256` is empty where it is not known yet."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CatalogueModel:
    """One model: where its two files are, how large they are, and for how much memory it is meant."""

    name: str
    title: str
    memory_gb: int
    size_mb: int
    licence: str
    repository: str
    model: CatalogueFile
    projector: CatalogueFile


def catalogue() -> list[CatalogueModel]:
    """Return every model, smallest first."""
    rows = tomllib.loads(files(__package__).joinpath("catalogue.toml").read_text(encoding="utf-8"))["model"]
    return [
        CatalogueModel(
            **{**row, "model": CatalogueFile(**row["model"]), "projector": CatalogueFile(**row["projector"])}
        )
        for row in rows
    ]


def fitting(memory_bytes: int) -> CatalogueModel:
    """Return the largest model meant for a machine with this much memory, the smallest where none is."""
    models = catalogue()
    room = memory_bytes / 2**30 + 1  # a machine of 8 GB shows a little less than 8 GiB
    return next((model for model in reversed(models) if model.memory_gb <= room), models[0])


def named(name: str) -> CatalogueModel:
    """Return the model of this name.  Raises EngineError that names those there are."""
    models = {model.name: model for model in catalogue()}
    if name not in models:
        raise EngineError(
            f"There is no model {name!r} in the catalogue, which has {', '.join(models)}.{nearest(name, models)}"
        )
    return models[name]
