"""Whether anything leaves the machine."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.content import Content

from gum.client import Client
from gum_tui import phrases
from gum_tui.inert import inert
from gum_tui.topics.topic import Row, Shown, Topic, fact

SECONDS = 2.0


class Egress(Topic):
    """Looks at the daemon's connections for a moment; not asked for again by itself."""

    NAME = "egress"
    TITLE = "Does anything leave?"
    LIVE: ClassVar[bool] = False
    ASKING: ClassVar[str] = f"Watching the daemon's connections for {SECONDS:.0f} seconds …"

    def read(self, client: Client, now: datetime) -> Shown:  # noqa: ARG002
        seen = client.egress(SECONDS)
        safe = not seen.outside
        state = (
            "Nothing leaves this machine."
            if safe
            else f"{phrases.counted(len(seen.outside), 'connection')} to the outside!"
        )
        looked = (
            f"{seen.looks} looks in {seen.seconds:.0f} s at {phrases.counted(seen.processes, 'process', 'processes')}"
        )
        intro = Content.assemble(("✓ " if safe else "! ", "bold"), (state, "bold"), "\n", (looked, "$quiet"))
        rows = [Row(f"out {n}", fact("outside", f"{s.process} → {s.remote}")) for n, s in enumerate(seen.outside)]
        rows += [Row(f"listening {at}", fact("listens at", at)) for at in seen.listening]
        rows.append(Row("inside", fact("inside this machine", phrases.counted(seen.inside, "connection"))))
        rows += [Row(f"allowed {name}", fact("allowed by settings", inert(name))) for name in seen.allowed]
        rows += [] if seen.allowed else [Row("allowed", fact("allowed by settings", "nothing"))]
        return Shown(intro, tuple(rows))
