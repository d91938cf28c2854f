"""The model's own process: JSON lines in on one private descriptor, JSON lines out on another.

Native code may abort, hang or be killed for memory; only this process goes with it.
"""

from __future__ import annotations

import base64
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from gum.errors import EngineError
from gum_models.llama.grammar import schema_to_grammar
from gum_models.llama.session import Session


def main() -> None:
    """Load the model named in argv[1], say so, then answer requests until the input ends."""
    settings = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold screen text
    with os.fdopen(settings["input"], "rb") as requests, os.fdopen(settings["output"], "wb", buffering=0) as replies:
        try:
            session = _load(settings)
        except Exception as error:  # noqa: BLE001  # whatever the native library raises is the parent's to report
            _send(replies, {"error": f"The model could not be loaded: {error}"})
            return
        _send(replies, {"ready": True})
        for line in requests:
            _send(replies, _answer(session, json.loads(line)))


def _load(settings: dict[str, Any]) -> Session:
    projector = Path(settings["projector"]) if settings["projector"] else None
    return Session(
        Path(settings["model"]),
        projector,
        context=settings["context"],
        threads=settings["threads"],
        image_tokens=settings["image_tokens"],
    )


def _answer(session: Session, request: dict[str, Any]) -> dict[str, Any]:
    try:
        answer = session.ask(
            request["system"],
            request["user"],
            [base64.b64decode(image) for image in request["images"]],
            grammar=schema_to_grammar(request["schema"]),
            max_tokens=request["max_tokens"],
            timeout_s=request["timeout_s"],
            seed=request["seed"],
        )
    except (EngineError, ValueError, RuntimeError) as error:
        return {"error": str(error)}
    return {
        "text": answer.text,
        "prompt_cells": answer.prompt_cells,
        "reused_cells": answer.reused_cells,
        "tokens": answer.tokens,
    }


def _send(replies: Any, message: dict[str, Any]) -> None:
    replies.write(json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    main()
