"""A set-up of a stranger's engine: it offers one model, which it makes up."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gum import plugins
from gum.errors import EngineError
from gum.protocols import CheckedFile, KeptModel, Offer, OfferedFile, Report

TINY = Offer("tiny", "Tiny", "MIT", "us/tiny", "none", 4, 10, (OfferedFile("tiny.gguf", 100, ""),))
BENCH = {"model": "tiny", "threads": 1, "generation_tokens_per_s": 4.5, "episode_s": 60.0, "episode_cpu_s": 90.0}


class SmallSetup:
    """Keeps a model as one small file; `go_on` lets a pull end."""

    name = "small"
    go_on = threading.Event()
    lacks = ""

    def lacking(self) -> str:
        return self.lacks

    def offers(self) -> Sequence[Offer]:
        return [TINY]

    def fitting(self, memory_bytes: int) -> str:
        return "tiny"

    def kept(self, folder: Path) -> Sequence[KeptModel]:
        return [self._told(file) for file in sorted(folder.glob("*.small"))]

    def pull(self, folder: Path, model: str, mirror: str, report: Report) -> KeptModel:
        if model != "tiny":
            raise EngineError(f"There is no model {model!r}.")
        report("tiny.gguf", 5, 100)
        report("tiny.gguf", 10, 100)
        assert self.go_on.wait(10)
        report("tiny.gguf", 100, 100)
        return self._put(folder, model)

    def elsewhere(self) -> Sequence[str]:
        return ["ollama:tiny:latest"]

    def take(self, folder: Path, source: str, projector: str, name: str, report: Report) -> KeptModel:
        return self._put(folder, name or Path(source).stem)

    def use(self, folder: Path, model: str) -> KeptModel:
        for file in folder.glob("*.small"):
            file.write_text("used" if file.stem == model else "")
        return self._told(folder / f"{model}.small")

    def remove(self, folder: Path, model: str) -> int:
        (folder / f"{model}.small").unlink()
        return 100

    def verify(self, folder: Path, model: str, report: Report) -> Sequence[CheckedFile]:
        return [CheckedFile("tiny.gguf", "0" * 64, model != "bad", "its published sum")]

    def bench(self, folder: Path, config: Any, report: Report) -> dict[str, Any]:
        return dict(BENCH)

    def keep_key(self, folder: Path, key: str, by_file: bool) -> str:
        (folder / "key").write_text(key)
        return "Kept."

    def _put(self, folder: Path, name: str) -> KeptModel:
        (folder / f"{name}.small").write_text("" if self.kept(folder) else "used")
        return self._told(folder / f"{name}.small")

    def _told(self, file: Path) -> KeptModel:
        return KeptModel(file.stem, file.stem.title(), 100, "us", "not checked yet", bool(file.read_text()), False)


@contextmanager
def small_setup() -> Iterator[type[SmallSetup]]:
    """Offer the set-up; its pulls end at once unless `go_on` is cleared."""
    plugins.register("gum.setups", "small", SmallSetup)
    SmallSetup.go_on.set()
    try:
        yield SmallSetup
    finally:
        SmallSetup.go_on.set()
        SmallSetup.lacks = ""
        plugins.unregister("gum.setups", "small")
