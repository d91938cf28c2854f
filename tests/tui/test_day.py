"""A day is its episodes, and every gap between them has a reason."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from gum_tui import day as days
from hypothesis import given
from hypothesis import strategies as st

from gum.client import CoverageView, EpisodeView
from gum.records import CoverageState, InferenceState

DAY = date(2026, 3, 3)
NINE = datetime.fromisoformat("2026-03-03T09:00:00").astimezone()
NOW = NINE + timedelta(hours=8)


def episode(start: float, end: float, app: str = "Mousepad", id: int = 1) -> EpisodeView:
    return EpisodeView(
        id=id,
        started_at=NINE + timedelta(minutes=start),
        ended_at=NINE + timedelta(minutes=end),
        app=app,
        document="",
        topic="",
        dwell_s=(end - start) * 60,
        keys=0,
        clicks=0,
        observations=[],
        state=InferenceState.INFERRED,
        reason="",
    )


def coverage(state: CoverageState, start: float, end: float, reason: str = "") -> CoverageView:
    return CoverageView(
        started_at=NINE + timedelta(minutes=start), ended_at=NINE + timedelta(minutes=end), state=state, reason=reason
    )


def told(day: days.Day) -> list[str]:
    return [each.episode.app if each.episode else each.state.value for each in day.stretches]


def test_gaps_are_explained_by_the_coverage_and_what_it_is_silent_about_is_off() -> None:
    kept = [coverage(CoverageState.LOCKED, 60, 90), coverage(CoverageState.PAUSED, 90, 105)]
    day = days.of(DAY, [episode(0, 60), episode(180, 200, "Firefox")], kept, NOW)
    assert told(day) == ["Mousepad", "locked", "paused", "off", "Firefox"]
    assert [each.seconds / 60 for each in day.stretches] == [60, 30, 15, 75, 20]


def test_a_breath_between_two_activities_is_no_gap() -> None:
    day = days.of(DAY, [episode(0, 60), episode(61, 70)], [coverage(CoverageState.RECORDED, 0, 70)], NOW)
    assert told(day) == ["Mousepad", "Mousepad"]


def test_the_night_is_left_out() -> None:
    day = days.of(DAY, [episode(0, 60)], [], NOW)
    assert told(day) == ["Mousepad"]


def test_a_day_without_any_sign_is_empty() -> None:
    assert days.of(DAY, [], [], NOW) == days.Day(DAY, (), ())


def test_intervals_of_the_same_reason_become_one_gap() -> None:
    kept = [coverage(CoverageState.LOCKED, 60, 70), coverage(CoverageState.LOCKED, 70, 90)]
    day = days.of(DAY, [episode(0, 60), episode(90, 95)], kept, NOW)
    assert told(day) == ["Mousepad", "locked", "Mousepad"]


def test_the_longest_activity_has_the_first_letter() -> None:
    day = days.of(DAY, [episode(0, 10), episode(10, 90, "Firefox"), episode(90, 95)], [], NOW)
    assert [(each.app, each.letter) for each in day.activities] == [("Firefox", "a"), ("Mousepad", "b")]
    assert day.activity("Mousepad") == 1


def test_an_episode_over_midnight_is_cut_at_the_day() -> None:
    day = days.of(DAY, [episode(-9 * 60 - 30, -9 * 60 + 30)], [], NOW)
    assert day.stretches[0].seconds == 1800


@given(st.lists(st.tuples(st.integers(0, 480), st.integers(1, 60)), max_size=12), st.data())
def test_stretches_are_in_order_and_none_is_of_no_length(spans: list[tuple[int, int]], data: st.DataObject) -> None:
    states = data.draw(st.lists(st.sampled_from(list(CoverageState)), min_size=len(spans), max_size=len(spans)))
    kept = [coverage(state, start, start + length) for state, (start, length) in zip(states, spans, strict=True)]
    episodes = [episode(start, start + length, id=start) for start, length in spans[::2]]
    day = days.of(DAY, episodes, kept, NOW)
    starts = [each.started_at for each in day.stretches]
    assert starts == sorted(starts)
    gaps = [each for each in day.stretches if each.episode is None]
    assert all(each.seconds > 0 for each in gaps)
    for gap in gaps:
        assert not any(gap.started_at < each.ended_at and each.started_at < gap.ended_at for each in episodes)
