"""Suggestions from discovery to undo, on a real store and real files."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from gum import plugins
from gum.config import Config
from gum.errors import ActionError, ConflictError, NotFoundError
from gum.infer.verdicts import Review
from gum.paths import Home
from gum.protocols import Situation
from gum.records import Candidate, Claim, Observation
from gum.store import Store
from gum.suggest.pipeline import Suggesting

NOON = datetime(2026, 3, 2, 12, tzinfo=timezone(timedelta(hours=1)))
SETTLED = Config.model_validate({"suggest": {"burn_in_hours": 0}})


class Scripted:
    """A suggester that offers what the test says."""

    kind = "scripted"

    def __init__(self) -> None:
        self.offer: Callable[[Situation], Sequence[Candidate]] = lambda _: ()

    def candidates(self, situation: Situation) -> Sequence[Candidate]:
        return self.offer(situation)


class Desk:
    """A person with a store, a suggester and the actions that the program comes with."""

    def __init__(self, root: Path) -> None:
        self.now = NOON
        self.store = Store.open(Home(root / "home"), now=lambda: self.now)
        self.review = Review(self.store, lambda: self.now)
        self.known = self.review.add("The report is due on Friday.").id
        self.store.observations.add(Observation("test", "window", NOON, NOON, "editor", "report"))
        self.suggester = Scripted()
        self.output = root / "output"
        self.actions = {name: kind() for name, kind in plugins.load_all("gum.actions", ["note", "calendar"]).items()}
        self.suggesting = Suggesting(
            self.store, {"scripted": self.suggester}, self.actions, SETTLED, self.output, lambda: self.now
        )

    def note(self, key: str = "one", **changes: Any) -> Candidate:
        made = Candidate(
            kind="scripted",
            title=f"Keep the sources on {key}",
            why="You read much on it.",
            action="note",
            payload={"title": f"Sources on {key}", "markdown": f"# {key}\n"},
            propositions=(self.known,),
            p_useful=0.6,
            benefit=5,
            cost_false_alarm=3,
            cost_silence=3,
            key=f"scripted:{key}",
        )
        return dataclasses.replace(made, **changes)

    def again(self) -> Suggesting:
        """Start anew on the same home, as after a death."""
        return Suggesting(self.store, {}, self.actions, Config(), self.output, lambda: self.now)

    def offer(self, *candidates: Candidate) -> list[str]:
        """Let the suggester offer these now; return the titles that are newly shown."""
        self.suggester.offer = lambda _: candidates
        return [one.title for one in self.suggesting.discover(self.now)]

    def reasons(self) -> dict[str, str]:
        return {one.key: one.decision["reason"] for one in self.store.suggestions.list(["silent"])}

    def files(self) -> list[str]:
        return sorted(str(path.relative_to(self.output)) for path in self.output.rglob("*") if path.is_file())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    with made.store:
        yield made


def test_accepting_does_it_and_undo_takes_it_back(desk: Desk) -> None:
    desk.offer(desk.note())
    (shown,) = desk.store.suggestions.list(["shown"])
    assert desk.files() == []
    assert desk.suggesting.preview(shown.id).content == "# one\n"
    assert desk.files() == []
    accepted = desk.suggesting.accept(shown.id)
    assert (accepted.status, desk.files()) == ("accepted", ["note/Sources-on-one.md"])
    assert accepted.result["summary"] == "Wrote Sources-on-one.md"
    assert desk.suggesting.undo(shown.id).status == "undone"
    assert desk.files() == []
    assert [one.verdict for one in desk.store.verdicts.list("suggestion", shown.id)] == ["accept", "undo"]


def test_a_suggestion_is_accepted_once(desk: Desk) -> None:
    desk.offer(desk.note())
    desk.suggesting.accept(1)
    for again in (desk.suggesting.accept, desk.suggesting.dismiss):
        with pytest.raises(ConflictError):
            again(1)
    assert len(desk.files()) == 1


def test_what_was_not_accepted_cannot_be_undone_and_what_is_not_there_not_accepted(desk: Desk) -> None:
    desk.offer(desk.note())
    with pytest.raises(ConflictError):
        desk.suggesting.undo(1)
    with pytest.raises(NotFoundError):
        desk.suggesting.accept(99)


def test_undo_leaves_a_file_that_the_person_changed(desk: Desk) -> None:
    desk.offer(desk.note())
    desk.suggesting.accept(1)
    (desk.output / "note" / "Sources-on-one.md").write_text("mine")
    with pytest.raises(ActionError):
        desk.suggesting.undo(1)
    assert desk.store.suggestions.get(1).status == "accepted"


def test_an_action_that_fails_leaves_the_suggestion_open(desk: Desk) -> None:
    desk.offer(desk.note())
    desk.output.mkdir(parents=True)
    (desk.output / "note").write_text("in the way")
    with pytest.raises(ActionError):
        desk.suggesting.accept(1)
    assert desk.store.suggestions.get(1).status == "shown"


def test_dismissing_keeps_the_reason_and_lowers_the_chance_of_its_kind(desk: Desk) -> None:
    desk.offer(desk.note())
    first = desk.store.suggestions.get(1).decision["p"]
    desk.suggesting.dismiss(1, "not this kind")
    (verdict,) = desk.store.verdicts.list("suggestion")
    assert (verdict.verdict, verdict.note, verdict.shown_probability) == ("dismiss", "not this kind", first)
    desk.now += timedelta(hours=1)
    desk.offer(desk.note("two"))
    assert desk.store.suggestions.get(2).decision["p"] < first


def test_the_same_suggestion_is_never_made_twice(desk: Desk) -> None:
    assert desk.offer(desk.note()) == ["Keep the sources on one"]
    desk.suggesting.dismiss(1)
    desk.now += timedelta(days=90)
    assert desk.offer(desk.note()) == []
    assert len(desk.store.suggestions.list()) == 1


def test_the_budget_goes_to_what_gains_most_and_the_rest_is_silent_with_its_reason(desk: Desk) -> None:
    shown = desk.offer(desk.note("weak", p_useful=0.4), desk.note("strong", p_useful=0.9))
    assert shown == ["Keep the sources on strong"]
    assert desk.reasons() == {"scripted:weak": "enough for this minute"}


def test_what_was_silent_for_the_moment_speaks_when_its_moment_comes(desk: Desk) -> None:
    desk.now = NOON.replace(hour=23)
    assert desk.offer(desk.note()) == []
    assert desk.reasons() == {"scripted:one": "quiet hours"}
    desk.now = NOON.replace(hour=9) + timedelta(days=1)
    assert desk.offer(desk.note()) == ["Keep the sources on one"]
    assert desk.reasons() == {}
    (one,) = desk.store.suggestions.list()
    assert one.created_at == desk.now


def test_quiet_hours_are_those_of_the_place_where_the_person_is(desk: Desk) -> None:
    desk.now = NOON.replace(hour=22, minute=30).astimezone(UTC)
    assert desk.offer(desk.note()) == []
    assert desk.store.suggestions.get(1).decision["local_time"] == "22:30"


def test_no_more_than_the_budget_of_a_day_is_shown(desk: Desk) -> None:
    shown = []
    for number in range(9):
        desk.now = NOON + timedelta(minutes=5 * number)
        shown += desk.offer(desk.note(f"topic{number}", p_useful=0.9))
    assert len(shown) == 6
    assert set(desk.reasons().values()) == {"enough for today"}
    desk.now = NOON + timedelta(days=1)
    assert desk.offer(desk.note("tomorrow")) == ["Keep the sources on tomorrow"]


def test_a_suggestion_expires_and_that_counts_a_little_against_its_kind(desk: Desk) -> None:
    desk.offer(desk.note(expires_at=NOON + timedelta(hours=1)))
    desk.now += timedelta(hours=2)
    desk.offer(desk.note("two"))
    assert desk.store.suggestions.get(1).status == "expired"
    second = desk.store.suggestions.get(2).decision
    assert second["answers"] == 1
    assert 0.5 < second["p"] < second["p_stated"]


def test_what_a_rejected_proposition_offered_cannot_be_accepted(desk: Desk) -> None:
    desk.offer(desk.note())
    desk.review.reject(desk.known)
    with pytest.raises(ConflictError, match="expired"):
        desk.suggesting.accept(1)
    assert desk.files() == []


def test_suggesters_are_not_told_a_claim_that_the_person_has_edited_away(desk: Desk) -> None:
    claim = Claim("has_deadline", "report", "2026-03-06")
    desk.store.propositions.update(desk.known, {"claim": claim}, "engine", "refined")
    told: list[Claim | None] = []

    def offer(situation: Situation) -> Sequence[Candidate]:
        told.extend(one.claim for one in situation.propositions)
        return ()

    desk.suggester.offer = offer
    desk.suggesting.discover(NOON)
    desk.review.edit(desk.known, "My report is due later.")
    desk.suggesting.discover(NOON)
    desk.review.edit(desk.known, "The slides are due on Friday.")
    desk.suggesting.discover(NOON)
    assert told == [claim, claim, None]


def test_suggesters_are_told_the_time_of_the_place_where_the_person_is(desk: Desk) -> None:
    desk.suggester.offer = lambda situation: [desk.note(situation.now.isoformat())]
    desk.suggesting.discover(datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    assert desk.store.suggestions.get(1).key == "scripted:2026-03-03T00:30:00+01:00"


def test_a_suggestion_is_withdrawn_when_its_ground_is_rejected(desk: Desk) -> None:
    desk.offer(desk.note())
    desk.review.reject(desk.known)
    desk.offer()
    withdrawn = desk.store.suggestions.get(1)
    assert (withdrawn.status, withdrawn.result["reason"]) == ("expired", "what it rests on no longer holds")
    desk.review.undo(desk.known)
    desk.now += timedelta(hours=1)
    desk.offer(desk.note("two"))
    assert desk.store.suggestions.get(2).decision["answers"] == 0


def test_a_candidate_whose_action_cannot_do_it_is_not_offered(desk: Desk) -> None:
    assert desk.offer(desk.note(payload={"title": "x"})) == []
    assert desk.reasons()["scripted:one"].startswith("its action cannot do it")


def test_typing_holds_a_suggestion_back(desk: Desk) -> None:
    busy = Observation("activity", "activity", NOON - timedelta(seconds=5), NOON, keys=40)
    desk.store.observations.add(busy)
    assert desk.offer(desk.note()) == []
    assert desk.reasons() == {"scripted:one": "in the middle of typing"}


def test_a_suggester_that_breaks_is_counted_and_the_others_go_on(desk: Desk) -> None:
    class Broken:
        kind = "broken"

        def candidates(self, situation: Situation) -> Sequence[Candidate]:
            raise ZeroDivisionError

    broken = Suggesting(
        desk.store, {"broken": Broken(), "scripted": desk.suggester}, desk.actions, SETTLED, desk.output
    )
    desk.suggester.offer = lambda _: [desk.note()]
    assert len(broken.discover(desk.now)) == 1
    assert [one.part for one in desk.store.failures.list()] == ["suggester broken"]


def test_the_suggester_sees_what_is_live_with_its_quotes(desk: Desk) -> None:
    desk.review.reject(desk.review.add("The user sails.").id)
    seen: list[Situation] = []

    def look(situation: Situation) -> Sequence[Candidate]:
        seen.append(situation)
        return ()

    desk.suggester.offer = look
    desk.suggesting.discover(desk.now)
    assert [one.id for one in seen[0].propositions] == [desk.known]
    assert list(seen[0].evidence(desk.known)) == []


def test_what_its_suggester_no_longer_offers_is_withdrawn_where_that_means_it_is_done(desk: Desk) -> None:
    desk.suggester.withdraws = True  # type: ignore[attr-defined]
    desk.offer(desk.note("one"))
    desk.now += timedelta(hours=1)
    desk.offer(desk.note("two"))
    withdrawn = desk.store.suggestions.get(1)
    assert (withdrawn.status, withdrawn.result["reason"]) == ("expired", "it is done, or no longer needed")
    assert desk.store.suggestions.get(2).decision["answers"] == 0


def test_a_kind_that_the_person_wants_no_more_of_stays_away_until_it_is_allowed_again(desk: Desk) -> None:
    desk.offer(desk.note("one"))
    desk.suggesting.dismiss(1, "not this kind, please")
    desk.now += timedelta(hours=1)
    assert desk.offer(desk.note("two")) == []
    assert desk.reasons()["scripted:two"] == "you want no more of this kind (suggestion 1)"
    assert desk.suggesting.allow("scripted") == 1
    assert len(desk.offer(desk.note("two", p_useful=0.9))) == 1


def test_on_the_first_day_it_only_learns(desk: Desk) -> None:
    fresh = Suggesting(desk.store, {"scripted": desk.suggester}, desk.actions, Config(), desk.output, lambda: desk.now)
    desk.suggester.offer = lambda _: [desk.note()]
    assert fresh.discover(NOON + timedelta(hours=23)) == []
    assert desk.reasons()["scripted:one"] == "it knows you too little yet"
    assert len(fresh.discover(NOON + timedelta(hours=24))) == 1


def test_what_the_moment_held_back_is_due_when_the_moment_has_passed(desk: Desk) -> None:
    desk.store.observations.add(Observation("test", "activity", NOON, NOON, "editor", "report", keys=40))
    assert desk.offer(desk.note()) == []
    assert desk.reasons() == {"scripted:one": "in the middle of typing"}
    due = []
    for seconds in (2, 10, 19, 25):  # it is asked every ten seconds at most
        desk.now = NOON + timedelta(seconds=seconds)
        due.append(desk.suggesting.is_due(desk.now))
    assert due == [False, False, False, True]
    assert desk.suggesting.discover(desk.now)
    desk.now += timedelta(minutes=1)
    assert not desk.suggesting.is_due(desk.now)


def test_what_is_not_worth_it_is_not_due_again(desk: Desk) -> None:
    assert desk.offer(desk.note(p_useful=0.01)) == []
    desk.now += timedelta(minutes=5)
    assert not desk.suggesting.is_due(desk.now)
