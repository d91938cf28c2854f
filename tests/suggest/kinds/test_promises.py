"""What was promised: kept in mind without a day, drafted when it is an answer, and left alone once it was done."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from gum.protocols import Suggester
from gum.records import Claim, Trust
from gum.suggest.actions.checklist import ChecklistAction
from gum.suggest.actions.reply import ReplyAction
from gum.suggest.kinds.follow_up import FollowUpSuggester
from gum.suggest.kinds.remember import RememberSuggester
from tests.suggest.kinds.seen import Seen

WATER, ANSWER = "water the tomato seedlings", "answer Marta about the kayak"
HOURS = timedelta(hours=5)


def promise(what: str, day: str = "", ago: timedelta = HOURS) -> Seen:
    seen = Seen()
    text = f"The user has said they will {what}."
    seen.believes(text, Claim("has_commitment", what.casefold(), day), f"I will {what}", ago=ago)
    return seen


def test_a_promise_without_a_day_becomes_a_box_to_tick(tmp_path: Path) -> None:
    (offer,) = RememberSuggester().candidates(promise(WATER).situation())
    assert f'You wrote: "I will {WATER}"' in offer.why
    ChecklistAction().perform(offer.payload, tmp_path)
    listed = next(tmp_path.glob("*.md")).read_text(encoding="utf-8")
    assert "- [ ] Water the tomato seedlings" in listed
    assert f'"I will {WATER}"' in listed


@pytest.mark.parametrize(
    ("what", "opening"),
    [
        (ANSWER, "Hello Marta,\n\nI said earlier today that I would write to you about the kayak.\n"),
        ("get back to you on the venue", "Hello,\n\nI said earlier today that I would write to you about the venue.\n"),
        ("reply to Jörg", "Hello Jörg,\n\nI said earlier today that I would write to you.\n"),
    ],
)
def test_a_promised_answer_becomes_the_opening_of_a_reply(what: str, opening: str, tmp_path: Path) -> None:
    (offer,) = FollowUpSuggester().candidates(promise(what).situation())
    assert offer.title == f"Draft what you promised: '{what}'"
    assert f'You wrote: "I will {what}"' in offer.why
    outcome = ReplyAction().perform(offer.payload, tmp_path)
    (kept,) = tmp_path.iterdir()
    assert outcome.clipboard == kept.read_text(encoding="utf-8")
    assert outcome.clipboard.startswith(opening)


@pytest.mark.parametrize(
    ("suggester", "seen"),
    [
        (RememberSuggester(), promise(ANSWER)),
        (RememberSuggester(), promise(WATER, day="2026-03-09")),
        (RememberSuggester(), promise(WATER, ago=timedelta(minutes=5))),
        (RememberSuggester(), promise(WATER, ago=timedelta(days=9))),
        (FollowUpSuggester(), promise(WATER)),
        (FollowUpSuggester(), promise(ANSWER, ago=timedelta(hours=1))),
        (FollowUpSuggester(), promise(ANSWER, day="2026-03-09")),
    ],
)
def test_each_has_its_own_promises_and_its_time(suggester: Suggester, seen: Seen) -> None:
    assert suggester.candidates(seen.situation()) == []


def test_an_answer_for_a_day_is_due_when_the_day_has_come() -> None:
    assert FollowUpSuggester().candidates(promise(ANSWER, day="2026-03-04").situation())


def test_what_was_written_since_is_done() -> None:
    watered = promise(WATER)
    watered.types("watered the tomato seedlings", app="Mousepad", ago=timedelta(hours=1))
    assert RememberSuggester().candidates(watered.situation()) == []
    answered = promise(ANSWER)
    answered.types("here is what I know", title="Re: kayak", ago=timedelta(hours=1))
    assert FollowUpSuggester().candidates(answered.situation()) == []


def test_what_was_written_elsewhere_or_before_is_not_the_answer() -> None:
    seen = promise(ANSWER)
    seen.types("Marta and the kayak", app="Mousepad", ago=timedelta(hours=1))
    seen.types("Marta, the kayak is mine", ago=timedelta(hours=8))
    assert len(FollowUpSuggester().candidates(seen.situation())) == 1


@pytest.mark.parametrize("suggester", [RememberSuggester(), FollowUpSuggester()])
@pytest.mark.parametrize("trust", [Trust.SCREEN, Trust.UNTRUSTED, Trust.SYSTEM])
def test_what_others_wrote_is_no_promise(suggester: Suggester, trust: Trust) -> None:
    for what in (WATER, ANSWER):
        seen = promise(what)
        seen.propositions = [dataclasses.replace(one, trust=trust) for one in seen.propositions]
        assert suggester.candidates(seen.situation()) == []
