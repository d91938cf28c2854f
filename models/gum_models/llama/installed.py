"""The files of the model in use, and the sums that they must have before they are loaded."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gum.errors import EngineUnavailableError

ABSENT = "There is no model on this machine yet; 'gumctl models add' gets one."


@dataclass(frozen=True, slots=True)
class Installed:
    """A model's file, its projector's (None for one that cannot see), and what `model.json` says of them."""

    model: Path
    projector: Path | None
    note: Path

    @property
    def name(self) -> str:
        """The model's name, for authors."""
        return str(self._noted().get("name") or self.model.resolve().stem)

    @property
    def sums(self) -> dict[str, str]:
        """The sha256 that each file must have, by 'model' and 'projector'; empty where none is known yet."""
        found = self._noted().get("sha256")
        return {str(role): str(one) for role, one in found.items()} if isinstance(found, dict) else {}

    @property
    def bytes(self) -> int:
        """How much both files hold."""
        return sum(file.stat().st_size for file in (self.model, self.projector) if file is not None)

    def pin(self, sums: dict[str, str]) -> None:
        """Keep the sums of files that had none: from now on they must stay as they are."""
        noted = self._noted()
        known = {role: one for role, one in self.sums.items() if one}
        here = {*noted.get("pinned_here", []), *(set(sums) - set(known))}
        noted |= {"sha256": sums | known, "pinned_here": sorted(here)}
        draft = self.note.with_suffix(".new")
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            json.dump(noted, file, indent=1)
        draft.replace(self.note)

    def trust(self) -> str:
        """Return in words against what the files are checked."""
        if self._noted().get("pinned_here"):
            return "checked against the sums that it had when it was first loaded here"
        return "checked against its sha256" if self.sums.get("model") else "not checked yet"

    def _noted(self) -> dict[str, Any]:
        try:
            noted = json.loads(self.note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return noted if isinstance(noted, dict) else {}


def installed(folder: Path) -> Installed:
    """Return the model in use below a home's folder of models.  Raises EngineUnavailableError when there is none."""
    place = folder / "llama"
    model, projector = place / "model.gguf", place / "projector.gguf"
    if not model.exists():
        raise EngineUnavailableError(ABSENT)
    return Installed(model, projector if projector.exists() else None, place / "model.json")
