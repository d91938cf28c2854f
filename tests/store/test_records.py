"""The smaller records: jobs, coverage, suggestions, verdicts, tombstones, journal, settings."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gum.errors import NotFoundError, StoreCorruptError
from gum.paths import Home
from gum.records import Claim, Coverage, CoverageState, Suggestion, Verdict
from gum.store import Store
from tests.store.conftest import START, HandClock

MINUTE = timedelta(minutes=1)


# ------------------------------------------------------------------ jobs


def test_a_job_waits_runs_and_is_done(store: Store) -> None:
    job = store.jobs.put("infer", 7, START)
    assert store.jobs.due(START - MINUTE) == []
    assert store.jobs.due(START) == [job]
    assert (store.jobs.start(job.id).tries, store.jobs.due(START)) == (1, [])
    store.jobs.done(job.id)
    assert store.jobs.counts() == {"waiting": 0, "running": 0, "done": 1, "failed": 0}


def test_a_job_is_there_once_and_keeps_its_earliest_time(store: Store) -> None:
    store.jobs.put("infer", 7, START + MINUTE)
    assert store.jobs.put("infer", 7, START).next_at == START
    assert store.jobs.put("infer", 7, START + 2 * MINUTE).next_at == START
    assert store.jobs.oldest() == START
    assert store.jobs.counts()["waiting"] == 1


def test_the_longest_waiting_job_comes_first(store: Store) -> None:
    late, early = store.jobs.put("infer", 1, START), store.jobs.put("infer", 2, START - MINUTE)
    assert store.jobs.due(START, limit=5) == [early, late]
    assert store.jobs.due(START, limit=1) == [early]


def test_a_job_asked_for_while_it_runs_runs_again(store: Store) -> None:
    job = store.jobs.start(store.jobs.put("infer", 7, START).id)
    store.jobs.put("infer", 7, START)
    store.jobs.done(job.id)
    assert [one.id for one in store.jobs.due(START)] == [job.id]


def test_a_failed_job_keeps_its_reason_until_asked_for_again(store: Store) -> None:
    job = store.jobs.start(store.jobs.put("infer", 7, START).id)
    store.jobs.retry(job.id, START + MINUTE, "no answer")
    assert (store.jobs.get(job.id).reason, store.jobs.due(START)) == ("no answer", [])
    store.jobs.fail(job.id, "gave up")
    assert [one.reason for one in store.jobs.failed()] == ["gave up"]
    again = store.jobs.put("infer", 7, START)
    assert (again.state, again.tries, again.reason) == ("waiting", 0, "")


def test_what_a_killed_process_was_running_waits_again(home: Home) -> None:
    with Store.open(home) as store:
        job = store.jobs.start(store.jobs.put("infer", 7, START).id)
    with Store.open(home) as store:
        assert [(one.id, one.tries) for one in store.jobs.due(START)] == [(job.id, 1)]
        with pytest.raises(NotFoundError):
            store.jobs.get(99)


# ------------------------------------------------------------------ coverage


def test_coverage_grows_while_nothing_changes(store: Store) -> None:
    store.coverage.mark(CoverageState.RECORDED, START)
    store.coverage.mark(CoverageState.RECORDED, START + MINUTE)
    assert _spans(store) == [(0, 1, "recorded")]


def test_a_change_of_state_ends_one_interval_and_begins_the_next(store: Store) -> None:
    store.coverage.mark(CoverageState.RECORDED, START)
    store.coverage.mark(CoverageState.PAUSED, START + 2 * MINUTE, "by you")
    store.coverage.mark(CoverageState.RECORDED, START + 4 * MINUTE)
    assert _spans(store) == [(0, 2, "recorded"), (2, 4, "paused"), (4, 4, "recorded")]


def test_a_long_silence_is_a_gap(store: Store) -> None:
    store.coverage.mark(CoverageState.RECORDED, START)
    store.coverage.mark(CoverageState.RECORDED, START + 60 * MINUTE)
    assert _spans(store) == [(0, 0, "recorded"), (60, 60, "recorded")]


def test_a_clock_that_jumps_back_opens_a_new_interval(store: Store) -> None:
    store.coverage.mark(CoverageState.RECORDED, START)
    store.coverage.mark(CoverageState.RECORDED, START - 30 * MINUTE)
    store.coverage.mark(CoverageState.RECORDED, START - 29 * MINUTE)
    assert _spans(store) == [(-30, -29, "recorded"), (0, 0, "recorded")]


def test_coverage_is_found_by_overlap(store: Store) -> None:
    for minute in range(4):
        store.coverage.mark(CoverageState.RECORDED, START + minute * MINUTE)
    assert len(store.coverage.between(START + 2 * MINUTE, START + 9 * MINUTE)) == 1
    assert store.coverage.between(START + 4 * MINUTE, None) == []


def test_a_whole_interval_may_be_longer_than_any_gap(store: Store) -> None:
    spanned = store.coverage.span(CoverageState.OFF, START, START + 600 * MINUTE, "the machine was off")
    assert store.coverage.last() == spanned
    assert _spans(store) == [(0, 600, "off")]


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(-9, 9), st.sampled_from(list(CoverageState))), max_size=15))
def test_no_interval_ever_ends_before_it_starts(store: Store, marks: list[tuple[int, CoverageState]]) -> None:
    at = START
    for minutes, state in marks:
        at += minutes * MINUTE
        store.coverage.mark(state, at)
    assert all(one.started_at <= one.ended_at for one in store.coverage.between(None, None))


def _spans(store: Store) -> list[tuple[int, int, str]]:
    def minutes(one: Coverage) -> tuple[int, int, str]:
        return (one.started_at - START) // MINUTE, (one.ended_at - START) // MINUTE, str(one.state)

    return [minutes(one) for one in store.coverage.between(None, None)]


# ------------------------------------------------------------------ suggestions, verdicts, tombstones


def _suggestion(key: str, status: str = "shown", minute: int = 0) -> Suggestion:
    at = START + minute * MINUTE
    return Suggestion("note", "Save ü", "why", "note", {"a": [1]}, (1, 2), status, {"p": 0.5}, key, at, at + MINUTE)


def test_a_suggestion_is_made_once(store: Store) -> None:
    made = store.suggestions.add(_suggestion("k"))
    assert made is not None
    assert store.suggestions.add(_suggestion("k", "silent")) is None
    assert store.suggestions.get(made.id) == made == dataclasses.replace(_suggestion("k"), id=made.id)


def test_a_suggestion_is_put_off_and_keeps_what_is_about_to_be_written(store: Store) -> None:
    made = store.suggestions.add(_suggestion("k"))
    assert made is not None
    store.suggestions.intend(made.id, ["abc  survey/a.md"])
    put_off = store.suggestions.snooze(made.id, START + MINUTE)
    assert (put_off.status, put_off.snoozed_until, put_off.intent) == (
        "snoozed", START + MINUTE, ("abc  survey/a.md",),
    )  # fmt: skip
    store.suggestions.intend(made.id, ())
    assert store.suggestions.get(made.id).intent == ()


def test_suggestions_are_listed_newest_first_by_status(store: Store) -> None:
    old, new = store.suggestions.add(_suggestion("a")), store.suggestions.add(_suggestion("b", minute=5))
    silent = store.suggestions.add(_suggestion("c", "silent", minute=9))
    assert store.suggestions.list() == [silent, new, old]
    assert store.suggestions.list(["shown"], limit=1) == [new]
    assert (store.suggestions.shown_since(START), store.suggestions.shown_since(START + MINUTE)) == (2, 1)


def test_what_became_of_a_suggestion_is_kept(store: Store) -> None:
    made = store.suggestions.add(_suggestion("k"))
    assert made is not None
    accepted = store.suggestions.set_status(made.id, "accepted", {"files": ["a.md"]})
    assert (accepted.status, accepted.result) == ("accepted", {"files": ["a.md"]})
    assert store.suggestions.set_status(made.id, "undone").result == {"files": ["a.md"]}
    for absent in (lambda: store.suggestions.get(9), lambda: store.suggestions.set_status(9, "shown")):
        with pytest.raises(NotFoundError, match="no suggestion 9"):
            absent()


def test_a_silent_suggestion_can_be_decided_anew(store: Store) -> None:
    silent = store.suggestions.add(_suggestion("k", "silent"))
    assert silent is not None
    shown = store.suggestions.renew(silent.id, _suggestion("k", "shown", minute=3))
    assert (shown.id, shown.status, shown.created_at) == (silent.id, "shown", START + 3 * MINUTE)
    with pytest.raises(NotFoundError):
        store.suggestions.renew(99, _suggestion("other"))


def test_verdicts_are_found_by_what_they_are_on(store: Store) -> None:
    one = store.verdicts.add(Verdict("proposition", 1, "confirm", "yes", START, 0.7))
    two = store.verdicts.add(Verdict("suggestion", 1, "dismiss", "", START + MINUTE))
    assert store.verdicts.list() == [one, two]
    assert store.verdicts.list("proposition") == store.verdicts.list("proposition", 1) == [one]
    assert store.verdicts.list("proposition", 2) == []


def test_a_tombstone_covers_the_same_words_and_the_same_claim(store: Store) -> None:
    stone = store.tombstones.add("The user is ill.", Claim("has_routine", "Clinic", "Mondays"), 3, START)
    assert store.tombstones.list() == [stone]
    assert store.tombstones.covers("the user  is ILL", None)
    assert store.tombstones.covers("Another sentence.", Claim("has_routine", "clinic", "Fridays"))
    assert not store.tombstones.covers("The user is well.", Claim("works_on", "clinic"))
    store.tombstones.remove(stone.id)
    assert not store.tombstones.covers("The user is ill.", None)
    with pytest.raises(NotFoundError):
        store.tombstones.remove(stone.id)


# ------------------------------------------------------------------ journal and settings


def test_a_failure_is_counted_not_repeated(store: Store, clock: HandClock) -> None:
    store.failures.note("reader", "no language file")
    clock.move(minutes=3)
    store.failures.note("reader", "no language file")
    store.failures.note("engine", "no answer")
    first, second = sorted(store.failures.list(), key=lambda one: one.part)
    assert (first.part, first.count) == ("engine", 1)
    assert (second.count, second.first_at, second.last_at) == (2, START, START + 3 * MINUTE)


def test_a_question_is_asked_once_and_answered(store: Store) -> None:
    asked = store.questions.ask("Tea or coffee?", (1, 2), START)
    assert store.questions.ask("Tea or coffee?", (3,), START + MINUTE) == asked
    store.questions.answer(asked.id, "tea", START + MINUTE)
    (answered,) = store.questions.list("answered")
    assert (answered.answer, answered.answered_at, answered.propositions) == ("tea", START + MINUTE, (1, 2))
    assert store.questions.list("open") == []
    with pytest.raises(NotFoundError):
        store.questions.answer(99, "x", START)


@pytest.mark.parametrize("value", [None, 1, "ü", [1, {"a": None}], {"x": True}])
def test_a_setting_comes_back_as_it_was_set(store: Store, value: object) -> None:
    assert store.settings.get("key", "default") == "default"
    store.settings.set("key", 0)
    store.settings.set("key", value)
    assert store.settings.get("key", "default") == value


def test_a_damaged_row_is_named_as_such(store: Store) -> None:
    store.coverage.mark(CoverageState.OFF, START)
    store._sql.write("UPDATE coverage SET started_at='2026-yesterday'")
    with pytest.raises(StoreCorruptError, match="damaged row"):
        store.coverage.between(None, None)
