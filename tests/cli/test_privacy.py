"""Exclusions, the ledger and the watch over connections, from the command line of a running daemon."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gum.paths import Home
from tests.working import Daemon, gumctl


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    one = Daemon(Home(Path(tmp_path_factory.mktemp("privacy")) / "home"))
    one.start(120)
    yield one
    one.close()


def test_a_rule_is_added_listed_tried_and_removed(daemon: Daemon) -> None:
    added = gumctl(daemon.home, "exclude", "site", "https://www.kelp.example/shop", "--json")
    assert json.loads(added.stdout)["pattern"] == "kelp.example"
    mine = json.loads(gumctl(daemon.home, "exclude", "list", "--mine", "--json").stdout)
    assert [(rule["kind"], rule["pattern"]) for rule in mine] == [("site", "kelp.example")]
    assert "kelp.example" in gumctl(daemon.home, "exclude", "test", "--url", "https://kelp.example/a").stdout
    assert "seen again" in gumctl(daemon.home, "exclude", "remove", "site", "kelp.example").stdout
    assert "would be seen" in gumctl(daemon.home, "exclude", "test", "--url", "https://kelp.example/a").stdout


def test_a_rule_that_cannot_be_one_is_refused_with_a_sentence(daemon: Daemon) -> None:
    refused = gumctl(daemon.home, "exclude", "title", "(open")
    assert refused.returncode == 5
    assert "not a regular expression" in refused.stderr
    assert gumctl(daemon.home, "exclude", "app").returncode == 2


def test_a_running_daemon_connects_to_nothing_off_this_machine(daemon: Daemon) -> None:
    done = gumctl(daemon.home, "doctor", "--egress", "--seconds", "1", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["outside"] == []


def test_an_empty_ledger_says_so(daemon: Daemon) -> None:
    done = gumctl(daemon.home, "ledger")
    assert done.returncode == 0
    assert "Nothing was counted" in done.stderr
