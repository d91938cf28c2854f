"""The score: by fields, against the facts and the driver's log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gum.errors import RecordingError
from gum.records import Claim, Durability, Kind, Proposition, Trust
from gum.replay.score import Score, score
from tests.propositions import proposition

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def said(id: int, text: str, claim: Claim | None = None, kind: Kind = Kind.ACTIVITY) -> Proposition:
    more = {"kind": kind, "durability": Durability.TASK, "trust": Trust.TYPED}
    return proposition(text, 0.7, NOW, claim=claim, id=id, **more)


def claimed(predicate: str, what: str, qualifier: str = "", id: int = 1) -> Proposition:
    return said(id, f"The user: {predicate} {what} {qualifier}", Claim(predicate, what, qualifier))


def fact(predicate: str, *names: str, **more: Any) -> dict[str, Any]:
    return {"id": f"{predicate}-1", "predicate": predicate, "object": list(names), **more}


def judged(one: Proposition, *facts: dict[str, Any], quotes: tuple[str, ...] = (), **log: list[Any]) -> Score:
    return score([one], {"facts": list(facts), "log": log}, lambda _: quotes)


@pytest.mark.parametrize(
    ("one", "planted"),
    [
        (claimed("works_on", "wedding-speech.txt"), fact("works_on", "wedding speech")),
        (claimed("works_on", "wedding-speech.txt"), fact("works_on", "toast", "the wedding speech")),
        (claimed("deals_with", "birgit"), fact("deals_with", "Birgit Halvorsen")),
        (claimed("deals_with", "birgit halvorsem"), fact("deals_with", "Birgit Halvorsen")),
        (claimed("researches", "sea charts"), fact("researches", "old sea chart")),
        (claimed("has_deadline", "the report", "2026-03-13"), fact("has_deadline", "report", qualifier="2026-03-13")),
        (claimed("has_routine", "mail", "around 09:00"), fact("has_routine", "reads mail", qualifier="09:45")),
        (claimed("has_routine", "mail", "around 23:45"), fact("has_routine", "mail", qualifier="00:15")),
        (claimed("prefers_tool", "mousepad", "writing"), fact("prefers_tool", "Mousepad", qualifier="notes")),
        (claimed("works_on", "fares.py", "daily"), fact("works_on", "fares.py")),
    ],
)
def test_a_fact_is_found_by_predicate_name_and_qualifier(one: Proposition, planted: dict[str, Any]) -> None:
    result = judged(one, planted)
    assert result.found == {planted["id"]: (1,)}
    assert (result.recall, result.wrong_share) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("one", "planted"),
    [
        (claimed("researches", "wedding speech"), fact("works_on", "wedding speech")),
        (claimed("works_on", "speech"), fact("works_on", "a very long wedding speech")),
        (claimed("works_on", "notes.txt"), fact("works_on", "wedding speech")),
        (claimed("has_deadline", "report", "2026-03-14"), fact("has_deadline", "report", qualifier="2026-03-13")),
        (claimed("has_routine", "mail", "around 11:00"), fact("has_routine", "mail", qualifier="09:00")),
        (claimed("has_routine", "mail"), fact("has_routine", "mail", qualifier="09:00")),
        (claimed("prefers_tool", "mousepad", "mail"), fact("prefers_tool", "mousepad", qualifier="writing")),
        (claimed("works_on", "report 2"), fact("works_on", "report 3")),
    ],
)
def test_another_predicate_name_or_qualifier_misses_the_fact(one: Proposition, planted: dict[str, Any]) -> None:
    result = judged(one, planted)
    assert [missed.id for missed in result.missed] == [planted["id"]]
    assert (result.recall, result.precision) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("one", "log", "quotes"),
    [
        (claimed("works_on", "plan.txt"), {"saved": [{"file": "notes/plan.txt"}]}, ()),
        (claimed("works_on", "notes"), {"documents": ["notes/plan.txt"]}, ()),
        (claimed("works_on", "tide-clock"), {"typed": [{"text": "cd src/tide-clock\n"}]}, ()),
        (claimed("researches", "heat pump"), {"pages": [{"title": "Heat pumps"}, {"title": "A heat pump hums"}]}, ()),
        (
            claimed("researches", "heat pump"),
            {"pages": [{"title": "Heat pumps"}], "typed": [{"text": "heat pump"}]},
            (),
        ),
        (claimed("deals_with", "priya nair"), {"sent": [{"to": "Priya Nair <p@x.test>", "body": ""}]}, ()),
        (claimed("deals_with", "birgit"), {"typed": [{"text": "Ask Birgit about it"}]}, ()),
        (claimed("prefers_tool", "mousepad", "writing"), {"apps": ["Mousepad", "Chromium"]}, ()),
        (claimed("prefers_tool", "fjord mail", "mail"), {"pages": [{"title": "Inbox - Fjord Mail"}]}, ()),
        (claimed("has_commitment", "call ann"), {"typed": [{"text": "I will\ncall Ann."}]}, ("I wi1l call Ann.",)),
        (claimed("is_stuck_on", "keyerror"), {"shown": 3 * [{"text": "KeyError: 'a'"}]}, ("KeyError: 'a'",)),
    ],
)
def test_what_the_log_bears_out_is_right(one: Proposition, log: dict[str, list[Any]], quotes: tuple[str, ...]) -> None:
    assert judged(one, quotes=quotes, **log).wrong == ()


@pytest.mark.parametrize(
    ("one", "log", "quotes"),
    [
        (claimed("works_on", "budget.txt"), {"saved": [{"file": "notes/plan.txt"}]}, ()),
        (claimed("researches", "heat pump"), {"pages": [{"title": "Heat pumps"}, {"title": "Heat waves"}]}, ()),
        (claimed("researches", "heat"), {"pages": [{"title": "Heat"}, {"title": "Heat"}]}, ()),
        (claimed("deals_with", "jon berg"), {"pages": [{"title": "Jon Berg sings"}]}, ()),
        (claimed("prefers_tool", "chromium", "writing"), {"apps": ["Mousepad", "Chromium"]}, ()),
        (claimed("has_routine", "mail", "around 09:00"), {"pages": [{"title": "Inbox - Fjord Mail"}]}, ()),
        (claimed("has_commitment", "pay"), {"typed": [{"text": "hello"}]}, ("I will pay 900 crowns.",)),
        (claimed("is_stuck_on", "keyerror"), {"shown": [{"text": "KeyError: 'a'"}]}, ("KeyError: 'a'",)),
        (said(1, "The user likes tea."), {}, ()),
    ],
)
def test_what_nothing_bears_out_is_wrong(one: Proposition, log: dict[str, list[Any]], quotes: tuple[str, ...]) -> None:
    assert [item.proposition for item in judged(one, quotes=quotes, **log).wrong] == [1]


def test_a_proposition_without_a_claim_is_matched_by_its_words_and_kind() -> None:
    planted = fact("deals_with", "Birgit Halvorsen")
    text = "Birgit Halvorsen is the printer with whom the user settles the labels."
    assert judged(said(1, text, kind=Kind.RELATION), planted).recall == 1.0
    assert judged(said(1, text, kind=Kind.ROUTINE), planted).recall == 0.0


def test_a_question_is_answered_when_its_answers_words_stand_in_one_proposition() -> None:
    question = {"question": "How many guests?", "answer": "84 guests"}
    truth = {"facts": [question | {"id": "q"}], "log": {}}
    quotes = {1: ["The hall seats 84"], 2: ["guests and more guests"], 3: ["The hall seats 84 guests."]}
    some = [said(id, "The user researches halls.") for id in quotes]
    result = score(some, truth, lambda id: quotes[id])
    assert result.answered == {"q": (3,)}
    assert result.recall == 1.0


def test_questions_do_not_make_the_recall_beside_other_facts() -> None:
    truth = {"facts": [fact("works_on", "plan"), {"id": "q", "question": "Why?", "answer": "because"}], "log": {}}
    result = score([claimed("works_on", "plan.txt")], truth)
    assert result.recall == 1.0
    assert [item.id for item in result.unanswered] == ["q"]


def test_the_rows_of_a_driver_are_read_as_a_log() -> None:
    rows = [
        {"type": "state", "kind": "mousepad", "cls": "Mousepad", "title": "plan.txt", "source": "notes/plan.txt"},
        {
            "type": "state",
            "kind": "chromium",
            "cls": "Chromium",
            "title": "Inbox",
            "source": "m",
            "text": "From: Ann Bell",
        },
        {"type": "state", "kind": "mousepad", "cls": "Vault", "source": "secret.txt", "sensitive": True},
        {"type": "typed", "text": "hello"},
    ]
    some = [
        claimed("works_on", "plan.txt", id=1),
        claimed("deals_with", "ann bell", id=2),
        claimed("works_on", "secret", id=3),
    ]
    result = score(some, {"facts": [], "log": rows})
    assert [item.proposition for item in result.wrong] == [3]
    assert result.recall == 1.0


def test_the_shares_are_over_all_propositions_and_all_facts() -> None:
    truth = {"facts": [fact("works_on", "plan"), fact("works_on", "budget") | {"id": "b"}], "log": {}}
    some = [
        claimed("works_on", "plan.txt", id=1),
        claimed("works_on", "plan", id=2),
        claimed("works_on", "novel", id=3),
    ]
    result = score(some, truth)
    assert result.found == {"works_on-1": (1, 2)}
    assert result.recall == 0.5
    assert result.wrong_share == pytest.approx(1 / 3)
    assert result.precision == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    "truth",
    [
        {"facts": "none"},
        {"facts": ["plan"]},
        {"facts": [{"id": "a", "predicate": "loves", "object": ["tea"]}]},
        {"facts": [{"id": "a", "predicate": "works_on", "object": []}]},
        {"facts": [], "log": "nothing"},
        {"facts": [], "log": {"typed": "hello"}},
        {"facts": [], "log": ["hello"]},
    ],
)
def test_a_malformed_ground_truth_is_told(truth: dict[str, Any]) -> None:
    with pytest.raises(RecordingError):
        score([], truth)
