"""The private desktop: X server, session bus, window manager."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from scenarios.driver.processes import Processes, wait_for
from scenarios.driver.settings import write_bus_settings
from scenarios.driver.spec import Persona, ScenarioError, Screen

_ACCESSIBILITY = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")


def environment(folder: Path, home: Path, persona: Persona, accessibility: bool) -> dict[str, str]:
    """Return the environment of the session's processes: ours for the tools, the persona's for the rest."""
    kept = {key: os.environ[key] for key in ("PATH", "TERM", "SHELL", "TZ") if key in os.environ}
    run = folder / "run"
    run.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = {
        "HOME": str(home),
        "USER": persona.login,
        "LANG": "C.UTF-8",
        "XDG_RUNTIME_DIR": str(run),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "GDK_BACKEND": "x11",
        "GSETTINGS_BACKEND": "keyfile",
        "GTK_USE_PORTAL": "0",
        "XDG_SESSION_TYPE": "x11",
        "XDG_CURRENT_DESKTOP": "X-Scenario",
        "NO_AT_BRIDGE": "0" if accessibility else "1",
    }
    for key in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        Path(own[key]).mkdir(parents=True, exist_ok=True)
    return kept | own


def start_display(processes: Processes, screen: Screen, size: str, cwd: Path) -> None:
    """Start Xvfb on a free display number and set DISPLAY.  Raises ScenarioError."""
    number = processes.start_announcing(
        lambda fd: [
            *("Xvfb", "-displayfd", str(fd), "-screen", "0", f"{size}x24"),
            *("-nolisten", "tcp", "-noreset", "-ac", "+extension", "RANDR"),
        ],
        cwd,
    )
    if not number:
        raise ScenarioError("Xvfb did not start; is it installed?")
    processes.env["DISPLAY"] = f":{number}"
    for monitor in screen.monitors:
        processes.run("xrandr", "--setmonitor", monitor.name, monitor.geometry, monitor.output)


def start_bus(processes: Processes, cwd: Path, accessibility: bool) -> None:
    """Start a session bus that can start the accessibility bus alone: no portal, no mounts to clean up."""
    services = processes.folder / "services"
    services.mkdir()
    if accessibility and _ACCESSIBILITY.exists():
        shutil.copy(_ACCESSIBILITY, services)
    settings = write_bus_settings(processes.folder, services)
    processes.env["DBUS_SESSION_BUS_ADDRESS"] = processes.start_announcing(
        lambda fd: ["dbus-daemon", f"--config-file={settings}", "--nofork", f"--print-address={fd}"], cwd
    )


def start_window_manager(processes: Processes, cwd: Path, background: str) -> None:
    """Start openbox and wait until it rules.  Raises ScenarioError."""
    processes.start(["openbox", "--sm-disable"], cwd)
    wait_for(
        lambda: (
            "_NET_SUPPORTING_WM_CHECK(WINDOW)" in processes.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK") or None
        ),
        15,
        "The window manager",
    )
    if shutil.which("hsetroot"):
        processes.run("hsetroot", "-solid", background)
