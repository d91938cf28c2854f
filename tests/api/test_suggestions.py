"""A suggestion that is accepted is really carried out, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from gum import plugins
from gum.errors import RefusedError
from gum.protocols import Situation
from gum.records import Candidate, Capture, Trust
from tests.working import HandClock, Running, running, settings, text

ALWAYS = {"quiet_from": "00:00", "quiet_until": "00:00", "burn_in_hours": 0}  # whatever the time zone of the machine


class NoteSuggester:
    """Offers one note as soon as anything is believed."""

    kind = "scripted"

    def candidates(self, situation: Situation) -> Sequence[Candidate]:
        if not situation.propositions:
            return []
        return [
            Candidate(
                kind=self.kind,
                title="Keep a note of the survey",
                why="It was worked on.",
                action="note",
                payload={"title": "Survey", "markdown": "Everything about the survey."},
                propositions=(situation.propositions[0].id,),
                p_useful=0.95,
                benefit=9.0,
                cost_false_alarm=1.0,
                cost_silence=5.0,
                key="scripted:survey",
            )
        ]


@pytest.fixture
def offering(tmp_path: Path) -> Iterator[Running]:
    plugins.register("gum.suggesters", "scripted", NoteSuggester)
    clock = HandClock()
    try:
        with running(tmp_path / "home", settings(suggest=ALWAYS), clock) as now:
            now.service.agent.receive(text("the harbour survey", clock.now))
            now.work(clock.forward(hours=1))
            yield now
    finally:
        plugins.unregister("gum.suggesters", "scripted")


def written(now: Running) -> list[Path]:
    return [path for path in now.home.output.rglob("*") if path.is_file()]


def test_accepting_does_it_and_undo_takes_it_back(offering: Running) -> None:
    (one,) = offering.client.suggestions()
    preview = offering.client.preview(one.id)
    assert "Everything about the survey." in preview.content
    assert written(offering) == []
    accepted = offering.client.accept(one.id)
    assert accepted.status == "accepted"
    (note,) = written(offering)
    assert "Everything about the survey." in note.read_text()
    assert offering.client.undo_suggestion(one.id).status == "undone"
    assert written(offering) == []


def test_dismissing_keeps_the_reason_and_it_does_not_come_back(offering: Running) -> None:
    (one,) = offering.client.suggestions()
    assert offering.client.dismiss(one.id, "not now").status == "dismissed"
    offering.service.agent.suggesting.discover(offering.service.clock())
    assert offering.client.suggestions() == []
    assert [kept.id for kept in offering.client.suggestions(())] == [one.id]
    said = offering.service.store.verdicts.list("suggestion", one.id)
    assert [verdict.note for verdict in said] == ["not now"]


def test_it_cannot_be_accepted_twice(offering: Running) -> None:
    (one,) = offering.client.suggestions()
    offering.client.accept(one.id)
    with pytest.raises(RefusedError) as refusal:
        offering.client.accept(one.id)
    assert refusal.value.status == 409
    assert len(written(offering)) == 1


def test_one_that_is_not_there_is_said_so(offering: Running) -> None:
    for ask in (offering.client.suggestion, offering.client.preview, offering.client.accept, offering.client.dismiss):
        with pytest.raises(RefusedError) as refusal:
            ask(999)
        assert refusal.value.status == 404


def test_it_is_put_off_and_comes_again(offering: Running) -> None:
    (one,) = offering.client.suggestions()
    put_off = offering.client.snooze(one.id)
    now = offering.service.clock()
    assert (put_off.status, put_off.snoozed_until) == ("snoozed", now + timedelta(hours=1))
    assert offering.client.suggestions() == []
    later = offering.client.snooze(one.id, now + timedelta(minutes=5))
    assert later.snoozed_until == now + timedelta(minutes=5)
    with pytest.raises(RefusedError):
        offering.client.snooze(one.id, now - timedelta(minutes=5))
    offering.service.agent.suggesting.wake(now + timedelta(minutes=5))
    assert [again.id for again in offering.client.suggestions()] == [one.id]


def test_no_more_of_a_kind_is_said_once(offering: Running) -> None:
    (one,) = offering.client.suggestions()
    turned_down = offering.client.not_this_kind(one.id)
    assert (turned_down.status, turned_down.result["scope"]) == ("dismissed", "kind")


def test_the_preview_names_what_would_be_written_and_results_what_was(offering: Running) -> None:
    (one,) = offering.client.suggestions()
    promised = offering.client.preview(one.id).files
    offering.client.accept(one.id)
    (project,) = offering.client.results()
    (made,) = project.results
    assert project.project == "the harbour survey"
    assert [str(Path(path).relative_to(offering.home.output)) for path in made.files] == promised
    assert [str(path) for path in written(offering)] == made.files


def test_the_digest_tells_what_waits_what_was_done_and_what_was_notified(offering: Running) -> None:
    now = offering.service.clock()
    told = Capture("notifications", "text", now, "Mail", "The harbour survey", text="A question", trust=Trust.UNTRUSTED)
    offering.service.ingest(told)
    (one,) = offering.client.suggestions()
    before = offering.client.digest()
    assert before.line == "1 suggestion, 1 notification"
    assert [waiting.id for waiting in before.open] == [one.id]
    (notified,) = before.notifications
    assert (notified.summary, notified.rank, notified.propositions) == ("The harbour survey", "later", one.propositions)
    offering.client.accept(one.id)
    after = offering.client.digest()
    assert (after.open, [done.id for done in after.done]) == ([], [one.id])


def test_notifications_are_told_since_an_instant_and_that_none_are_observed(offering: Running) -> None:
    now = offering.service.clock()
    offering.service.ingest(Capture("notifications", "text", now, "Mail", "Shoes", text="50 %", trust=Trust.UNTRUSTED))
    assert [one.rank for one in offering.client.notifications().items] == ["digest"]
    later = offering.client.notifications(now + timedelta(seconds=1))
    assert later.items == []
    assert "not observed" in later.note
