"""An example for every request and answer of the API's description, made from its schema, and words for its parameters.

A field's own example comes first; then what a field of that name commonly holds, where the schema allows it; then the
smallest value of its type.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

_INSTANT = "2026-03-02T09:00:00Z"
_BY_NAME: dict[str, Any] = {
    "id": 5,
    "text": "The user writes a thesis on beetles.",
    "query": "thesis",
    "question": "What do I work on?",
    "note": "",
    "title": "Chapter 3.odt",
    "app": "LibreOffice",
    "kind": "text",
    "name": "editor",
    "probability": 0.85,
    "likelihood": "very likely",
    "quote": "Chapter 3: Elytra",
    "observer": "exercise-log",
    "source": "exercise-log:2026-03-02",
    "url": "",
    "engine": "statistical/1",
    "limit": 10,
    "detail": "There is no proposition 77.",
    "status": "active",
    "domain": "films",
    "category": "health",
    "pattern": "keepassxc",
    "sha": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}
#: What a parameter of a name means on every route that does not say it itself.
_MEANINGS = {
    "id": "The number by which lists tell it.",
    "name": "Its name, as the list tells it.",
    "limit": "At most so many.",
    "cursor": "The `next` of the page before; the first page when absent.",
    "query": "Words; what fits them best comes first.",
    "kind": "Only of this kind; several may be given.",
    "status": "Only what stands so; several may be given.",
    "theme": "Only this topic; several may be given.",
    "durability": "Only what lasts so long; several may be given.",
    "trust": "Only what rests on such sources; several may be given.",
    "engine": "Only what this engine and version has made.",
    "sort": "The order; with '-' the largest first.",
    "min_probability": "Nothing less likely.",
    "since": "Only what was from then on.",
    "until": "Only what was until then.",
    "app": "The application, by its window class.",
    "title": "The window's title.",
    "url": "The address of the page in it.",
    "pattern": "What the rule hides.",
    "client": "Only this client; 'you' is the person's own token.",
    "decision": "Only what was decided so.",
    "category": "A sensitive category, as the list tells it.",
    "max_tokens": "How long the answer may be, reckoned at three bytes a token.",
    "days": "So many days up to today.",
    "episode": "Only what belongs to this episode.",
    "sha": "The SHA-256 by which observations name it.",
    "seconds": "For so long.",
    "diversity": "Prefer hits that are unlike each other.",
    "recency": "Let what was supported lately weigh a bit more.",
    "format": "JSON Lines for programs, Markdown for people.",
}
_BY_FORMAT = {"date-time": _INSTANT, "date": "2026-03-02", "time": "09:00:00", "uri": "https://example.org/"}
_DEEPEST = 6


def describe(document: dict[str, Any]) -> None:
    """Add an example to every JSON body of an OpenAPI document that has none, and words to every parameter."""
    known = document.get("components", {}).get("schemas", {})
    for operations in document["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", []):
                _explain(parameter, known)
            bodies = [operation.get("requestBody", {}), *operation.get("responses", {}).values()]
            for media in (one.get("content", {}).get("application/json") for one in bodies):
                if media and "schema" in media and "example" not in media:
                    media["example"] = example(media["schema"], known)


def _explain(parameter: dict[str, Any], known: Mapping[str, Schema]) -> None:
    name = parameter["name"]
    parameter.setdefault("description", _MEANINGS.get(name, ""))
    if parameter.get("required"):
        parameter.setdefault("example", example(parameter["schema"], known, name))


def example(schema: Schema, known: Mapping[str, Schema], name: str = "", depth: int = 0) -> Any:
    """Return a value that the schema allows; `known` are the schemas that it refers to."""
    if "$ref" in schema:
        return example(known[schema["$ref"].rpartition("/")[2]], known, name, depth)
    for key in ("const", "default"):
        if key in schema and not (key == "default" and schema[key] in (None, "")):
            return schema[key]
    if schema.get("examples"):
        return schema["examples"][0]
    if schema.get("enum"):
        return schema["enum"][0]
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return _one_of(schema[key], known, name, depth)
    return _of_type(schema, known, name, depth)


def _one_of(choices: list[Schema], known: Mapping[str, Schema], name: str, depth: int) -> Any:
    if depth > _DEEPEST and any(one.get("type") == "null" for one in choices):
        return None
    return example(next((one for one in choices if one.get("type") != "null"), choices[0]), known, name, depth)


def _of_type(schema: Schema, known: Mapping[str, Schema], name: str, depth: int) -> Any:
    match schema.get("type"):
        case "object":
            fields = schema.get("properties", {})
            return {key: example(field, known, key, depth + 1) for key, field in fields.items()}
        case "array":
            least = schema.get("minItems", 0)
            if depth > _DEEPEST and not least:
                return []
            items = schema.get("prefixItems") or [schema.get("items", {})] * max(1, least)
            return [example(one, known, name.removesuffix("s"), depth + 1) for one in items]
        case "string":
            return _string(schema, name)
        case "integer" | "number":
            return _number(schema, name)
        case "boolean":
            return True
    return None


def _string(schema: Schema, name: str) -> str:
    common = _BY_FORMAT.get(schema.get("format", "")) or _BY_NAME.get(name)
    if isinstance(common, str) and len(common) >= schema.get("minLength", 0):
        return common
    return "text" if "pattern" not in schema else ""


def _number(schema: Schema, name: str) -> float:
    common = _BY_NAME.get(name)
    least = schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
    most = schema.get("maximum", schema.get("exclusiveMaximum"))
    value = common if isinstance(common, int | float) and not isinstance(common, bool) else least
    value = max(value, least) if most is None else min(max(value, least), most)
    return int(value) if schema["type"] == "integer" else value
