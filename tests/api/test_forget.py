"""Forgetting over the API: gone from every answer at once, and back when it is undone."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from gum import plugins
from gum.client import ForgetIn
from gum.errors import RefusedError
from tests.working import START, EchoEngine, HandClock, Running, running, settings, text


@pytest.fixture
def lived(served: Running, clock: HandClock) -> Running:
    """Two texts were seen, and believed."""
    served.service.agent.receive(text("zebra accounts", clock.now, app="Ledgerly"))
    served.service.agent.receive(text("tea in the garden", clock.forward(hours=1), app="Mail"))
    served.work(clock.forward(hours=1))
    return served


def answers(now: Running) -> str:
    """Return everything that the API tells of what is kept."""
    client = now.client
    episodes = client.episodes(START.replace(year=2020), now.service.clock())
    told = [client.observations(START.replace(year=2020)), client.propositions(), *episodes, client.ask("zebra?")]
    return " ".join([*(one.model_dump_json() for one in told), *map(str, client.search("zebra accounts"))]).casefold()


def test_what_is_forgotten_is_in_no_answer_and_comes_back(lived: Running) -> None:
    assert "zebra" in answers(lived)
    shown = lived.client.forget_preview(ForgetIn(app="Ledgerly"))
    assert shown.counts == {"observations": 1, "propositions": 1, "episodes": 1}
    assert shown.titles == ["zebra accounts - Ledgerly"]
    done = lived.client.forget(ForgetIn(app="Ledgerly"))
    assert done.state == "hidden"
    assert (done.erase_at - done.at).total_seconds() == 24 * 3600
    assert "zebra" not in answers(lived)
    assert "tea" in answers(lived)
    assert lived.client.undo_forget(done.id).state == "undone"
    assert "zebra" in answers(lived)
    with pytest.raises(RefusedError, match="undone") as refusal:
        lived.client.undo_forget(done.id)
    assert refusal.value.status == 409


def test_what_is_forgotten_now_is_erased_and_the_list_keeps_numbers_only(lived: Running) -> None:
    done = lived.client.forget(ForgetIn(text="zebra"), now=True)
    assert done.state == "erased"
    (kept,) = lived.client.forgotten()
    assert (kept.selection, kept.counts["observations"]) == ({}, 1)
    files = [file for file in lived.home.root.rglob("*") if file.is_file()]
    assert not [file for file in files if b"zebra" in file.read_bytes().lower()]


def test_the_last_minutes_are_those_of_the_daemons_clock(lived: Running) -> None:
    assert lived.client.forget_preview(ForgetIn(last_minutes=61)).counts["observations"] == 1
    assert lived.client.forget_preview(ForgetIn(last_minutes=121)).counts["observations"] == 2
    with pytest.raises(RefusedError, match="either the last minutes"):
        lived.client.forget_preview(ForgetIn(last_minutes=5, since=START))
    with pytest.raises(RefusedError, match="Say what to forget"):
        lived.client.forget(ForgetIn())


def test_the_daemon_erases_when_the_time_to_undo_ends(lived: Running, clock: HandClock) -> None:
    done = lived.client.forget(ForgetIn(app="Ledgerly"), undo_minutes=5)
    clock.forward(minutes=6)
    assert lived.service.forgetter.erase_due() == 1
    assert lived.client.forgotten()[0].state == "erased"
    with pytest.raises(RefusedError, match="cannot be undone any more"):
        lived.client.undo_forget(done.id)


def test_seeing_goes_on_after_forgetting(lived: Running, clock: HandClock) -> None:
    lived.client.forget(ForgetIn(everything=True), now=True)
    lived.service.agent.receive(text("zebra accounts", clock.forward(minutes=1), app="Ledgerly"))
    lived.work(clock.forward(hours=1))
    assert "zebra" in answers(lived)


def test_retention_and_encryption_are_told(lived: Running) -> None:
    told = lived.client.retention()
    assert {one.what: one.days for one in told.limits} == {
        "frames": 30, "texts": 180, "episodes": 730, "propositions": None,
    }  # fmt: skip
    assert told.used_bytes["database"] > 0
    state = lived.client.encryption()
    assert (state.encrypted, state.database, state.index) == (False, "plain", "disk")


class SlowEngine(EchoEngine):
    """Waits in the middle of its work until it is told to go on."""

    name = "slow"
    began = threading.Event()
    go_on = threading.Event()

    def propose(self, context):  # type: ignore[no-untyped-def]
        found = super().propose(context)
        self.began.set()
        assert self.go_on.wait(20)
        return found


def test_what_an_engine_made_of_it_meanwhile_is_not_kept(tmp_path: Path, clock: HandClock) -> None:
    plugins.register("gum.engines", "slow", SlowEngine)
    with running(tmp_path / "home", settings(infer={"engine": "slow"}), clock) as now:
        now.service.agent.receive(text("zebra accounts", clock.now, app="Ledgerly"))
        now.service.agent.receive(text("tea in the garden", clock.forward(seconds=1), app="Mail"))
        clock.forward(hours=1)
        worker = threading.Thread(target=now.work)
        worker.start()
        assert SlowEngine.began.wait(20)
        now.client.forget(ForgetIn(app="Ledgerly"), now=True)
        SlowEngine.go_on.set()
        worker.join(20)
        now.work(clock.forward(hours=1))
        assert "zebra" not in answers(now)
        assert "tea" in answers(now)
