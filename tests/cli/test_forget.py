"""gumctl forget, retention, encrypt, rekey, decrypt, as a person and a script use them."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.working import Daemon, environment, gumctl


def holds(daemon: Daemon, word: str) -> bool:
    """Tell whether a word stands in any file of the home."""
    files = [file for file in daemon.home.root.rglob("*") if file.is_file()]
    return any(word.encode() in file.read_bytes().lower() for file in files)


def see(daemon: Daemon, text: str, app: str) -> None:
    done = gumctl(daemon.home, "observations", "add", "-", "--app", app, "--title", text[:20], stdin=text)
    assert done.returncode == 0, done.stderr


def answer(daemon: Daemon, *arguments: str) -> Any:
    done = gumctl(daemon.home, *arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def with_secret(daemon: Daemon, *arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    """Run a command with passphrases on pipes, named by the option that takes each."""
    pipes, options = [], []
    for option, words in given.items():
        reading, writing = os.pipe()
        os.write(writing, f"{words}\n".encode())
        os.close(writing)
        pipes.append(reading)
        options += [f"--{option.replace('_', '-')}", str(reading)]
    try:
        return subprocess.run(
            [sys.executable, "-m", "gum", *arguments, *options],
            env=environment(daemon.home), pass_fds=pipes, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
    finally:
        for one in pipes:
            os.close(one)


def test_forgetting_asks_first_shows_what_goes_and_can_be_undone(daemon: Daemon) -> None:
    daemon.start()
    see(daemon, "zebra accounts of march", "Ledgerly")
    see(daemon, "a letter about tea", "Mail")
    shown = gumctl(daemon.home, "forget", "--app", "Ledgerly", "--preview")
    assert "This would go: 1 observations" in shown.stdout
    assert "zebra accounts of ma" in shown.stdout
    asked = gumctl(daemon.home, "forget", "--app", "Ledgerly")
    assert (asked.returncode, "add --yes" in asked.stderr) == (2, True)
    done = answer(daemon, "forget", "--app", "Ledgerly", "--yes", "--undo", "10m")
    assert (done["state"], done["counts"]["observations"]) == ("hidden", 1)
    assert [one["app"] for one in answer(daemon, "observations", "list")["items"]] == ["Mail"]
    assert answer(daemon, "forget", "list")["forgotten"][0]["id"] == done["id"]
    assert answer(daemon, "forget", "undo", str(done["id"]))["state"] == "undone"
    assert len(answer(daemon, "observations", "list")["items"]) == 2
    gone = gumctl(daemon.home, "forget", "--text", "zebra", "--now", "--yes")
    assert "Its bytes are gone." in gone.stdout
    assert not holds(daemon, "zebra")
    assert holds(daemon, "letter about tea")
    nothing = gumctl(daemon.home, "forget", "--yes")
    assert (nothing.returncode, "Say what to forget" in nothing.stderr) == (5, True)
    policy = answer(daemon, "retention")
    assert {one["what"]: one["days"] for one in policy["limits"]}["propositions"] is None


def test_an_encrypted_home_is_opened_by_its_passphrase_alone(daemon: Daemon) -> None:
    daemon.start()
    see(daemon, "zebra accounts of march", "Ledgerly")
    refused = with_secret(daemon, "encrypt", new_passphrase_fd="correct horse")
    assert (refused.returncode, "gumctl stop" in refused.stderr) == (3, True)
    daemon.stop()
    done = with_secret(daemon, "encrypt", new_passphrase_fd="correct horse")
    assert (done.returncode, "encrypted: the database" in done.stdout) == (0, True), done.stderr
    assert not holds(daemon, "zebra")
    assert stat.S_IMODE(daemon.home.encryption.stat().st_mode) == 0o600

    wrong = with_secret(daemon, "start", passphrase_fd="wrong horse")
    assert (wrong.returncode, "does not open this store" in wrong.stderr) == (3, True)
    try:
        started = with_secret(daemon, "start", "--json", passphrase_fd="correct horse")
        assert json.loads(started.stdout)["index"] in {"absent", "closed", "ready"}, started.stderr
        assert answer(daemon, "observations", "list")["items"][0]["text"] == "zebra accounts of march"
        see(daemon, "quokka", "Mail")
        assert not holds(daemon, "quokka")
        limits = gumctl(daemon.home, "doctor").stdout
        assert "encrypted" in limits
    finally:
        gumctl(daemon.home, "stop")
    done = with_secret(daemon, "decrypt", passphrase_fd="correct horse")
    assert done.returncode == 0, done.stderr
    assert holds(daemon, "quokka")


def test_a_crash_of_the_daemon_would_leave_no_image_of_its_memory(daemon: Daemon) -> None:
    daemon.start()
    assert daemon.process is not None
    with Path(f"/proc/{daemon.process.pid}/limits").open() as file:
        (cores,) = [line for line in file if line.startswith("Max core file size")]
    assert cores.split()[4:6] == ["0", "0"]
