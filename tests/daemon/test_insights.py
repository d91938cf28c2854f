"""The figures agree with what the store holds, in local time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from gum.daemon.insights import accuracies, by_hour, insights, scores, spent, weeks_between
from gum.records import Episode, Verdict
from tests.tui import life
from tests.tui.driving import Daemon

NOON = datetime.fromisoformat("2026-03-02T12:00:00").astimezone()


def verdict(word: str, shown: float, at: datetime, target: int = 1) -> Verdict:
    return Verdict("proposition", target, word, "", at, shown, shown)


def test_weeks_begin_on_monday() -> None:
    assert weeks_between(date(2026, 3, 1), date(2026, 3, 9)) == [date(2026, 2, 23), date(2026, 3, 2), date(2026, 3, 9)]


def test_scores_go_over_all_verdicts_up_to_each_week() -> None:
    told = [verdict("confirm", 0.8, NOON, 1), verdict("reject", 0.6, NOON + timedelta(weeks=1), 2)]
    first, second = scores(told)
    assert (first.week, first.count, first.brier) == (date(2026, 3, 2), 1, pytest.approx(0.04))
    assert (second.week, second.count, second.brier) == (date(2026, 3, 9), 2, pytest.approx((0.04 + 0.36) / 2))
    assert second.ece == pytest.approx((0.2 + 0.6) / 2)


def test_the_dwell_of_an_episode_is_spread_over_its_hours() -> None:
    start = NOON - timedelta(minutes=30)
    episode = Episode(
        started_at=start,
        ended_at=start + timedelta(hours=1),
        app="Mousepad",
        document="",
        topic="",
        dwell_s=1800.0,
        keys=0,
        clicks=0,
        observations=(),
    )
    monday = by_hour([episode], NOON - timedelta(days=1), NOON + timedelta(days=1))[0]
    assert (monday[11], monday[12]) == (pytest.approx(900.0), pytest.approx(900.0))
    assert sum(monday) == pytest.approx(1800.0)


def test_the_largest_names_come_first_and_other_weeks_are_left_out() -> None:
    weeks = [date(2026, 3, 2)]
    told = [("a", NOON, 1.0), ("b", NOON, 2.0), ("a", NOON - timedelta(weeks=1), 9.0), ("", NOON, 5.0)]
    assert [(one.name, one.total) for one in spent(told, weeks)] == [("b", 2.0), ("a", 1.0)]


def test_a_verdict_on_what_is_gone_counts_for_no_kind() -> None:
    assert accuracies([verdict("confirm", 0.8, NOON)], {}, lambda one: str(one.kind)) == []


def test_the_figures_of_a_life(tmp_path: Path) -> None:
    daemon = Daemon(tmp_path / "home")
    try:
        with daemon.client() as client:
            client.confirm(daemon.ids["report"])
            client.reject(daemon.ids["trains"])
            told = client.insights(7)
        again = insights(daemon.store, life.NOW, 7)
    finally:
        daemon.close()
    assert [one.name for one in told.apps[:2]] == ["Mousepad", "xfce4-terminal"]
    assert told.apps[0].total == (55 + 50 + 75 + 90) * 60
    assert sum(sum(row) for row in told.hours) == pytest.approx(sum(one.total for one in told.apps))
    assert {(one.name, one.judged, one.true) for one in told.by_kind} == {("activity", 1, 1), ("routine", 1, 0)}
    assert told.scores[-1].count == 2
    assert ("survey-report.md", 3) in {(one.name, one.total) for one in told.topics}
    assert told.weeks == list(again.weeks)
    assert told.engines[0].propositions == 7
