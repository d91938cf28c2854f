"""forget_memory: one memory goes, as `gumctl forget --proposition` does."""

from __future__ import annotations

from datetime import datetime

from gum.api.access import Caller, Scope
from gum.api.backend import Backend
from gum.api.mcp.tool import Id, Told, Tool
from gum.api.versions import visible
from gum.forget.selection import Selection
from gum.wire.base import Request, Wire


class Arguments(Request):
    id: Id


class Gone(Wire):
    """What was forgotten; until `erase_at` the person can bring it back as `forgetting`."""

    forgetting: int
    erase_at: datetime


def run(behind: Backend, caller: Caller, asked: Arguments) -> Told:
    visible(behind, caller, asked.id)
    done, _ = behind.forget(Selection(proposition=asked.id))
    until = f"{done.erase_at:%Y-%m-%d %H:%M} UTC"
    return Told(
        f"Forgotten. Until {until} the user can bring it back: gumctl forget undo {done.id}",
        Gone(forgetting=done.id, erase_at=done.erase_at),
    )


TOOL = Tool(
    name="forget_memory",
    title="Forget a memory",
    description="Use only when the user asks for it: the memory is gone at once, and for good after the time to undo.",
    scope=Scope.WRITE,
    arguments=Arguments,
    answer=Gone,
    run=run,
    changes=True,
    destructive=True,
)
