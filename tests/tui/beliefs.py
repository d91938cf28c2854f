"""Finding a belief on the screen of all of them."""

from __future__ import annotations

from gum_tui.widgets.belief_detail import BeliefDetail
from gum_tui.widgets.belief_table import BeliefTable
from textual.pilot import Pilot

from tests.tui.driving import shows, until


def table(pilot: Pilot[None]) -> BeliefTable:
    return pilot.app.screen.query_one(BeliefTable)


async def open_belief(pilot: Pilot[None], id: int) -> None:
    """Go to Propositions and put the cursor on a belief."""
    await pilot.press("2")
    await until(pilot, lambda: table(pilot).rows, "the beliefs")
    assert table(pilot).choose(id)
    await until(pilot, lambda: pilot.app.screen.query_one(BeliefDetail).shown == id, "the detail")
    await shows(pilot, "History")
