"""The estimate of need: what it says of plain cases, and where its numbers come from."""

from __future__ import annotations

import pytest

from gum.suggest.need.estimate import FALSE_ALARMS, Need, Row, fitted, shipped, shipped_rows
from gum.suggest.need.features import NAMES
from gum.suggest.need.steps import read


def test_the_numbers_that_are_shipped_follow_from_the_rows_beside_them() -> None:
    again = fitted(shipped_rows())
    assert again.weights == pytest.approx(shipped().weights, abs=1e-3)
    assert again.bar == pytest.approx(shipped().bar, abs=1e-3)
    assert again.usual == pytest.approx(shipped().usual, abs=1e-3)


def test_a_question_or_an_error_needs_help_more_than_clicks_or_a_run() -> None:
    need = shipped()
    asked = need.of([read("The user searches for 'how to graft a pear'.")])
    failed = need.of([read("The window shows the error 'graft not found in orchard'.")])
    ran = need.of([read("The user runs it again.")])
    clicked = need.of([read("The user clicks, scrolls and clicks.")])
    assert min(asked, failed) > need.bar > max(ran, clicked)


def test_of_nothing_it_says_what_is_usual() -> None:
    assert shipped().of([]) == shipped().usual


def test_each_weight_has_a_name() -> None:
    assert list(shipped().named()) == ["bias", *NAMES]


def rows(*needed: bool) -> list[Row]:
    """Return moments of four traces; the first feature alone tells whether help was needed."""
    return [Row(str(trace), (float(one), *[0.0] * 8), one) for trace in range(4) for one in needed]


def test_it_learns_what_tells_need_from_none() -> None:
    need = fitted(rows(*[True, False] * 5))
    assert need.of_features([1.0, *[0.0] * 8]) > need.bar >= need.of_features([0.0] * 9)


def test_the_bar_lets_through_the_share_of_false_alarms_that_is_wanted() -> None:
    need = shipped()
    calm = [row for row in shipped_rows() if not row.needed]
    alarms = sum(need.of_features(row.features) > need.bar for row in calm)
    assert 0 < alarms / len(calm) <= FALSE_ALARMS


def test_where_every_moment_needs_help_there_is_no_alarm_to_count() -> None:
    assert fitted(rows(True)).bar == 0.5


def test_features_must_be_as_many_as_weights() -> None:
    with pytest.raises(ValueError, match="zip"):
        Need((0.0,), 0.5, 0.5).of_features([1.0])
