"""Episodes: one activity each, the same however the observations arrive."""

from __future__ import annotations

import dataclasses
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from gum.infer.episodes import Segmenter
from gum.infer.segmentation import segment
from gum.paths import Home
from gum.records import (
    Evidence,
    InferenceState,
    Kind,
    Observation,
    Stance,
    Status,
    Trust,
)
from gum.store import Store
from tests.propositions import proposition

GAP_S = 300.0
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATE = START + timedelta(days=30)


def seen(
    at: float,
    title: str = "notes.md",
    app: str = "mousepad",
    *,
    kind: str = "window",
    lasts: float = 0.0,
    keys: int = 0,
) -> Observation:
    begins = START + timedelta(seconds=at)
    return Observation(
        observer="test",
        kind=kind,
        captured_at=begins,
        until=begins + timedelta(seconds=lasts),
        app=app,
        title=title,
        keys=keys,
        source=f"{kind}/{at}/{app}/{title}",
    )


def pure(*observations: Observation, complete: bool = True) -> list[tuple[str, int]]:
    return [(one.document, len(one.observations)) for one in segment(observations, GAP_S, complete)]


def kept(store: Store) -> list[tuple[str, str, float, int, frozenset[str]]]:
    return [
        (
            one.app,
            one.document,
            one.dwell_s,
            one.keys,
            frozenset(observation.source for observation in store.observations.of_episode(one.id)),
        )
        for one in store.episodes.between(None, None)
    ]


def test_an_unsaved_mark_or_an_unread_counter_is_no_other_document() -> None:
    assert pure(
        seen(0, "notes.md - Mousepad"), seen(10, "*notes.md - Mousepad"), seen(20, "(2) notes.md - Mousepad")
    ) == [("notes.md", 3)]


def test_another_document_is_another_episode() -> None:
    assert pure(seen(0), seen(60, "plan.md"), seen(120, "plan.md", lasts=30)) == [("notes.md", 1), ("plan.md", 2)]


def test_a_pause_longer_than_the_gap_ends_an_episode() -> None:
    assert pure(seen(0, lasts=10), seen(10 + GAP_S + 1, lasts=10)) == [("notes.md", 1), ("notes.md", 1)]
    assert pure(seen(0, lasts=10), seen(10 + GAP_S - 1, lasts=10)) == [("notes.md", 2)]


def test_a_short_flicker_of_the_focus_does_not_split() -> None:
    assert pure(seen(0), seen(60, "Clock", "clock"), seen(61), seen(90, lasts=5)) == [("notes.md", 4)]


def test_a_look_of_two_seconds_is_an_episode_of_its_own() -> None:
    assert [one[0] for one in pure(seen(0), seen(60, "Clock", "clock"), seen(62.5, lasts=5))] == [
        "notes.md",
        "Clock",
        "notes.md",
    ]


def test_typing_and_activity_join_what_runs_by_time() -> None:
    stream = [
        seen(0, lasts=60),
        seen(30, "", "", kind="activity", keys=40),
        seen(31, "x", "y", kind="typed", keys=38),
        seen(60, "mail", "mail", lasts=9),
    ]
    first, second = segment(stream, GAP_S, complete=True)
    assert [one.kind for one in first.observations] == ["window", "activity", "typed"]
    assert first.keys == 40  # the same keys, counted by two kinds of observation
    assert second.document == "mail"


def test_frames_without_any_title_make_one_episode_until_a_pause() -> None:
    assert pure(*(seen(at, "", "", kind="screen") for at in (0, 20, 40, 1000, 1020))) == [("", 3), ("", 2)]


def test_a_document_is_held_for_a_minute_after_its_last_sign_and_no_longer() -> None:
    first, _ = segment([seen(0), seen(200, "plan.md", lasts=5)], GAP_S, complete=True)
    assert first.dwell_s == 60.0
    first, _ = segment([seen(0), seen(20, "plan.md", lasts=5)], GAP_S, complete=True)
    assert first.dwell_s == 20.0


def test_the_site_of_a_page_is_its_topic() -> None:
    page = dataclasses.replace(seen(0, "How to - Firefox", "firefox", lasts=5), url="https://www.example.org/a")
    bare = seen(6, "How to - Firefox", "firefox", kind="screen")
    assert segment([page, bare, bare], GAP_S)[0].topic == "example.org"


def test_an_episode_is_closed_only_when_nothing_in_order_can_change_it(store: Store) -> None:
    segmenter = Segmenter(store, GAP_S)
    store.observations.add(seen(0, lasts=50))
    assert segmenter.advance(START + timedelta(seconds=60)) == []
    store.observations.add(seen(60, "Clock", "clock", lasts=1))
    assert segmenter.advance(START + timedelta(seconds=61)) == []
    store.observations.add(seen(65, "plan.md", lasts=5))
    first = segmenter.advance(START + timedelta(seconds=70))
    assert [store.episodes.get(id).document for id in first] == ["notes.md", "Clock"]
    assert [one.document for one in store.episodes.open()] == ["plan.md"]


def test_silence_longer_than_the_gap_closes_the_last_episode(store: Store) -> None:
    store.observations.add(seen(0, lasts=50))
    segmenter = Segmenter(store, GAP_S)
    assert segmenter.advance(START + timedelta(seconds=100)) == []
    assert len(segmenter.advance(START + timedelta(seconds=51 + GAP_S))) == 1
    assert segmenter.advance(LATE) == []


def test_ids_stay_when_nothing_changed_and_a_late_observation_lands_in_its_episode(store: Store) -> None:
    segmenter = Segmenter(store, GAP_S)
    for at, title in ((0, "notes.md"), (60, "plan.md"), (120, "mail")):
        store.observations.add(seen(at, title, lasts=55))
    first = segmenter.advance(LATE)
    for id in first:
        store.episodes.set_state(id, InferenceState.INFERRED)
    assert segmenter.advance(LATE, final=True) == []
    late = store.observations.add(seen(70, "plan.md", kind="screen"))
    assert segmenter.advance(LATE) == [first[1]]
    assert store.observations.get(late.id).episode == first[1]
    assert [one.id for one in store.episodes.pending()] == [first[1]]
    assert [one.id for one in store.episodes.between(None, None)] == first


def test_a_late_observation_can_split_an_episode_and_the_larger_part_keeps_the_id(store: Store) -> None:
    segmenter = Segmenter(store, GAP_S)
    for at in (0, 20, 40, 100):
        store.observations.add(seen(at, lasts=10))
    (whole,) = segmenter.advance(LATE)
    store.observations.add(seen(60, "mail", lasts=20))
    changed = segmenter.advance(LATE)
    assert [(store.episodes.get(id).document, id == whole) for id in changed] == [
        ("notes.md", True),
        ("mail", False),
        ("notes.md", False),
    ]


def test_an_episode_that_goes_on_after_a_final_stop_is_opened_again(store: Store) -> None:
    segmenter = Segmenter(store, GAP_S)
    store.observations.add(seen(0, lasts=10))
    (id,) = segmenter.advance(START, final=True)
    store.observations.add(seen(15, lasts=10))
    assert segmenter.advance(START + timedelta(seconds=30)) == []
    assert [one.id for one in store.episodes.open()] == [id]
    assert segmenter.advance(START + timedelta(seconds=40), final=True) == [id]


def test_evidence_follows_its_observation_into_another_episode(store: Store) -> None:
    segmenter = Segmenter(store, GAP_S)
    store.observations.add(seen(0, lasts=10))
    moved = store.observations.add(seen(500, lasts=10))
    first, second = segmenter.advance(LATE)
    belief = store.propositions.add(
        proposition("The user works on notes.", kind=Kind.ACTIVITY, status=Status.CANDIDATE), "test", "test"
    )
    evidence = Evidence(belief.id, moved.id, second, Stance.FOR, "notes", 1.0, Trust.SCREEN, moved.captured_at)
    store.propositions.add_evidence([evidence])
    store.observations.add(seen(250, lasts=10))
    assert segmenter.advance(LATE) == [first]
    assert [one.episode for one in store.propositions.evidence(belief.id)] == [first]


_TITLES = st.sampled_from([("notes.md", "mousepad"), ("*notes.md", "mousepad"), ("Clock", "clock"), ("mail", "mail")])
_STEPS = st.tuples(
    st.sampled_from([0.0, 0.5, 1.0, 3.0, 40.0, 299.0, 301.0, 900.0]),
    _TITLES,
    st.sampled_from(["window", "window", "screen", "typed", "activity", "text"]),
    st.sampled_from([0.0, 0.5, 5.0, 45.0, 700.0]),
)


@st.composite
def _streams(draw: st.DrawFn) -> tuple[list[Observation], list[list[Observation]]]:
    """A stream in order of time, and the same observations in any order and any batches."""
    at, stream = 0.0, []
    for number, (step, (title, app), kind, lasts) in enumerate(draw(st.lists(_STEPS, min_size=1, max_size=14))):
        at += step
        made = seen(at, title, app, kind=kind, lasts=lasts, keys=number)
        stream.append(dataclasses.replace(made, source=str(number)))
    shuffled = draw(st.permutations(stream)) if draw(st.booleans()) else list(stream)
    cuts = sorted(draw(st.sets(st.integers(0, len(stream)), max_size=5)))
    parts = zip([0, *cuts], [*cuts, len(stream)], strict=True)
    return stream, [shuffled[begin:end] for begin, end in parts]


@settings(max_examples=60, deadline=None)
@given(_streams())
def test_any_batching_and_order_of_arrival_gives_the_same_episodes(
    case: tuple[list[Observation], list[list[Observation]]],
) -> None:
    stream, batches = case
    expected = sorted(
        (one.app, one.document, one.dwell_s, one.keys, frozenset(member.source for member in one.observations))
        for one in segment(stream, GAP_S, complete=True)
    )
    with tempfile.TemporaryDirectory() as folder, Store.open(Home(Path(folder))) as store:
        segmenter = Segmenter(store, GAP_S)
        for batch in batches:
            for one in batch:
                store.observations.add(one)
            segmenter.advance(max((one.until for one in batch), default=START))
        segmenter.advance(LATE, final=True)
        assert sorted(kept(store)) == expected
        assert not store.observations.unassigned()
        assert not store.episodes.open()
