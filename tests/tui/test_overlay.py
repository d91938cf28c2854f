"""What the person changed shows at once, and goes again when the daemon refuses it."""

from __future__ import annotations

from gum_tui.overlay import Overlay
from hypothesis import given
from hypothesis import strategies as st


def test_a_change_shows_at_once_and_the_daemons_answer_takes_its_place() -> None:
    overlay: Overlay[str] = Overlay()
    overlay.learn(1, "active")
    ticket = overlay.change(1, lambda _: "confirmed")
    assert overlay.get(1) == "confirmed"
    overlay.settled(1, ticket, "confirmed by the daemon")
    assert overlay.get(1) == "confirmed by the daemon"
    assert not overlay.waiting(1)


def test_a_refused_change_shows_what_was_before() -> None:
    overlay: Overlay[str] = Overlay()
    overlay.learn(1, "active")
    overlay.refused(1, overlay.change(1, lambda _: "rejected"))
    assert overlay.get(1) == "active"


def test_a_refused_change_takes_no_other_change_with_it() -> None:
    overlay: Overlay[tuple[str, ...]] = Overlay()
    overlay.learn(1, ())
    first = overlay.change(1, lambda value: (*value, "first"))
    overlay.change(1, lambda value: (*value, "second"))
    overlay.refused(1, first)
    assert overlay.get(1) == ("second",)


def test_what_the_daemon_tells_meanwhile_stays_below_the_change() -> None:
    overlay: Overlay[str] = Overlay()
    overlay.learn(1, "old")
    overlay.change(1, lambda value: f"{value} pinned")
    overlay.learn(1, "new")
    assert overlay.get(1) == "new pinned"


def test_an_unknown_id_has_no_value() -> None:
    assert Overlay[str]().get(7) is None


@given(st.lists(st.booleans(), max_size=12))
def test_when_all_are_answered_the_daemon_has_the_last_word(answers: list[bool]) -> None:
    overlay: Overlay[int] = Overlay()
    overlay.learn(1, 0)
    tickets = [overlay.change(1, lambda value: value + 1) for _ in answers]
    assert overlay.get(1) == len(answers)
    told = 0
    for ticket, agreed in zip(tickets, answers, strict=True):
        if agreed:
            told += 100
            overlay.settled(1, ticket, told)
        else:
            overlay.refused(1, ticket)
    assert overlay.get(1) == told
