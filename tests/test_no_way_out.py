"""The guard that every test runs under works, and a daemon does its work where there is no network at all."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[1]
CUT_OFF = ("unshare", "--map-root-user", "--net")


def test_a_connection_off_this_machine_fails() -> None:
    with socket.socket() as client, pytest.raises(AssertionError, match="tried to reach"):
        client.connect(("192.0.2.1", 80))


@pytest.mark.filterwarnings("ignore:unclosed", "ignore::pytest.PytestUnraisableExceptionWarning")  # cut short
def test_a_dependency_that_calls_out_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="tried to reach"):
        httpx.get("http://192.0.2.1/", trust_env=False)


def test_a_connection_on_this_machine_is_let_through() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
        assert client.getpeername() == server.getsockname()


def test_no_dependency_reports_anything_to_anybody(tmp_path: Path) -> None:
    command = [sys.executable, "-c", USES_DEPENDENCIES, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout == "[]\n"


USES_DEPENDENCIES = """
import sys
from pathlib import Path
asked = []
def hook(event, arguments):
    if event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
        asked.append((event, str(arguments[1][0])))
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        asked.append((event, str(arguments[0])))
sys.addaudithook(hook)
import numpy as np
import detect_secrets, mnemonic, onnxruntime, phonenumbers, stdnum, textual, tokenizers
from gum.perceive.redaction import redact
from gum.store.chroma import ChromaCollection
redact("ghp_" + "4fK2m9Qx8LpZ7vTdR1sW6yHb3nJc5gEa0uDi")
for folder in (Path(sys.argv[1]) / "index", None):
    held = ChromaCollection(folder, "propositions")
    held.near(np.zeros((1, 4), dtype=np.float32), 1) if held.ids() else None
    held.close()
print(asked)
"""


def _cut_off_works() -> bool:
    return shutil.which("unshare") is not None and not subprocess.run([*CUT_OFF, "true"], check=False).returncode


@pytest.mark.skipif(sys.platform != "linux" or not _cut_off_works(), reason="no network namespace can be made here")
@pytest.mark.timeout(300)
def test_the_daemon_and_its_api_work_with_the_network_cut_off() -> None:
    done = subprocess.run(
        [*CUT_OFF, sys.executable, "-m", "tests.cut_off", "tests/test_client.py", "tests/api/test_privacy.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert " passed" in done.stdout
