"""Accepts a suggestion on copies of a home, each time dying at the next file operation, as `kill -9` would have it.

Run as a program: `python -m tests.suggest.dying FOLDER ACTION STRIDE`; it forks once for each death, starts anew on
what is left, accepts again what was not accepted, takes it back, and says of each 'whole', or what was wrong.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from gum.config import Config
from gum.paths import Home
from gum.records import Suggestion
from gum.store import Store
from gum.suggest.actions.calendar import CalendarAction
from gum.suggest.actions.note import NoteAction
from gum.suggest.pipeline import Suggesting
from tests.deaths import die_at
from tests.store.conftest import START

WATCHED = frozenset({"open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate"})
PAYLOADS = {
    "note": {"title": "Sources", "markdown": "# Sources\n"},
    "calendar": {"summary": "Hand in the report", "date": "2026-03-06"},
}


def opened(store: Store, root: Path) -> Suggesting:
    """Start on a store, as the daemon does."""
    config = Config.model_validate({"suggest": {"calendar_file": str(root / "mine.ics")}})
    actions = {"note": NoteAction(), "calendar": CalendarAction(config)}
    return Suggesting(store, {}, actions, config, root / "output", lambda: START)


def made(root: Path) -> int:
    """Return how many files and calendar entries there are, drafts and hidden ones too."""
    found = [path for path in root.rglob("*") if path.is_file() and root / "home" not in path.parents]
    calendars = [path for path in found if path.name == "mine.ics"]
    entries = sum(path.read_text().count("BEGIN:VEVENT") for path in calendars)
    return len(found) - len(calendars) + entries


def prepare(root: Path, action: str) -> int:
    """Make a home with one open suggestion; return its id."""
    with Store.open(Home(root / "home"), now=lambda: START) as store:
        offer = Suggestion("x", "Keep it", "", action, PAYLOADS[action], (), "shown", {"p": 0.7}, "one", START)
        kept = store.suggestions.add(offer)
        assert kept is not None
        return kept.id


def accept(root: Path, id: int) -> None:
    with Store.open(Home(root / "home"), now=lambda: START) as store:
        store.sql.database.conn.set_progress_handler(lambda: sys.audit("os.truncate") or 0, 20)
        opened(store, root).accept(id)


def wrong(root: Path, id: int) -> str:
    """Start anew on what a death left and return what is wrong with it; empty when it is whole."""
    with Store.open(Home(root / "home"), now=lambda: START) as store:
        suggesting = opened(store, root)
        known = store.suggestions.get(id)
        if made(root) != (known.status == "accepted") or known.intent:
            return f"{known.status}, and {made(root)} were made"
        if known.status != "accepted":
            suggesting.accept(id)
        if made(root) != 1:
            return f"accepted again, {made(root)} were made"
        if [one.verdict for one in store.verdicts.list("suggestion", id)] != ["accept"]:
            return "the acceptance stands twice, or not at all"
        suggesting.undo(id)
        return f"taken back, {made(root)} are left" if made(root) else ""


def main(folder: str, action: str, stride: str) -> None:
    template, step = Path(folder) / "template", 1
    id = prepare(template, action)
    while True:
        copy = template.with_name(f"dying-{step}")
        shutil.copytree(template, copy)
        child = os.fork()
        if child == 0:
            die_at(step, WATCHED)
            accept(copy, id)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(step, code, wrong(copy, id) or "whole", flush=True)
        shutil.rmtree(copy)
        if code == 0:
            break
        step += int(stride)


if __name__ == "__main__":
    main(*sys.argv[1:])
