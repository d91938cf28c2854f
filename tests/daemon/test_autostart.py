"""What starts the daemon with the session is well-formed, whatever the paths are called."""

from __future__ import annotations

import configparser
import os
import plistlib
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gum.daemon import autostart
from gum.daemon.autostart import KINDS, Kind
from gum.errors import ConflictError, NotFoundError
from gum.paths import Home
from tests.working import gumctl

ODD = 'a "home" for 100 % of $HOME & me'


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("name", ["home", ODD])
def test_systemd_accepts_the_unit(tmp_path: Path, name: str) -> None:
    wanted = autostart.registration("systemd", Home(tmp_path / name))
    unit = tmp_path / "gum-desktop.service"
    unit.write_text(wanted.text)
    environment = os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", str(unit)], capture_output=True, text=True, check=False, env=environment
    )
    ours = [line for line in done.stderr.splitlines() if "gum-desktop" in line]
    assert [line for line in ours if "Unknown key" not in line] == []  # RestartSteps came with systemd 254
    assert "After=graphical-session.target" in wanted.text


def test_the_autostart_entry_says_the_command_in_its_own_quoting(tmp_path: Path) -> None:
    wanted = autostart.registration("autostart", Home(tmp_path / ODD))
    entry = configparser.RawConfigParser(strict=True)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read_string(wanted.text)
    line = entry["Desktop Entry"]["Exec"]
    value = line.replace("\\\\", "\\")  # the escapes of every value, then those of the Exec key
    quoted = value[value.index('"') + 1 : value.rindex('"')]
    unescaped = quoted.replace('\\"', '"').replace("\\$", "$").replace("%%", "%")
    assert unescaped == str(tmp_path / ODD)
    assert line.startswith(f"{sys.executable} -P -m gum.daemon --home ")


def test_the_launchd_agent_is_a_property_list(tmp_path: Path) -> None:
    agent = plistlib.loads(autostart.registration("launchd", Home(tmp_path / ODD)).text.encode())
    assert agent["ProgramArguments"][-1] == str(tmp_path / ODD)
    assert agent["KeepAlive"] == {"SuccessfulExit": False}


def test_the_windows_task_is_xml_that_names_the_command(tmp_path: Path) -> None:
    text = autostart.registration("task", Home(tmp_path / ODD)).text
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    root = ElementTree.fromstring(text.partition("?>")[2].strip())
    assert root.findtext("t:Actions/t:Exec/t:Command", namespaces=space) == sys.executable
    arguments = root.findtext("t:Actions/t:Exec/t:Arguments", namespaces=space)
    assert arguments is not None
    assert arguments.startswith("-P -m gum.daemon --home ")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_printed_without_a_trace(tmp_path: Path, kind: Kind) -> None:
    before = set(tmp_path.rglob("*"))
    done = gumctl(Home(tmp_path / "home"), "service", "install", "--kind", kind, "--print")
    assert done.stdout == autostart.registration(kind, Home(tmp_path / "home")).text
    assert set(tmp_path.rglob("*")) == before


def test_it_is_written_after_a_yes_and_removed_after_another(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    entry = tmp_path / "settings" / "autostart" / "gum-desktop.desktop"
    ask = ("service", "install", "--kind", "autostart")
    refused = gumctl(home, *ask, stdin="n\n")
    assert refused.returncode != 0
    assert "Exec=" in refused.stderr
    assert not entry.exists()
    assert gumctl(home, *ask, stdin="y\n").returncode == 0
    assert entry.read_text() == autostart.registration("autostart", home).text
    assert gumctl(home, "service", "status", "--kind", "autostart").returncode == 0
    assert gumctl(home, "service", "remove", "--kind", "autostart", stdin="y\n").returncode == 0
    assert not entry.exists()
    assert gumctl(home, "service", "status", "--kind", "autostart").returncode == 1
    with pytest.raises(NotFoundError):
        autostart.remove(autostart.registration("autostart", home))


def test_what_was_written_runs(tmp_path: Path) -> None:
    """The command line of the entry starts a daemon of that home, as a session would."""
    from gum.daemon.lifecycle import stop
    from gum.store.lock import read_owner
    from tests.waiting import until

    home = Home(tmp_path / "my home")
    command = plistlib.loads(autostart.registration("launchd", home).text.encode())["ProgramArguments"]
    started = subprocess.Popen(command, env={key: value for key, value in os.environ.items() if key != "GUM_HOME"})
    try:
        until(lambda: (owner := read_owner(home)) is not None and bool(owner.url), 30)
        assert stop(home)
    finally:
        started.terminate()
        assert started.wait(10) == 0


def test_a_home_whose_passphrase_nobody_could_give_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autostart, "is_asked_for", lambda home: True)
    with pytest.raises(ConflictError, match="passphrase"):
        autostart.registration("systemd", Home(tmp_path))
