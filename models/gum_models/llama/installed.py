"""The models on this machine: their files, the sums that they must have before they are loaded, and which is used.

Each lies in a folder of its own below `llama`; the file `in_use` names the one that the engine loads.  A home of an
earlier version holds a single model right in `llama`: where nothing is named, that one is used.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gum.errors import EngineError, EngineUnavailableError, nearest

ABSENT = "There is no model on this machine yet; 'gumctl models pull' gets one."
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")


@dataclass(frozen=True, slots=True)
class Installed:
    """A model's file, its projector's (None for one that cannot see), and what `model.json` says of them."""

    model: Path
    projector: Path | None
    note: Path

    @property
    def name(self) -> str:
        """The model's name, for authors."""
        return str(self.noted().get("name") or self.model.resolve().stem)

    @property
    def sums(self) -> dict[str, str]:
        """The sha256 that each file must have, by 'model' and 'projector'; empty where none is known yet."""
        found = self.noted().get("sha256")
        return {str(role): str(one) for role, one in found.items()} if isinstance(found, dict) else {}

    @property
    def bytes(self) -> int:
        """How much both files hold."""
        return sum(file.stat().st_size for file in self.files.values())

    @property
    def files(self) -> dict[str, Path]:
        """The files by 'model' and 'projector'."""
        return {"model": self.model} | ({"projector": self.projector} if self.projector else {})

    @property
    def pinned_here(self) -> set[str]:
        """The files whose sums nobody published: they are those that were got or first loaded here."""
        return set(self.noted().get("pinned_here", ()))

    def pin(self, sums: dict[str, str]) -> None:
        """Keep the sums of files that had none: from now on they must stay as they are."""
        known = {role: one for role, one in self.sums.items() if one}
        here = self.pinned_here | (set(sums) - set(known))
        self.tell(sha256=sums | known, pinned_here=sorted(here))

    def tell(self, **facts: Any) -> None:
        """Write facts into the note."""
        draft = self.note.with_suffix(".new")
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            json.dump(self.noted() | facts, file, indent=1)
        draft.replace(self.note)

    def trust(self) -> str:
        """Return in words against what the files are checked."""
        if self.pinned_here:
            return "checked against sums that were pinned here"
        return "checked against its published sha256" if self.sums.get("model") else "not checked yet"

    def noted(self) -> dict[str, Any]:
        """Return what `model.json` says; nothing where it cannot be read."""
        try:
            noted = json.loads(self.note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return noted if isinstance(noted, dict) else {}


def installed(folder: Path) -> Installed:
    """Return the model in use below a home's folder of models.  Raises EngineUnavailableError when there is none."""
    found = _within(_used(folder))
    if found is None:
        raise EngineUnavailableError(ABSENT)
    return found


def every(folder: Path) -> list[Installed]:
    """Return every model that is whole, by name."""
    top = folder / "llama"
    places = [top, *(sorted(one for one in top.iterdir() if one.is_dir()) if top.is_dir() else ())]
    found = (_within(place) for place in places)
    return sorted((one for one in found if one is not None), key=lambda one: one.name)


def of_name(folder: Path, name: str) -> Installed:
    """Return one model by its name.  Raises EngineError that names those there are."""
    known = {one.name: one for one in every(folder)}
    if name not in known:
        have = f"; there {'is' if len(known) == 1 else 'are'} {', '.join(known)}" if known else ""
        raise EngineError(f"There is no model {name!r} on this machine{have}.{nearest(name, known)}")
    return known[name]


def place(folder: Path, name: str) -> Path:
    """Return the folder that a model of this name gets.  Raises EngineError for what cannot be a name."""
    if not _NAME.fullmatch(name):
        raise EngineError(f"A model cannot be called {name!r}: use up to 64 small letters, digits, points and hyphens.")
    return folder / "llama" / name


def use(folder: Path, one: Installed) -> None:
    """Let the engine load this one from its next start on."""
    pointer = folder / "llama" / "in_use"
    if one.note.parent == pointer.parent:
        pointer.unlink(missing_ok=True)
        return
    draft = pointer.with_suffix(".new")
    draft.write_text(one.note.parent.name, encoding="utf-8")
    draft.replace(pointer)


def is_used(folder: Path, one: Installed) -> bool:
    """Return whether the engine loads this one."""
    return one.note.parent == _used(folder)


def remove(folder: Path, one: Installed) -> int:
    """Remove a model's files; return how many bytes went."""
    freed = one.bytes
    if one.note.parent == folder / "llama":
        for file in (*one.files.values(), one.note):
            file.unlink(missing_ok=True)
        return freed
    if is_used(folder, one):
        (folder / "llama" / "in_use").unlink()
    shutil.rmtree(one.note.parent)
    return freed


def _used(folder: Path) -> Path:
    top = folder / "llama"
    try:
        name = (top / "in_use").read_text(encoding="utf-8").strip()
    except OSError:
        return top
    return top / name if _NAME.fullmatch(name) else top


def _within(place: Path) -> Installed | None:
    model, projector = place / "model.gguf", place / "projector.gguf"
    return Installed(model, projector if projector.exists() else None, place / "model.json") if model.exists() else None
