"""The tour of docs/tui.md: a wrong belief is seen, understood, set right and never inferred again, in few keys."""

from __future__ import annotations

from textual.pilot import Pilot

from gum.records import Status
from tests.tui.driving import Daemon, drive, shows, until

MOST_KEYS = 8


def test_a_wrong_belief_is_refused_for_good_with_its_reason_seen(daemon: Daemon) -> None:
    wrong = daemon.ids["trains"]

    def refused() -> bool:
        told = daemon.store.propositions.get(wrong)
        return told.status is Status.REJECTED and any(
            one.verdict == "never_infer" for one in daemon.store.verdicts.list("proposition", wrong)
        )

    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "The user travels by train on Fridays.")
        beliefs = pilot.app.screen.query_one("#beliefs")
        keys = 0
        while beliefs.chosen != str(wrong):
            await pilot.press("G" if not keys else "k")
            keys += 1
        await pilot.press("enter")
        await shows(pilot, "Evidence for", "“Departures on Friday evening”")
        await pilot.press("r")
        await until(pilot, lambda: daemon.store.propositions.get(wrong).status is Status.REJECTED, "the verdict")
        await pilot.press("n")
        await until(pilot, refused, "the refusal")
        assert keys + len(("enter", "r", "n")) <= MOST_KEYS

    drive(daemon.client(), walk)
