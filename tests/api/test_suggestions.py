"""A suggestion that is accepted is really carried out, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from gum import plugins
from gum.errors import RefusedError
from gum.protocols import Situation
from gum.records import Candidate
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
