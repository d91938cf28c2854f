"""The programs whose settings can name us: where those lie, and what stands there.

The places and forms are those of each program's own documentation, for its settings of the user as a whole.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from gum.errors import NotFoundError, nearest

#: Under which name we stand in a program's settings.
NAME = "gum"


@dataclass(frozen=True, slots=True)
class Launch:
    """How a program starts us: a command, its arguments, and the environment that it needs."""

    command: str
    arguments: tuple[str, ...]
    environment: dict[str, str]


@dataclass(frozen=True, slots=True)
class Program:
    """One program: the file of its settings, under which keys its servers stand, and how one is written."""

    name: str
    title: str
    place: Callable[[], Path]
    keys: tuple[str, ...]
    entry: Callable[[Launch], dict[str, Any]]
    form: Literal["json", "toml"] = "json"


def program(name: str) -> Program:
    """Return a program by name.  Raises NotFoundError."""
    if name not in PROGRAMS:
        raise NotFoundError(f"There is no program {name!r}.{nearest(name, PROGRAMS)} Known are: {', '.join(PROGRAMS)}.")
    return PROGRAMS[name]


def _plain(launch: Launch) -> dict[str, Any]:
    entry: dict[str, Any] = {"command": launch.command, "args": list(launch.arguments)}
    return entry | ({"env": launch.environment} if launch.environment else {})


def _typed(launch: Launch) -> dict[str, Any]:
    return {"type": "stdio", **_plain(launch)}


def _opencode(launch: Launch) -> dict[str, Any]:
    entry = {"type": "local", "command": [launch.command, *launch.arguments], "enabled": True}
    return entry | ({"environment": launch.environment} if launch.environment else {})


def _home(*parts: str) -> Callable[[], Path]:
    return lambda: Path.home().joinpath(*parts)


def _settings(*parts: str) -> Callable[[], Path]:
    """Return where programs keep their settings on this platform."""

    def place() -> Path:
        if sys.platform == "darwin":
            return Path.home().joinpath("Library", "Application Support", *parts)
        if sys.platform == "win32":
            return Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming")).joinpath(*parts)
        return _xdg(*parts)()

    return place


def _xdg(*parts: str) -> Callable[[], Path]:
    return lambda: Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config").joinpath(*parts)


def _codex() -> Path:
    return Path(os.environ.get("CODEX_HOME") or Path.home() / ".codex") / "config.toml"


_SERVERS = ("mcpServers",)
_KNOWN = (
    Program("claude-desktop", "Claude Desktop", _settings("Claude", "claude_desktop_config.json"), _SERVERS, _plain),
    Program("claude-code", "Claude Code", _home(".claude.json"), _SERVERS, _typed),
    Program("cursor", "Cursor", _home(".cursor", "mcp.json"), _SERVERS, _plain),
    Program("vscode", "Visual Studio Code", _settings("Code", "User", "mcp.json"), ("servers",), _typed),
    Program("codex", "Codex", _codex, ("mcp_servers",), _plain, "toml"),
    Program("gemini-cli", "Gemini CLI", _home(".gemini", "settings.json"), _SERVERS, _plain),
    Program("zed", "Zed", _xdg("zed", "settings.json"), ("context_servers",), _plain),
    Program("windsurf", "Windsurf", _home(".codeium", "windsurf", "mcp_config.json"), _SERVERS, _plain),
    Program("lm-studio", "LM Studio", _home(".lmstudio", "mcp.json"), _SERVERS, _plain),
    Program("opencode", "OpenCode", _xdg("opencode", "opencode.json"), ("mcp",), _opencode),
)
PROGRAMS: dict[str, Program] = {one.name: one for one in _KNOWN}
