"""A prompt as a request, in each of the forms in which servers take a schema."""

from __future__ import annotations

import base64
import json
from enum import StrEnum
from typing import Any

from gum_models.llama.grammar import schema_to_grammar
from gum_models.openai.settings import Settings
from gum_models.reasoning import Prompt
from gum_models.reasoning.control import neutral
from gum_models.reasoning.pictures import fitted


class Form(StrEnum):
    """How a server is told the form of its answer, the strictest first.

    A grammar of ours holds every length and range; what a server makes of a schema differs.
    """

    GRAMMAR = "grammar"
    JSON_SCHEMA = "json_schema"
    JSON_OBJECT_SCHEMA = "json_object with schema"
    JSON_OBJECT = "json_object"
    NONE = "none"


def request(prompt: Prompt, settings: Settings, model: str, form: Form, *, plain: bool) -> dict[str, Any]:
    """Return the body of a question; with `plain` it has no field beyond those that every server knows."""
    body: dict[str, Any] = {
        "model": model,
        "messages": [
            {"role": "system", "content": neutral(prompt.system).strip()},
            {"role": "user", "content": _content(prompt, settings, form)},
        ],
        "max_tokens": prompt.max_tokens,
        "temperature": settings.temperature,
        "seed": settings.seed,
    }
    if not plain:
        body["chat_template_kwargs"] = {"enable_thinking": False}
        body["cache_prompt"] = True
    return body | shaped(form, prompt.schema)


def shaped(form: Form, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that ask for an answer of a schema."""
    if form is Form.GRAMMAR:
        return {"grammar": schema_to_grammar(schema)}
    schema = _without_patterns(schema)
    match form:
        case Form.JSON_SCHEMA:
            named = {"name": "answer", "strict": True, "schema": schema}
            return {"response_format": {"type": "json_schema", "json_schema": named}}
        case Form.JSON_OBJECT_SCHEMA:
            return {"response_format": {"type": "json_object", "schema": schema}}
        case Form.JSON_OBJECT:
            return {"response_format": {"type": "json_object"}}
        case _:
            return {}


def _without_patterns(schema: Any) -> Any:
    """Return a schema without the patterns in it: servers differ in what they make of one beside a length."""
    if isinstance(schema, dict):
        return {key: _without_patterns(value) for key, value in schema.items() if key != "pattern"}
    return [_without_patterns(value) for value in schema] if isinstance(schema, list) else schema


def _content(prompt: Prompt, settings: Settings, form: Form) -> str | list[dict[str, Any]]:
    """Return the message: a text, or where there are images parts, the images between the material and the task."""
    shared, task = neutral(prompt.shared), neutral(prompt.task).strip()
    if form in (Form.JSON_OBJECT, Form.NONE):
        task += f"\nAnswer with one JSON document of this schema and nothing else:\n{json.dumps(prompt.schema)}"
    if not prompt.images:
        return f"{shared}{task}"
    images = [
        {"type": "image_url", "image_url": {"url": data_address(fitted(image, settings.image_tokens))}}
        for image in prompt.images
    ]
    before = [{"type": "text", "text": shared}] if shared else []
    return [*before, *images, {"type": "text", "text": task}]


def data_address(png: bytes) -> str:
    """Return an image as an address that holds it."""
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"
