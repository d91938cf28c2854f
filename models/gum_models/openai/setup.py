"""What `gumctl models` can do for the `openai` engine: keep the server's key.  Its models are got on the server."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Never

from gum.errors import EngineError
from gum.protocols import CheckedFile, KeptModel, Offer, Report
from gum_models.openai import keys


class OpenAiSetup:
    """A server's models are not ours to get, check or measure."""

    name = "openai"

    def lacking(self) -> str:
        """Return nothing: HTTP is all it needs."""
        return ""

    def offers(self) -> Sequence[Offer]:
        """Return nothing."""
        return ()

    def fitting(self, memory_bytes: int) -> str:
        """Return no name."""
        del memory_bytes
        return ""

    def kept(self, folder: Path) -> Sequence[KeptModel]:
        """Return nothing."""
        del folder
        return ()

    def elsewhere(self) -> Sequence[str]:
        """Return nothing."""
        return ()

    def pull(self, folder: Path, model: str, mirror: str, report: Report) -> KeptModel:
        """Refuse."""
        _refuse("got", folder, model, mirror, report)

    def take(self, folder: Path, source: str, projector: str, name: str, report: Report) -> KeptModel:
        """Refuse."""
        _refuse("taken over", folder, source, projector, name, report)

    def use(self, folder: Path, model: str) -> KeptModel:
        """Refuse."""
        _refuse("chosen", folder, model)

    def remove(self, folder: Path, model: str) -> int:
        """Refuse."""
        _refuse("removed", folder, model)

    def verify(self, folder: Path, model: str, report: Report) -> Sequence[CheckedFile]:
        """Refuse."""
        _refuse("checked", folder, model, report)

    def bench(self, folder: Path, config: Any, report: Report) -> dict[str, Any]:
        """Refuse."""
        _refuse("measured", folder, config, report)

    def keep_key(self, folder: Path, key: str, by_file: bool) -> str:
        """Keep the server's key in the system keyring or in a file that only the person can read."""
        return keys.keep(folder, key, by_file)


def _refuse(done: str, *_: object) -> Never:
    raise EngineError(
        f"A server's models are {done} on the server; name it in openai.address, its model in openai.model, and "
        "set infer.engine to 'openai'."
    )
