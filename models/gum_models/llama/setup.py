"""Gets a model onto this machine: the library where it is missing, then the two files."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

from gum.errors import EngineError
from gum_models.llama.catalogue import CatalogueModel, catalogue, fitting, named
from gum_models.llama.download import Report, download

LIBRARY = "llama-cpp-python==0.3.36"
HUB = "https://huggingface.co"


class LlamaSetup:
    """The `llama` engine's needs; `mirror` is another address that serves the hub's paths."""

    name = "llama"

    def choices(self, memory_bytes: int) -> list[tuple[CatalogueModel, bool]]:
        """Return every model with whether it is the one that suits this much memory."""
        suits = fitting(memory_bytes)
        return [(model, model == suits) for model in catalogue()]

    def run(self, folder: Path, choice: str, memory_bytes: int, mirror: str, report: Report) -> str:
        """Make the engine ready below `folder`; return a sentence on what was done.  Raises EngineError."""
        model = named(choice) if choice else fitting(memory_bytes)
        if importlib.util.find_spec("llama_cpp") is None:
            _install_library(report)
        target = folder / "llama"
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        sums = {}
        for role, wanted in (("model", model.model), ("projector", model.projector)):
            address = f"{mirror or HUB}/{model.repository}/resolve/main/{wanted.file}"
            sums[role] = download(address, target / f"{role}.gguf", wanted.sha256, report)
        pinned = {"name": model.name, "title": model.title, "sha256": sums}
        (target / "model.json").write_text(json.dumps(pinned, indent=1), encoding="utf-8")
        return f"{model.title} is ready. sha256 of the model: {sums['model']}."


def _install_library(report: Report) -> None:
    report(f"building {LIBRARY}", 0, 0)
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", LIBRARY], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise EngineError(
            f"{LIBRARY} could not be installed; it needs a C++ compiler. pip says: {done.stderr.strip()[-300:]}"
        )
