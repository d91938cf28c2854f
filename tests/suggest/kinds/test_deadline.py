"""A calendar entry for what is due and has none."""

import dataclasses
from datetime import datetime, timedelta, timezone
from pathlib import Path

from gum.records import Claim
from gum.suggest.actions.calendar import CalendarAction
from gum.suggest.kinds.deadline import DeadlineSuggester
from tests.suggest.kinds.seen import Seen

TEXT = "The user has a deadline on 13 March 2026: send the report to Lena."
CLAIM = Claim("has_deadline", "send the report to lena", "2026-03-13")


def test_a_deadline_ahead_becomes_a_calendar_entry() -> None:
    seen = Seen()
    seen.believes(TEXT, CLAIM, "Send the report to Lena by Friday 13 March.")
    (offer,) = DeadlineSuggester().candidates(seen.situation())
    assert offer.payload == {"summary": "Send the report to Lena", "date": "2026-03-13"}
    assert offer.action == "calendar"
    assert offer.why == (
        "It is due on Friday 13 March, and no calendar window had shown an entry for it. "
        'You wrote: "Send the report to Lena by Friday 13 March."'
    )


def test_the_entry_can_be_written(tmp_path: Path) -> None:
    seen = Seen()
    seen.believes(TEXT, CLAIM)
    (offer,) = DeadlineSuggester().candidates(seen.situation())
    outcome = CalendarAction().perform(offer.payload, tmp_path)
    assert "20260313" in next(tmp_path.glob("*.ics")).read_text(encoding="utf-8")
    assert outcome.summary.startswith("Wrote ")


def test_a_deadline_that_a_calendar_window_shows_needs_no_entry() -> None:
    seen = Seen()
    seen.believes(TEXT, CLAIM)
    seen.visits("Friday: send the report to Lena", app="gnome-calendar")
    assert DeadlineSuggester().candidates(seen.situation()) == []


def test_what_is_over_or_far_off_is_not_offered() -> None:
    seen = Seen()
    for day in ("2026-03-03", "2026-09-01", "soon"):
        seen.believes(TEXT, Claim("has_deadline", "report", day))
    assert DeadlineSuggester().candidates(seen.situation()) == []


def test_a_promise_for_a_day_is_offered_unless_the_deadline_says_it() -> None:
    seen = Seen()
    seen.believes(TEXT, CLAIM)
    seen.believes(
        "The user has said they will send Lena the report.",
        Claim("has_commitment", "send lena the report", "2026-03-13"),
    )
    seen.believes("The user has said they will call Ann.", Claim("has_commitment", "call ann", "2026-03-06"))
    offers = DeadlineSuggester().candidates(seen.situation())
    assert [offer.payload["summary"] for offer in offers] == ["Send the report to Lena", "Call Ann"]


def test_the_key_stays_the_same_as_the_day_comes_near() -> None:
    seen = Seen()
    seen.believes(TEXT, CLAIM, probability=0.6)
    seen.believes(TEXT, Claim("has_deadline", "pay the rent", "2026-03-05"), probability=0.6)
    far, near = DeadlineSuggester().candidates(seen.situation())
    assert far.key == "deadline:send the report to lena:2026-03-13"
    assert near.benefit > far.benefit
    assert near.cost_silence > far.cost_silence


def test_what_is_due_on_a_day_is_offered_until_that_day_ends_where_the_person_is() -> None:
    seen = Seen()
    seen.believes(TEXT, CLAIM)
    evening = datetime(2026, 3, 13, 21, tzinfo=timezone(timedelta(hours=-8)))
    situation = dataclasses.replace(seen.situation(), now=evening)
    (offer,) = DeadlineSuggester().candidates(situation)
    assert offer.expires_at == datetime(2026, 3, 14, tzinfo=evening.tzinfo)


def test_a_deadline_that_the_person_has_put_on_another_day_is_not_offered_for_the_old_one() -> None:
    seen = Seen()
    seen.believes(TEXT, CLAIM)
    seen.believes(
        "The user has a deadline on 20 March 2026: book the hall.", Claim("has_deadline", "book the hall", "2026-03-20")
    )
    situation = seen.situation()
    report, hall = (dataclasses.replace(one, edited=True) for one in situation.propositions)
    report = dataclasses.replace(report, text="I send the report to Lena on 14 March 2026.")
    offers = DeadlineSuggester().candidates(dataclasses.replace(situation, propositions=(report, hall)))
    assert [offer.payload["date"] for offer in offers] == ["2026-03-20"]
