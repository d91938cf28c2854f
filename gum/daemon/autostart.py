"""Starting with the person's session: what each system's own way of it has to be told, as a file and a few commands.

The systemd user unit and the XDG autostart entry were run on Linux; the launchd agent and the Windows task are
rendered and their form is checked, but they were not run.
"""

from __future__ import annotations

import os
import plistlib
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

import platformdirs

from gum.errors import ConflictError, GumError, NotFoundError, StoreReadOnlyError
from gum.paths import Home
from gum.store.encryption.envelope import is_asked_for

Kind = Literal["systemd", "autostart", "launchd", "task"]
KINDS: tuple[Kind, ...] = ("systemd", "autostart", "launchd", "task")
UNTRIED: frozenset[Kind] = frozenset({"launchd", "task"})

NAME = "gum-desktop"
LABEL = "org.gum-desktop.daemon"
ABOUT = "Gum: a model of the person at this computer, kept on this computer"
RUN_S = 30

Command = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Registration:
    """What makes the daemon start with the session: a file, and the commands that make the system read it."""

    kind: Kind
    path: Path
    text: str
    enable: tuple[Command, ...] = ()
    disable: tuple[Command, ...] = ()

    @property
    def tried(self) -> bool:
        """Whether this kind was ever run by those who wrote it."""
        return self.kind not in UNTRIED


def kind_here() -> Kind:
    """Return the way of this system: systemd where a user manager runs, XDG autostart elsewhere on Linux."""
    if sys.platform == "darwin":
        return "launchd"
    if sys.platform == "win32":
        return "task"
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")
    return "systemd" if (runtime / "systemd").is_dir() else "autostart"


def registration(kind: Kind, home: Home) -> Registration:
    """Return what is to be written for a home.  Raises ConflictError when nobody could give its passphrase."""
    if is_asked_for(home):
        raise ConflictError(
            "The home is encrypted by a passphrase, which nobody can give when the session begins. Start it by hand "
            "with: gumctl start; or keep the key elsewhere: gumctl rekey"
        )
    command = (sys.executable, "-P", "-m", "gum.daemon", "--home", str(home.root))
    return {"systemd": _systemd, "autostart": _autostart, "launchd": _launchd, "task": _task}[kind](command, home)


def install(wanted: Registration) -> None:
    """Write the file and make the system read it.  Raises StoreReadOnlyError, GumError with the system's own words."""
    try:
        wanted.path.parent.mkdir(parents=True, exist_ok=True)
        wanted.path.write_text(wanted.text, encoding="utf-16" if wanted.kind == "task" else "utf-8")
    except OSError as error:
        raise StoreReadOnlyError(f"{wanted.path} cannot be written ({error.strerror}).") from error
    for command in wanted.enable:
        _run(command, f"{wanted.path} was written")


def remove(present: Registration) -> None:
    """Make the system forget it and remove the file.  Raises NotFoundError when there is none."""
    if not present.path.exists():
        raise NotFoundError(f"There is no {present.path}; nothing starts the daemon with your session.")
    for command in present.disable:
        _run(command, f"{present.path} is still there")
    try:
        present.path.unlink()
    except OSError as error:
        raise StoreReadOnlyError(f"{present.path} cannot be removed ({error.strerror}).") from error


def state(wanted: Registration) -> Literal["absent", "installed", "other"]:
    """Return whether the file is there, and whether it is what would be written now."""
    try:
        kept = wanted.path.read_text(encoding="utf-16" if wanted.kind == "task" else "utf-8")
    except FileNotFoundError:
        return "absent"
    except (OSError, UnicodeError):
        return "other"
    return "installed" if kept == wanted.text else "other"


def _run(command: Command, so_far: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=RUN_S)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GumError(f"{so_far}, but {' '.join(command)!r} could not be run ({type(error).__name__}).") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise GumError(f"{so_far}, but {' '.join(command)!r} failed: {said[-1] if said else done.returncode}")


# ------------------------------------------------------------------------- systemd


def _systemd(command: Command, _home: Home) -> Registration:
    text = f"""[Unit]
Description={ABOUT}
After=graphical-session.target
PartOf=graphical-session.target
StartLimitIntervalSec=600
StartLimitBurst=10

[Service]
Type=exec
ExecStart={" ".join(_for_systemd(part) for part in command)}
Restart=on-failure
RestartSec=2
RestartSteps=6
RestartMaxDelaySec=120
RestartPreventExitStatus=2
TimeoutStopSec=10
Nice=5
UMask=0077
NoNewPrivileges=yes

[Install]
WantedBy=graphical-session.target
"""
    unit = f"{NAME}.service"
    return Registration(
        "systemd",
        _settings_folder() / "systemd" / "user" / unit,
        text,
        enable=(("systemctl", "--user", "daemon-reload"), ("systemctl", "--user", "enable", unit)),
        disable=(("systemctl", "--user", "disable", unit),),
    )


def _for_systemd(part: str) -> str:
    """Return a word of a command line as systemd reads it; see systemd.service(5), Command lines."""
    for char, meant in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        part = part.replace(char, meant)
    return f'"{part}"' if any(char.isspace() or char in "\"'\\;" for char in part) else part


# ------------------------------------------------------------------------- XDG autostart


def _autostart(command: Command, _home: Home) -> Registration:
    text = f"""[Desktop Entry]
Type=Application
Name=gum-desktop
Comment={ABOUT}
Exec={" ".join(_for_desktop(part) for part in command)}
Terminal=false
NoDisplay=true
"""
    return Registration("autostart", _settings_folder() / "autostart" / f"{NAME}.desktop", text)


def _for_desktop(part: str) -> str:
    """Return a word of an Exec line; see the Desktop Entry Specification, The Exec key."""
    part = part.replace("%", "%%")
    if not any(char in " \t\n\"'\\><~|&;$*?#()`" for char in part):
        return part
    for char in '\\"`$':
        part = part.replace(char, f"\\{char}")
    return '"' + part.replace("\\", "\\\\") + '"'


def _settings_folder() -> Path:
    named = os.environ.get("XDG_CONFIG_HOME")
    return Path(named) if named else Path.home() / ".config"


# ------------------------------------------------------------------------- launchd and Windows


def _launchd(command: Command, _home: Home) -> Registration:
    agent = {
        "Label": LABEL,
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": 30,
        "ProcessType": "Background",
        "LimitLoadToSessionType": "Aqua",
        "Umask": 0o077,
    }
    path = Path.home() / "Library" / "LaunchAgents" / f"{LABEL}.plist"
    domain = f"gui/{os.getuid() if hasattr(os, 'getuid') else 0}"
    return Registration(
        "launchd",
        path,
        plistlib.dumps(agent).decode("utf-8"),
        enable=(("launchctl", "bootstrap", domain, str(path)),),
        disable=(("launchctl", "bootout", f"{domain}/{LABEL}"),),
    )


def _task(command: Command, _home: Home) -> Registration:
    program, *arguments = command
    text = f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>{ABOUT}</Description></RegistrationInfo>
  <Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger></Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>7</Priority>
    <RestartOnFailure><Interval>PT1M</Interval><Count>10</Count></RestartOnFailure>
  </Settings>
  <Actions>
    <Exec>
      <Command>{escape(program)}</Command>
      <Arguments>{escape(_for_windows(arguments))}</Arguments>
    </Exec>
  </Actions>
</Task>
"""
    path = platformdirs.user_data_path(NAME, appauthor=False) / f"{NAME}-task.xml"
    return Registration(
        "task",
        path,
        text,
        enable=(("schtasks", "/Create", "/TN", NAME, "/XML", str(path), "/F"),),
        disable=(("schtasks", "/Delete", "/TN", NAME, "/F"),),
    )


def _for_windows(arguments: Sequence[str]) -> str:
    return subprocess.list2cmdline(arguments)
