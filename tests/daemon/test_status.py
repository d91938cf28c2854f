"""The verdict says whether the daemon does what it should, and if not, why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gum.daemon.status import ACTIVE, LATE, Facts, ObserverFacts, failure, judge
from tests.working import START

NOW = START + timedelta(hours=5)
RUNNING = tuple(ObserverFacts(name, True, False, ()) for name in ("screen", "windows", "activity"))
WELL = Facts(
    now=NOW,
    paused=False,
    paused_until=None,
    observers=RUNNING,
    problems=(),
    last_frame=NOW - timedelta(seconds=3),
    last_input=NOW - timedelta(seconds=1),
    began=START,
    heartbeat=timedelta(seconds=10),
)


def without(name: str, reason: str, no_display: bool = False) -> tuple[ObserverFacts, ...]:
    return tuple(ObserverFacts(one.name, False, no_display, (reason,)) if one.name == name else one for one in RUNNING)


def test_all_is_well() -> None:
    assert judge(WELL) == ("recording", "recording")


def test_a_pause_names_its_end_in_local_time() -> None:
    until = NOW + timedelta(minutes=40)
    assert judge(replace(WELL, paused=True, paused_until=until)) == (
        "paused",
        f"paused until {until.astimezone():%H:%M}",
    )
    later = NOW + timedelta(days=3)
    assert f"{later.astimezone():%Y-%m-%d}" in judge(replace(WELL, paused=True, paused_until=later))[1]
    assert judge(replace(WELL, paused=True)) == ("paused", "paused until resumed")


def test_no_display_is_the_reason_before_all_others() -> None:
    facts = replace(WELL, observers=without("screen", "x11: refused", no_display=True), problems=("something",))
    assert judge(facts) == ("not capturing", "running but not capturing: no display")


def test_no_observer_is_a_reason() -> None:
    assert judge(replace(WELL, observers=()))[1] == (
        "running but not capturing: no observer is switched on (capture.observers), and nothing was sent here yet"
    )


def test_an_observer_that_fails_gives_its_own_reason() -> None:
    assert judge(replace(WELL, observers=without("screen", "It broke.")))[1] == "running but not capturing: It broke."


def test_one_lesser_observer_less_is_not_the_end_of_recording() -> None:
    assert judge(replace(WELL, observers=without("activity", "It broke.")))[0] == "degraded"


def test_input_without_frames_is_noticed_within_30_seconds() -> None:
    late = WELL.heartbeat + LATE + timedelta(seconds=1)
    assert late <= timedelta(seconds=30)
    verdict, sentence = judge(replace(WELL, last_frame=NOW - late))
    assert verdict == "not capturing"
    assert sentence == "running but not capturing: no frame for 23 s although there is input"


def test_a_first_frame_that_never_came_is_noticed_too() -> None:
    assert judge(replace(WELL, last_frame=None))[0] == "not capturing"
    assert judge(replace(WELL, last_frame=None, began=NOW - timedelta(seconds=5)))[0] == "recording"


@pytest.mark.parametrize("idle", [None, NOW - ACTIVE - timedelta(seconds=1)])
def test_no_frames_while_nothing_is_typed_is_as_it_should_be(idle: object) -> None:
    facts = replace(WELL, last_frame=NOW - timedelta(hours=1), last_input=idle)  # type: ignore[arg-type]
    assert judge(facts)[0] == "recording"


def test_no_frames_of_an_excluded_window_is_as_it_should_be() -> None:
    assert judge(replace(WELL, last_frame=NOW - timedelta(hours=1), unseen=True))[0] == "recording"


def test_a_problem_makes_it_degraded_and_is_named() -> None:
    verdict, sentence = judge(replace(WELL, problems=("The disk is full.", "The engine is gone.")))
    assert verdict == "degraded"
    assert sentence == "degraded: The disk is full. The engine is gone."


def test_a_home_that_shows_a_recording_says_that_it_observes_nothing() -> None:
    shown = replace(WELL, observers=(), replayed=True)
    assert judge(shown) == ("demonstration", "a recorded week is shown; nothing is observed here")
    assert judge(replace(shown, paused=True))[0] == "paused"
    assert judge(replace(shown, problems=("The disk is full.",)))[0] == "not capturing"


def test_a_display_that_hangs_is_a_reason_that_stays_the_same_while_it_lasts() -> None:
    facts = replace(WELL, unanswered=timedelta(seconds=14))
    assert judge(facts)[1] == "running but not capturing: the display has not answered for 14 s"
    assert failure(facts) == "the display does not answer"
    late = replace(WELL, last_frame=NOW - timedelta(seconds=40))
    assert failure(late) == failure(replace(late, now=NOW + timedelta(seconds=2)))


def test_a_daemon_without_observers_lives_on_what_it_is_sent() -> None:
    facts = replace(WELL, observers=(), last_frame=None, last_input=None, received=NOW - timedelta(minutes=2))
    assert judge(facts)[0] == "recording"
    silent = replace(facts, received=NOW - timedelta(minutes=40))
    assert judge(silent) == ("not capturing", "running but not capturing: nothing was sent here for 40 minutes")
