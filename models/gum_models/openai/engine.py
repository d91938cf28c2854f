"""The `openai` engine: a model on a server, behind the `Reasoner` protocol.  It is off unless the settings name it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

from gum.errors import EngineError, EngineInterruptedError
from gum_models.openai import keys
from gum_models.openai.asking import request
from gum_models.openai.probe import Capabilities, probed
from gum_models.openai.server import Server
from gum_models.openai.settings import settled
from gum_models.reasoning import ModelReasoner, Prompt, prompts

_Told = str | Exception | None


class OpenAiEngine(ModelReasoner):
    """The server that `config.openai` names.  The first question finds out what it can do."""

    name = "openai"

    def __init__(self, folder: Path, config: Any = None) -> None:
        super().__init__()
        self.settings = settled(config)
        self.characters = self.settings.characters
        self.server = Server(self.settings, keys.kept(folder), self._pause)
        self.capabilities: Capabilities | None = None
        self._trouble = ""
        self._probing = threading.Lock()
        self._asking: set[threading.Event] = set()
        self._stopped = threading.Event()

    @property
    def author(self) -> str:  # type: ignore[override]
        """The model, the server that it is on, and the version of the prompts."""
        model = self.capabilities.model if self.capabilities else self.settings.model or "model"
        return f"openai/{model}@{self.settings.where}/{prompts.VERSION}"

    @property
    def sees(self) -> bool:  # type: ignore[override]
        """Whether the server's model reads images; it is asked that when it has not been yet."""
        return self._known().sees

    @property
    def leaves_to(self) -> str:
        """Where what is inferred from is sent."""
        if self.settings.is_here:
            return f"{self.settings.where} (a server on this machine)"
        plain = "" if self.settings.address.startswith("https:") else ", not encrypted on the way"
        return f"{self.settings.where} (another machine{plain})"

    def complete(self, prompt: Prompt) -> str:
        """Return the model's whole answer."""
        return "".join(self.stream(prompt))

    def stream(self, prompt: Prompt) -> Generator[str]:
        """Yield the answer as it comes; `cancel` ends it at once, whatever the server is at."""
        known = self._known()
        body = request(prompt, self.settings, known.model, known.form, plain=known.plain)
        pieces: queue.SimpleQueue[_Told] = queue.SimpleQueue()
        end = threading.Event()
        self._asking.add(end)
        asking = threading.Thread(target=self._tell, args=(body, pieces, end), name="server answer", daemon=True)
        asking.start()
        try:
            while True:
                piece = self._next(pieces, end)
                if piece is None:
                    return
                if isinstance(piece, EngineError):
                    self._trouble = str(piece)
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        finally:
            end.set()
            self._asking.discard(end)

    def forward(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the server's own answer to a chat of somebody else's, by the model that the settings name."""
        return self.server.ask({**body, "model": self._model(), "stream": False})

    def forward_stream(self, body: dict[str, Any]) -> Iterator[str]:
        """Yield the lines of that answer as they come."""
        return self.server.lines({**body, "model": self._model()})

    def cancel(self) -> None:
        """Stop waiting for what the server is at; the connection is closed with its next word."""
        for end in list(self._asking):
            end.set()

    def condition(self) -> str:
        """Return in words where the server is, what it can do, and what went wrong last."""
        parts = [f"sends redacted texts and frames to {self.leaves_to}"]
        parts.append(str(self.capabilities) if self.capabilities else "not asked yet")
        return "; ".join([*parts, f"last trouble: {self._trouble}"] if self._trouble else parts)

    def close(self) -> None:
        """End every connection."""
        self._stopped.set()
        self.cancel()
        self.server.close()

    def _model(self) -> str:
        return self.settings.model or next(iter(self.server.models()), "")

    def _known(self) -> Capabilities:
        with self._probing:
            if self.capabilities is None:
                try:
                    self.capabilities = probed(self.server, self.settings.model, images=self.settings.images)
                except EngineError as error:
                    self._trouble = str(error)
                    raise
            return self.capabilities

    def _next(self, pieces: queue.SimpleQueue[_Told], end: threading.Event) -> _Told:
        while not end.is_set():
            try:
                return pieces.get(timeout=0.1)
            except queue.Empty:
                continue
        raise EngineInterruptedError("The server's answer was not waited for.")

    def _tell(self, body: dict[str, Any], pieces: queue.SimpleQueue[_Told], end: threading.Event) -> None:
        try:
            for piece in self.server.stream(body):
                if end.is_set():
                    return
                pieces.put(piece)
        except Exception as error:  # noqa: BLE001  # it is raised where the answer is waited for
            pieces.put(error)
        pieces.put(None)

    def _pause(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise EngineInterruptedError("The daemon was stopped.")
