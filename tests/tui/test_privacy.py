"""Privacy shows what holds of what is seen, kept and told, and changes it at once."""

from __future__ import annotations

from textual.pilot import Pilot

from tests.tui import life
from tests.tui.driving import Daemon, drive, shows, until


async def go(pilot: Pilot[None], topic: str) -> None:
    """Open the screen, and a topic by its name."""
    await pilot.press("8")
    await shows(pilot, "Never seen", "Does anything leave?")
    pilot.app.screen.query_one("#topics").choose(topic)


def test_every_topic_answers(daemon: Daemon) -> None:
    answers = {
        "recording": "not capturing",
        "exclusions": "comes with the program",
        "categories": "held back",
        "held": "Nothing is held back.",
        "retention": "are used.",
        "clients": "No program has access.",
        "access": "No program has asked yet.",
        "ledger": "Counts of the last 30 days",
        "encryption": "is not encrypted",
        "egress": "Nothing leaves this machine.",
    }

    async def walk(pilot: Pilot[None]) -> None:
        for topic, words in answers.items():
            await go(pilot, topic)
            await shows(pilot, words)

    drive(daemon.client(), walk)


def test_a_rule_is_added_removed_and_brought_back(daemon: Daemon) -> None:
    def mine() -> list[str]:
        return [rule.pattern for rule in daemon.service.exclusions.rules() if rule.source == "you"]

    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot, "exclusions")
        await shows(pilot, "comes with the program")
        await pilot.press("n")
        await shows(pilot, "a site")
        await pilot.press("down", "down", "enter")
        await shows(pilot, "Never see this site")
        await pilot.press(*"bank.example.org", "ctrl+s")
        await shows(pilot, "added by you")
        assert mine() == ["bank.example.org"]
        await pilot.press("enter", "g", "d")
        await until(pilot, lambda: not mine(), "the end of the rule")
        await shows(pilot, "The rule is gone.")
        await pilot.press("u")
        await until(pilot, lambda: mine() == ["bank.example.org"], "the rule")

    drive(daemon.client(), walk)


def test_what_the_daemon_refuses_is_said_and_taken_back(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot, "exclusions")
        await pilot.press("n", "down", "enter")
        await shows(pilot, "Never see this title")
        await pilot.press("left_parenthesis", "ctrl+s")
        await shows(pilot, "Not done")

    drive(daemon.client(), walk)


def test_a_sensitive_category_is_allowed_and_held_back_again(daemon: Daemon) -> None:
    def allowed() -> list[str]:
        with daemon.client() as client:
            return [one.category for one in client.audit_categories() if one.allowed]

    async def walk(pilot: Pilot[None]) -> None:
        before = allowed()
        await go(pilot, "categories")
        await shows(pilot, "wait for your answer")
        await until(pilot, lambda: pilot.app.screen.row is not None, "rows")
        await pilot.press("enter", "g", "a")
        await until(pilot, lambda: len(allowed()) == len(before) + 1, "the allowance")
        await shows(pilot, "allowed from now on")
        await pilot.press("u")
        await until(pilot, lambda: allowed() == before, "its end")

    drive(daemon.client(), walk)


def test_a_program_s_access_is_shown_and_ended_after_a_question(daemon: Daemon) -> None:
    with daemon.client() as client:
        client.add_client("editor", ["read"], min_probability=0.9)

    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot, "clients")
        await shows(pilot, "editor", "never asked")
        await pilot.press("enter", "enter")
        await shows(
            pilot,
            "What editor would see",
            "It may",
            "It may not",
            "It would be told",
            "The user works on survey-report.md",
        )
        await pilot.press("escape", "d")
        await shows(pilot, "End the access of editor?")
        await pilot.press("enter")
        await shows(pilot, "editor has no access any more.")
        assert daemon.store.clients.list()[0].revoked

    drive(daemon.client(), walk)


def test_a_key_for_a_row_waits_until_the_person_stands_among_the_rows(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot, "categories")
        await until(pilot, lambda: pilot.app.screen.row is not None, "rows")
        await pilot.press("a")
        await shows(pilot, "Which one? The key is for the row under the cursor.")
        with daemon.client() as client:
            assert not any(one.allowed for one in client.audit_categories() if one.category == "health")
        await pilot.press("j", "a")
        await shows(pilot, "Health: allowed from now on.")
        await pilot.press("a")
        await shows(pilot, "The key does nothing to this row.")

    drive(daemon.client(), walk)


def test_what_is_counted_is_said_in_words_with_its_number_before_it(daemon: Daemon) -> None:
    ledger = daemon.store.ledger
    ledger.add("captures not seen", "masked", 1, life.NOW)
    ledger.add("observations kept", "typed", 1_200, life.NOW)

    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot, "ledger")
        await shows(pilot, "2026-03-03       1  capture not seen · excluded")
        await shows(pilot, "2026-03-03   1,200  observations kept · typed by you")

    drive(daemon.client(), walk, (120, 60))


def test_no_name_of_the_program_s_own_is_shown(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot, "categories")
        await shows(pilot, "third persons")
        await go(pilot, "retention")
        await shows(pilot, "beliefs               until you forget it")
        await go(pilot, "encryption")
        await shows(pilot, "database              not encrypted", "index for search      in memory alone")

    drive(daemon.client(), walk, (120, 60))


def test_one_key_pauses_here_as_well(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await go(pilot, "recording")
        await pilot.press("p")
        await shows(pilot, "paused until 16:35", "Paused for 15 minutes.")
        assert daemon.service.status().paused

    drive(daemon.client(), walk)
