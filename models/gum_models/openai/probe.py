"""What a server can do, found out once by asking: how it takes a schema, and whether it sees."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

from gum.errors import EngineError, EngineUnavailableError
from gum_models.openai.asking import Form, data_address, shaped
from gum_models.openai.server import RequestRefusedError, Server
from gum_models.reasoning import PromptTooLongError

#: Nothing that a model says of itself has this form, and no library's default does.
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "colour": {"enum": ["vermilion", "celadon"]},
        "number": {"type": "integer", "minimum": 4107, "maximum": 4111},
    },
    "required": ["colour", "number"],
    "additionalProperties": False,
}
_QUESTION = "Say good morning in one short sentence."
_TOKENS = 48
#: An image of so many tokens more shows in the count of the prompt's.
_IMAGE_TOKENS = 4
_SIDE = 112


@dataclass(frozen=True, slots=True)
class Capabilities:
    """The model that is asked, the strictest form that works, whether it sees, and whether only plain fields pass."""

    model: str
    form: Form
    sees: bool
    plain: bool

    def __str__(self) -> str:
        return f"{self.model}, answers held to their form by {self.form}, {'sees' if self.sees else 'text only'}"


def probed(server: Server, model: str, *, images: bool = True) -> Capabilities:
    """Ask a server what it can do; without `images` none is sent, and it counts as one that does not see.

    Raises EngineUnavailableError when it cannot be asked or serves no model.
    """
    chosen = model or next(iter(server.models()), "")
    if not chosen:
        raise EngineUnavailableError("The server serves no model; load one there, or name it in openai.model.")
    plain, tokens = _greeted(server, chosen)
    form = next((form for form in Form if form is not Form.NONE and _holds(server, chosen, form, plain)), Form.NONE)
    return Capabilities(chosen, form, images and _sees(server, chosen, plain, tokens), plain)


def _greeted(server: Server, model: str) -> tuple[bool, int]:
    """Return whether only plain fields pass, and the tokens of the bare question (0 where they are not told)."""
    try:
        return False, _tokens(server.ask(_body(model, _QUESTION, plain=False), tries=2))
    except RequestRefusedError:
        return True, _tokens(server.ask(_body(model, _QUESTION, plain=True)))


def _holds(server: Server, model: str, form: Form, plain: bool) -> bool:
    """Return whether an answer keeps to a form that was asked for; the question asks for something else."""
    question = _QUESTION
    if form is Form.JSON_OBJECT:  # without a schema no form is held but JSON's own
        question = "Answer with any JSON object."
    body = _body(model, question, plain=plain) | shaped(form, SCHEMA)
    try:
        said = _said(server.ask(body, tries=1))
    except (RequestRefusedError, PromptTooLongError):
        return False
    try:
        answer = json.loads(said)
    except ValueError:
        return False
    if form is Form.JSON_OBJECT:
        return isinstance(answer, dict)
    return (
        isinstance(answer, dict)
        and set(answer) == {"colour", "number"}
        and answer["colour"] in SCHEMA["properties"]["colour"]["enum"]
        and isinstance(answer["number"], int)
        and (form is not Form.GRAMMAR or 4107 <= answer["number"] <= 4111)
    )


def _sees(server: Server, model: str, plain: bool, tokens: int) -> bool:
    """Return whether an image is read: the prompt has more tokens with it than without."""
    parts = [
        {"type": "image_url", "image_url": {"url": data_address(_picture())}},
        {"type": "text", "text": _QUESTION},
    ]
    try:
        with_image = _tokens(server.ask(_body(model, parts, plain=plain), tries=1))
    except EngineError:
        return False
    return with_image - tokens >= _IMAGE_TOKENS if tokens and with_image else True


def _body(model: str, content: Any, *, plain: bool) -> dict[str, Any]:
    body = {"model": model, "messages": [{"role": "user", "content": content}], "max_tokens": _TOKENS, "temperature": 0}
    return body if plain else body | {"chat_template_kwargs": {"enable_thinking": False}, "cache_prompt": True}


def _said(answer: dict[str, Any]) -> str:
    try:
        return str(answer["choices"][0]["message"]["content"] or "")
    except (KeyError, IndexError, TypeError):
        return ""


def _tokens(answer: dict[str, Any]) -> int:
    usage = answer.get("usage")
    count = usage.get("prompt_tokens") if isinstance(usage, dict) else 0
    return count if isinstance(count, int) else 0


def _picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (_SIDE, _SIDE), "white").save(out, "PNG")
    return out.getvalue()
