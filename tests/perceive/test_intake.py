"""The queue before the reader: frames give way to newer ones, nothing else is lost."""

from __future__ import annotations

import threading

from hypothesis import given, settings
from hypothesis import strategies as st

from gum.perceive.intake import Intake
from gum.records import Capture
from tests.perceive.reading_pixels import active, focused, screen, seen, window


def drained(intake: Intake) -> list[Capture]:
    found = []
    while (capture := intake.take(0)) is not None:
        found.append(capture)
    return found


def test_an_unread_frame_gives_way_to_a_newer_one_of_the_same_window() -> None:
    intake = Intake()
    for capture in (seen("old", 1, keys=4), active(2, keys=4), seen("new", 3, keys=5)):
        intake.put(capture)
    first, second = drained(intake)
    assert first.kind == "activity"
    assert second.frame == screen("new")
    assert second.input.keys == 9
    assert intake.dropped == 1


def test_frames_of_other_windows_or_titles_do_not_give_way() -> None:
    intake = Intake()
    shown = [seen("a"), seen("b", of=window(id=2)), seen("c", of=window(title="*notes.txt - Mousepad"))]
    for capture in shown:
        intake.put(capture)
    assert drained(intake) == shown


def test_a_frame_that_was_taken_does_not_give_way_any_more() -> None:
    intake = Intake()
    intake.put(seen("a", 1))
    assert intake.take(0) == seen("a", 1)
    intake.put(seen("b", 2))
    assert drained(intake) == [seen("b", 2)]


def test_too_many_waiting_frames_let_the_oldest_go() -> None:
    intake = Intake(most_frames=3)
    for number in range(5):
        intake.put(seen(str(number), number, of=window(id=number)))
    assert [capture.window.id for capture in drained(intake) if capture.window] == [2, 3, 4]
    assert intake.dropped == 2


def test_a_full_queue_holds_the_observer_until_there_is_room() -> None:
    intake = Intake(most=2)
    intake.put(focused(1))
    intake.put(focused(2))
    late = threading.Thread(target=intake.put, args=(focused(3),))
    late.start()
    late.join(0.1)
    assert late.is_alive()
    assert [capture.captured_at for capture in (intake.take(1),) if capture] == [focused(1).captured_at]
    late.join(5)
    assert not late.is_alive()
    assert len(intake) == 2


def test_taking_waits_for_what_comes() -> None:
    intake = Intake()
    threading.Timer(0.05, intake.put, args=(focused(1),)).start()
    assert intake.take(5) == focused(1)
    assert intake.take(0.01) is None


def test_a_closed_queue_gives_what_it_holds_and_then_nothing() -> None:
    intake = Intake(most=1)
    intake.put(focused(1))
    waiting = threading.Thread(target=intake.put, args=(focused(2),))
    waiting.start()
    intake.close()
    waiting.join(5)
    assert not waiting.is_alive()
    assert drained(intake) == [focused(1)]
    assert intake.take() is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["frame", "window", "activity"]), st.integers(1, 3)), max_size=40))
def test_everything_but_frames_comes_out_in_order_and_each_views_newest_frame(what: list[tuple[str, int]]) -> None:
    intake = Intake()
    given_in = []
    for number, (kind, id) in enumerate(what):
        of = window(id=id)
        capture = {
            "frame": seen(str(number), number, of),
            "window": focused(number, of),
            "activity": active(number, 1, of=of),
        }
        given_in.append(capture[kind])
        intake.put(capture[kind])
    out = drained(intake)
    newest = {c.window.id: c.captured_at for c in given_in if c.frame and c.window}
    expected = [c for c in given_in if c.frame is None or (c.window and newest[c.window.id] == c.captured_at)]
    assert [(c.kind, c.captured_at) for c in out] == [(c.kind, c.captured_at) for c in expected]


def test_two_observers_arrive_complete_and_each_in_order() -> None:
    intake = Intake(most=16)
    each = 200

    def observe(of: int) -> None:
        for number in range(each):
            intake.put(focused(number, window(id=of)))

    threads = [threading.Thread(target=observe, args=(of,)) for of in (1, 2)]
    for thread in threads:
        thread.start()
    out = [intake.take(5) for _ in range(2 * each)]
    for of in (1, 2):
        times = [c.captured_at for c in out if c and c.window and c.window.id == of]
        assert times == [focused(number).captured_at for number in range(each)]


def test_what_is_unwanted_is_let_go_and_the_rest_comes_in_order() -> None:
    intake = Intake()
    secret = window(id=3, title="secret")
    shown = [seen("a"), seen("b", of=secret), active(2, keys=4), seen("c", of=window(id=2))]
    for capture in shown:
        intake.put(capture)
    assert intake.discard(lambda one: one.title == "secret") == 1
    assert drained(intake) == [shown[0], *shown[2:]]
    intake.put(seen("d", of=secret))
    assert drained(intake) == [seen("d", of=secret)]
    assert intake.dropped == 0
