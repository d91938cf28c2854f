"""Frames are due when a change has come to rest, and at the heartbeat."""

from __future__ import annotations

from gum_observers.pacing import Pacing
from hypothesis import given
from hypothesis import strategies as st


def fresh() -> Pacing:
    """Return a pacing whose first frame was taken at second 100."""
    pacing = Pacing(settle_s=0.6, heartbeat_s=10, now=99)
    pacing.taken(100)
    return pacing


def test_the_first_frame_is_due_once_the_start_has_settled() -> None:
    assert Pacing(settle_s=0.6, heartbeat_s=10, now=50).due() == 50.6


def test_without_changes_the_heartbeat_decides() -> None:
    assert fresh().due() == 110


def test_each_key_of_a_burst_puts_the_frame_off() -> None:
    pacing = fresh()
    for tenth in range(20):
        pacing.note({"input"}, 101 + tenth / 10)
    assert pacing.due() == 102.9 + 0.6


def test_a_screen_that_never_rests_is_taken_twice_a_heartbeat() -> None:
    pacing = fresh()
    for tenth in range(200):
        pacing.note({"damage"}, 101 + tenth / 10)
    assert pacing.due() == 106


def test_a_change_of_focus_is_not_put_off_by_what_is_drawn_then() -> None:
    pacing = fresh()
    pacing.note({"focus"}, 101)
    pacing.note({"damage"}, 101.5)
    assert pacing.due() == 101.6


def test_after_a_frame_only_new_changes_count() -> None:
    pacing = fresh()
    pacing.note({"focus"}, 101)
    pacing.taken(101.6)
    assert pacing.due() == 111.6
    pacing.note({"damage"}, 102)
    assert pacing.due() == 102.6


def test_no_frame_is_due_before_the_time_to_wait_for() -> None:
    pacing = fresh()
    pacing.note({"title"}, 101)
    pacing.wait(105)
    pacing.wait(104)
    assert pacing.due() == 105


def test_a_change_within_the_settling_time_may_not_be_finished() -> None:
    pacing = fresh()
    pacing.note({"damage"}, 101)
    assert pacing.restless(101.5)
    assert not pacing.restless(101.7)


class Pace:
    """A pace that a test sets."""

    def __init__(self, value: float) -> None:
        self.value = value

    def __call__(self) -> float:
        return self.value


def slow(value: float) -> Pacing:
    """Return a pacing at such a pace whose first frame was taken at second 100."""
    pacing = Pacing(settle_s=0.6, heartbeat_s=10, now=99, pace=Pace(value))
    pacing.taken(100)
    return pacing


def test_what_is_spared_first_is_the_heartbeat_and_never_for_longer_than_is_noticed() -> None:
    assert slow(1.5).due() == 115
    assert slow(4).due() == 118


def test_frames_of_one_window_are_kept_apart_when_there_is_to_be_spared() -> None:
    pacing = slow(2)
    pacing.note({"input"}, 101)
    assert pacing.due() == 105
    pacing.note({"damage"}, 107)
    assert pacing.due() == 106
    pacing = slow(4)
    pacing.note({"input"}, 101)
    assert pacing.due() == 115


@given(st.floats(1, 10), st.sampled_from(["focus", "title"]))
def test_a_change_of_window_is_seen_as_soon_at_any_pace(pace: float, kind: str) -> None:
    pacing = slow(pace)
    pacing.note({"damage"}, 100.5)
    pacing.note({kind}, 101)
    assert pacing.due() == 101.6


@given(
    st.lists(st.tuples(st.floats(0, 1), st.sets(st.sampled_from(["focus", "title", "input", "damage"])))),
    st.floats(0.05, 10),
    st.floats(1, 600),
)
def test_a_frame_is_never_further_away_than_heartbeat_and_settling_time(
    steps: list[tuple[float, set[str]]], settle_s: float, heartbeat_s: float
) -> None:
    now = 0.0
    pacing = Pacing(settle_s, heartbeat_s, now)
    for passed, kinds in steps:
        now += passed
        pacing.note(kinds, now)
        assert pacing.due() <= now + heartbeat_s + settle_s
        if now >= pacing.due():
            pacing.taken(now)
