"""The tools, as an assistant meets them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from gum.api.context import tokens
from gum.api.mcp.tool import Tool
from gum.api.mcp.tools import TOOLS
from gum.records import Status, Suggestion, Trust
from tests.api.mcp.talking import call, talk, words
from tests.working import HandClock, Running, text

Tokens = Callable[..., str]


def test_an_assistant_is_told_what_matters_for_a_query(known: Running, token_of: Tokens) -> None:
    told = call(known, token_of("context"), "get_user_context", query="music")
    assert "The user plays the cello." in words(told)
    (cello,) = [one for one in told.structured_content["memories"] if "cello" in one["text"]]
    assert (cello["likelihood"], cello["confirmed"]) == ("almost certain", True)


def test_the_arguments_of_the_original_choose_a_time(known: Running, token_of: Tokens, clock: HandClock) -> None:
    token = token_of("context")
    lately = call(known, token, "get_user_context", query="", start_hh_mm_ago="00:30")
    assert [one["text"] for one in lately.structured_content["memories"]] == ["The user plays the cello."]
    before = call(known, token, "get_user_context", start_hh_mm_ago="24:00", end_hh_mm_ago="01:00")
    assert [one["text"] for one in before.structured_content["memories"]] == ["The user works on the harbour survey"]
    any_time = call(known, token, "get_user_context", start_hh_mm_ago="", end_hh_mm_ago="")
    assert len(any_time.structured_content["memories"]) == 2
    wrong = call(known, token, "get_user_context", start_hh_mm_ago="01:00", end_hh_mm_ago="02:00")
    assert wrong.is_error
    assert "longer ago" in words(wrong)


def test_an_answer_fits_its_budget_as_text_and_as_fields(known: Running, token_of: Tokens) -> None:
    for n in range(30):
        known.client.add_proposition(f"The user plays the cello in the orchestra number {n} of the town of Bremen.")
    token = token_of("context", "read")
    for tool in ("get_user_context", "search_memories"):
        told = call(known, token, tool, query="cello", max_tokens=500)
        fields = told.structured_content
        assert len(fields["memories"]) >= 2
        assert fields["omitted"] > 0
        assert tokens(words(told)) <= 500
        assert tokens(json.dumps(fields, separators=(",", ":"), ensure_ascii=False)) <= 500, tool


def test_what_has_no_room_is_not_called_unknown(known: Running, token_of: Tokens) -> None:
    token = token_of("context", "read")
    for tool in ("get_user_context", "search_memories"):
        told = call(known, token, tool, query="cello", max_tokens=60)
        assert told.structured_content["omitted"] > 0
        assert "larger max_tokens" in words(told)
        assert tokens(words(told)) <= 60
    nothing = call(known, token, "search_memories", query="cello", max_tokens=60, theme="people")
    assert words(nothing) == "Nothing is known about that."


def test_memories_are_found_and_explained(known: Running, token_of: Tokens) -> None:
    token = token_of("read")
    found = call(known, token, "search_memories", query="harbour survey", limit=1)
    (memory,) = found.structured_content["memories"]
    detail = call(known, token, "get_memory", id=memory["id"]).structured_content
    assert detail["memory"]["text"] == "The user works on the harbour survey"
    assert [one["quote"] for one in detail["evidence"]] == ["the harbour survey"]


def test_a_client_with_limits_is_told_no_quotes(known: Running, token_of: Tokens) -> None:
    token = token_of("read", all_sensitive=False)
    detail = call(known, token, "get_memory", id=1).structured_content
    assert (detail["evidence"], detail["memory"]["reasoning"]) == ([], "")
    told = call(known, token, "get_memory", id=99)
    assert told.is_error
    assert words(told) == "There is no proposition 99."


def test_what_an_assistant_adds_is_a_candidate_even_with_the_persons_token(known: Running, token_of: Tokens) -> None:
    added = call(known, token_of("propose"), "add_memory", text="The user keeps bees.")
    by_person = call(known, known.token, "add_memory", text="The user keeps hens.")
    for told, text_ in ((added, "bees"), (by_person, "hens")):
        kept = known.client.proposition(told.structured_content["id"]).proposition
        assert (kept.status, kept.trust) == (Status.CANDIDATE, Trust.UNTRUSTED)
        assert text_ in kept.text


@pytest.mark.parametrize("holder", ["client", "person"])
def test_an_assistant_cannot_confirm_what_an_assistant_has_added(known: Running, token_of: Tokens, holder: str) -> None:
    token = known.token if holder == "person" else token_of("propose", "verdict")
    id = call(known, token, "add_memory", text="The user keeps bees.").structured_content["id"]
    for more in ({"verdict": "confirm"}, {"verdict": "correct", "correction": "The user keeps hens."}):
        told = call(known, token, "give_feedback", id=id, **more)
        assert told.is_error
        assert "only the user can confirm" in words(told)
    assert known.client.proposition(id).proposition.status == Status.CANDIDATE
    assert not call(known, token, "give_feedback", id=id, verdict="reject").is_error


def test_feedback_counts_as_the_persons(known: Running, token_of: Tokens) -> None:
    token = token_of("verdict")
    call(known, token, "give_feedback", id=1, verdict="correct", correction="The user leads the harbour survey.")
    detail = known.client.proposition(1)
    assert detail.proposition.text == "The user leads the harbour survey."
    assert detail.verdicts[-1].note == "through verdict"
    call(known, token, "give_feedback", id=1, verdict="reject", note="not any more")
    assert known.client.proposition(1).proposition.status == Status.REJECTED
    assert call(known, token, "give_feedback", id=1, verdict="correct").is_error


def test_what_is_forgotten_is_gone_and_can_be_brought_back(known: Running, token_of: Tokens) -> None:
    told = call(known, token_of("write"), "forget_memory", id=2)
    assert [one.text for one in known.client.propositions().items] == ["The user works on the harbour survey"]
    known.client.undo_forget(told.structured_content["forgetting"])
    assert known.client.proposition(2).proposition.text == "The user plays the cello."


def test_what_is_offered_is_told_and_left_to_the_user(known: Running, token_of: Tokens, clock: HandClock) -> None:
    token = token_of("read")
    nothing = call(known, token, "get_suggestions")
    assert words(nothing) == "Nothing is offered to the user now."
    for number in range(30):
        status = "silent" if number == 0 else "shown"
        offer = Suggestion(
            "collect",
            f"Keep the pages on bees {number}",
            "Read twice.",
            "note",
            {},
            (),
            status,
            {},
            str(number),
            clock(),
        )
        known.service.store.suggestions.add(offer)
    told = call(known, token, "get_suggestions", max_tokens=400)
    offers = told.structured_content["suggestions"]
    assert len(offers) >= 2
    assert len(offers) + told.structured_content["omitted"] == 29
    assert "you cannot" in words(told)
    assert tokens(words(told)) <= 400
    limited = known.client.add_client("bees", ["read"], min_probability=0.5).token
    assert "limits" in words(call(known, limited, "get_suggestions"))


def test_a_wrong_argument_is_named(known: Running, token_of: Tokens) -> None:
    told = call(known, token_of("read"), "search_memories", query="x", limit=0, colour="red")
    assert told.is_error
    assert "limit:" in words(told)
    assert "colour:" in words(told)


@pytest.mark.parametrize("tool", TOOLS, ids=lambda one: one.name)
def test_the_hints_say_what_a_tool_does(known: Running, token_of: Tokens, tool: Tool[Any]) -> None:
    listed = talk(known, known.token, lambda client: client.list_tools()).tools
    hints = {one.name: one.annotations for one in listed}[tool.name]
    reads = tool.name in {"get_user_context", "get_preferences", "get_suggestions", "search_memories", "get_memory"}
    assert hints.read_only_hint is reads
    assert hints.destructive_hint is (tool.name in {"give_feedback", "forget_memory"})
    assert hints.open_world_hint is False


def test_what_was_on_screen_is_not_told_without_the_right_to_read(
    known: Running, token_of: Tokens, clock: HandClock
) -> None:
    known.service.agent.receive(text("secret-window-title", clock()))
    clock.forward(minutes=1)
    known.work()
    told = call(known, token_of("context"), "get_user_context")
    assert told.structured_content["present"] == ""
