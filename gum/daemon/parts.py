"""Builds the plug-ins that a home's settings name; what cannot be had is left out with a sentence that says so."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from gum import plugins
from gum.config import Config
from gum.errors import GumError
from gum.paths import Home
from gum.protocols import Action, Embedder, Reader, Reasoner, Rewriting, Suggester

log = logging.getLogger(__name__)

BUILT_IN_ENGINE = "statistical"
WITHOUT_EMBEDDER = "Search runs on words alone until 'gumctl models embedder' gets it."


@dataclass(slots=True)
class Parts:
    """What the settings name, built; `degraded` holds a sentence for each thing that is missed, by part.

    `engine` infers from each episode at once; `model`, where the settings name one, works beside it (see
    `gum.daemon.understanding`), with what `counting` says as context.
    """

    engine: Reasoner
    model: Reasoner | None
    reader: Reader | None
    embedder: Embedder | None
    suggesters: dict[str, Suggester]
    actions: dict[str, Action]
    degraded: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    counting: Reasoner | None = None

    @property
    def answerer(self) -> Reasoner:
        """The engine that answers questions: the model where there is one."""
        return self.model or self.engine

    @property
    def writer(self) -> Rewriting | None:
        """The engine that writes a result anew; None where none does."""
        return self.answerer if isinstance(self.answerer, Rewriting) else None

    def close(self) -> None:
        """Close what holds something open."""
        for part in (self.reader, self.engine, self.model, self.counting, self.embedder):
            close = getattr(part, "close", None)
            if close is not None:
                close()


def build(home: Home, config: Config, *, apart: bool = False) -> Parts:
    """Return the parts that the settings name; `apart` lets reader and embedder work in processes of their own.

    Raises PluginError when the engine named is unknown and ConfigError when a part's settings are wrong.
    """
    degraded: dict[str, str] = {}
    notes: dict[str, str] = {}
    offers = {"folder": home.models, "language": config.infer.language, "config": config}
    offers |= _apart(config, apart)
    engine = _optional("gum.engines", config.infer.engine, offers, degraded, "engine")
    beside = engine if getattr(engine, "is_model", False) else None
    if engine is None or beside is not None:
        engine = construct(plugins.load("gum.engines", BUILT_IN_ENGINE), offers)
    if "engine" in degraded:
        degraded["engine"] += f" The {BUILT_IN_ENGINE} engine speaks instead."
    return Parts(
        engine=cast("Reasoner", engine),
        model=cast("Reasoner | None", beside),
        counting=construct(plugins.load("gum.engines", BUILT_IN_ENGINE), offers) if beside is not None else None,
        reader=cast("Reader | None", _optional("gum.readers", config.infer.reader, offers, degraded, "reader")),
        embedder=build_embedder(home, config, notes, apart=apart),
        suggesters={name: construct(kind, offers) for name, kind in plugins.load_all("gum.suggesters").items()},
        actions={name: construct(kind, offers) for name, kind in plugins.load_all("gum.actions").items()},
        degraded=degraded,
        notes=notes,
    )


def build_embedder(home: Home, config: Config, notes: dict[str, str], *, apart: bool = False) -> Embedder | None:
    """Return the embedder that the settings name; where it cannot be had, None, and `notes` says why.

    Raises PluginError when it is unknown and ConfigError when its settings are wrong.
    """
    offers = {"folder": home.models / config.infer.embedder, "language": config.infer.language, "config": config}
    offers |= _apart(config, apart)
    embedder = _optional("gum.embedders", config.infer.embedder, offers, notes, "embedder")
    if embedder is None:
        notes["embedder"] += f" {WITHOUT_EMBEDDER}"
    return cast("Embedder | None", embedder)


def _apart(config: Config, apart: bool) -> dict[str, Any]:
    return {"apart_s": config.infer.idle_unload_s if apart else None}


def construct(offered: Callable[..., Any], offers: dict[str, Any]) -> Any:
    """Call a plug-in's constructor with those of our offers that it asks for by name."""
    asked = inspect.signature(offered).parameters
    return offered(**{name: value for name, value in offers.items() if name in asked})


def _optional(group: str, name: str, offers: dict[str, Any], sentences: dict[str, str], part: str) -> Any:
    """Build one plug-in, or return None and leave a sentence under the part's name; an unknown name is an error."""
    if name not in plugins.names(group):
        return plugins.load(group, name)
    try:
        return construct(plugins.load(group, name), offers)
    except GumError as error:
        log.warning("%s", error)
        sentences[part] = str(error)
        return None
