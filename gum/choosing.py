"""Which engine and which model are used: the set-ups that plug-ins offer, and the setting that names the engine."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, cast

from gum import config, plugins
from gum.errors import ConfigError
from gum.network import host_of
from gum.paths import Home

if TYPE_CHECKING:
    from gum.protocols import KeptModel, Setup

RESTART = "The daemon takes it up at: gumctl restart"


def setup(engine: str) -> Setup:
    """Return what gets models for an engine.  Raises PluginError that names the nearest."""
    return cast("Setup", plugins.load("gum.setups", engine)())


def setups() -> dict[str, Setup]:
    """Return every set-up by its engine; one that cannot be loaded is left out with a warning."""
    return {name: cast("Setup", made()) for name, made in plugins.load_all("gum.setups").items()}


def in_use(home: Home, engine: str, kept: KeptModel) -> str:
    """Let the engine be the one in use where there are no settings yet; say how it is or can be put to use."""
    if not home.config.exists():
        put_to_use(home, engine)
    if config.load(home.config).infer.engine == engine and kept.in_use:
        return f"It is in use. {RESTART}"
    return f"Use it with: gumctl models use {kept.name}"


def put_to_use(home: Home, engine: str) -> None:
    """Name the engine in the settings; all else in the file stays as it is.  Raises ConfigError."""
    import tomlkit

    settings = config.load(home.config)
    if settings.infer.engine == engine:
        return
    text = home.config.read_text(encoding="utf-8") if home.config.exists() else ""
    document = tomlkit.parse(text)
    section = cast("dict[str, Any]", document.setdefault("infer", tomlkit.table()))
    section["engine"] = engine
    draft = home.config.with_suffix(".new")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(tomlkit.dumps(document))
        config.load(draft)
        draft.replace(home.config)
    except OSError as error:
        raise ConfigError(f"{home.config} could not be written: {error.strerror}.") from error
    finally:
        draft.unlink(missing_ok=True)


def plain(record: Any) -> dict[str, Any]:
    """Return a record of `gum.protocols` as it goes to JSON."""
    return asdict(record)


def hosts(settings: config.Config) -> list[str]:
    """Return the machines that the settings name: the engine's, where engines are let out, and the index's server."""
    asked = settings.infer.engine == "openai" and "engines" in settings.network.allow
    named = (settings.openai.address if asked else "", settings.store.index_server)
    return [host for address in named if address and (host := host_of(address))]
