"""The `llama` engine: a GGUF model and its projector in a process of their own, behind the `Reasoner` protocol."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

from gum.errors import EngineError, EngineUnavailableError
from gum.protocols import WorkerState
from gum_models.llama.installed import installed
from gum_models.llama.library import lacking
from gum_models.llama.settings import settled
from gum_models.llama.supervisor import Supervisor
from gum_models.reasoning import ModelReasoner, Prompt, prompts

_URGENT = (prompts.ANSWER_SCHEMA, prompts.REWRITE_SCHEMA)


class LlamaEngine(ModelReasoner):
    """The model in use below `folder`; `config.llama` has its settings.  The first question loads it."""

    name = "llama"

    def __init__(self, folder: Path, config: Any = None) -> None:
        super().__init__()
        self.files = installed(folder)
        if why := lacking():
            raise EngineUnavailableError(why)
        self.settings = settled(getattr(config, "llama", None))
        self.characters = self.settings.characters
        self.sees = self.files.projector is not None
        self.author = f"llama/{self.files.name}/{prompts.VERSION}"
        self.supervisor = Supervisor(self.files, self.settings)

    def complete(self, prompt: Prompt) -> str:
        """Return the model's answer; a question of the person interrupts any other work."""
        return self.supervisor.ask(prompt, urgent=prompt.schema in _URGENT)

    def stream(self, prompt: Prompt) -> Generator[str]:
        """Yield the answer as it comes; a reader that stops listening stops the model."""
        pieces: queue.SimpleQueue[str | EngineError | None] = queue.SimpleQueue()
        asking = threading.Thread(target=self._tell, args=(prompt, pieces), name="model answer", daemon=True)
        asking.start()
        ended = False
        try:
            while (piece := pieces.get()) is not None:
                if isinstance(piece, EngineError):
                    ended = True  # the model may be at another's question by now
                    raise piece
                yield piece
            ended = True
        finally:
            if not ended:
                self.supervisor.cancel()

    def cancel(self) -> None:
        """Stop what the model is at."""
        self.supervisor.cancel()

    def condition(self) -> str:
        """Return in words how the model is: in memory or not, its files' trust, what went wrong last."""
        held = self.supervisor.memory_bytes()
        parts = [f"in memory, {held / 1e9:.1f} GB" if held else "not in memory", self.files.trust()]
        health = self.supervisor.health
        if health.deaths:
            often = "once" if health.deaths == 1 else f"{health.deaths} times"
            parts.append(f"its process has died {often}, last trouble: {health.trouble}")
        elif self.supervisor.refused:
            parts.append(self.supervisor.refused)
        return "; ".join(parts)

    def worker(self) -> WorkerState:
        """Return how the model's process is and how it has fared."""
        return self.supervisor.state()

    def rest(self) -> None:
        """End the process at once, unless it is at work."""
        self.supervisor.rest()

    def close(self) -> None:
        """End the worker and give its memory back."""
        self.supervisor.close()

    def _tell(self, prompt: Prompt, pieces: queue.SimpleQueue[str | EngineError | None]) -> None:
        try:
            self.supervisor.ask(prompt, urgent=True, tell=pieces.put)
        except EngineError as error:
            pieces.put(error)
        pieces.put(None)
