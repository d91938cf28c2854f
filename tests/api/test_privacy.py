"""Exclusions, the ledger and the watch over connections, through the API's own client."""

from __future__ import annotations

import pytest

from gum.errors import RefusedError
from tests.working import Running, text


def test_an_application_is_excluded_by_an_observation_of_it_and_seen_again(served: Running) -> None:
    served.service.agent.receive(text("Dear Margit", app="Letters"))
    [seen] = served.client.observations().items
    rule = served.client.exclude("app", observation=seen.id)
    assert (rule.kind, rule.pattern, rule.source) == ("app", "letters", "you")
    served.service.agent.receive(text("Dear Nora", app="Letters"))
    assert len(served.client.observations().items) == 1
    assert served.client.test_exclusion(app="Letters").rule == rule
    assert rule in served.client.exclusions()
    served.client.unexclude("app", "Letters")
    assert served.client.test_exclusion(app="Letters").seen


@pytest.mark.parametrize(
    ("kind", "pattern", "sentence"),
    [("title", "(", "not a regular expression"), ("site", "bank", "no site"), ("app", "", "pattern or an observation")],
)
def test_a_rule_that_cannot_be_one_is_refused_with_a_sentence(
    served: Running, kind: str, pattern: str, sentence: str
) -> None:
    with pytest.raises(RefusedError, match=sentence):
        served.client.exclude(kind, pattern)


def test_removing_what_is_not_there_is_refused(served: Running) -> None:
    with pytest.raises(RefusedError, match="There is no rule") as refused:
        served.client.unexclude("site", "kelp.example")
    assert refused.value.status == 404


def test_the_ledger_tells_counts_and_no_content(served: Running) -> None:
    served.service.agent.receive(text("the harbour survey, password: korvapuusti7"))
    rows = served.client.ledger()
    assert ("redacted", "password", 1) in [(row.what, row.reason, row.count) for row in rows]
    assert not any("harbour" in row.what + row.reason or "korva" in row.what + row.reason for row in rows)


def test_a_watched_daemon_has_connections_on_this_machine_only(served: Running) -> None:
    seen = served.client.egress(0.3)
    assert seen.outside == []
    assert seen.looks >= 2
    assert any(address.startswith("127.0.0.1:") for address in seen.listening)
    assert seen.allowed == ["network.allow: downloads"]
