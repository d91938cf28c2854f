"""Every minute of a span has a state."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gum.cli.coverage import NOTHING_KEPT, TO_COME, whole
from gum.records import CoverageState
from gum.wire import CoverageView
from tests.working import START

END = START + timedelta(minutes=100)


def interval(start: int, length: int, state: CoverageState = CoverageState.RECORDED) -> CoverageView:
    began = START + timedelta(minutes=start)
    return CoverageView(started_at=began, ended_at=began + timedelta(minutes=length), state=state, reason="")


def test_what_is_not_kept_was_off() -> None:
    spans = whole([interval(10, 20), interval(30, 5, CoverageState.PAUSED)], START, END)
    assert [(one.state, one.length.total_seconds() / 60) for one in spans] == [
        (CoverageState.OFF, 10),
        (CoverageState.RECORDED, 20),
        (CoverageState.PAUSED, 5),
        (CoverageState.OFF, 65),
    ]
    assert spans[0].reason == NOTHING_KEPT


def test_the_last_moment_belongs_to_the_running_interval() -> None:
    running = interval(0, 100)
    (span,) = whole([running], START, END + TO_COME)
    assert (span.state, span.ended_at) == (CoverageState.RECORDED, END + TO_COME)
    later = whole([running], START, END + TO_COME * 2)
    assert [one.state for one in later] == [CoverageState.RECORDED, CoverageState.OFF]


@given(st.lists(st.builds(interval, st.integers(-20, 120), st.integers(0, 60), st.sampled_from(CoverageState))))
def test_the_spans_fill_the_time_and_none_overlaps(kept: list[CoverageView]) -> None:
    spans = whole(kept, START, END)
    assert (spans[0].started_at, spans[-1].ended_at) == (START, END)
    assert all(before.ended_at == after.started_at for before, after in pairwise(spans))
    assert all(one.length > timedelta(0) for one in spans)
