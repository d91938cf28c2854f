"""What was forgotten while its window is still in front is seen anew from then on, as if for the first time."""

from __future__ import annotations

from pathlib import Path

from gum.client import ForgetIn
from tests.working import HandClock, running, window


def test_the_window_in_front_is_seen_anew_after_forgetting(tmp_path: Path) -> None:
    clock = HandClock()
    with running(tmp_path / "home", clock=clock) as now:
        receive = now.service.agent.receive
        (first,) = receive(window("Zebra accounts", clock.now))
        assert receive(window("Zebra accounts", clock.forward(seconds=5))) == []
        now.client.forget(ForgetIn(last_minutes=10), now=True)
        (second,) = receive(window("Zebra accounts", clock.forward(seconds=5)))
        assert second.id > first.id
        assert receive(window("Zebra accounts", clock.forward(seconds=5))) == []
