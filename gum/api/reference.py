"""The API's reference as one page without scripts, styles or anything else from elsewhere."""

from __future__ import annotations

import json
from html import escape
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")


def page(schema: dict[str, Any]) -> str:
    """Return the OpenAPI description as HTML."""
    parts = [
        _operation(method, path, operations[method])
        for path, operations in sorted(schema["paths"].items())
        for method in METHODS
        if method in operations
    ]
    title = escape(f"{schema['info']['title']} {schema['info']['version']}")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1><p>The same as OpenAPI: <code>/v1/openapi.json</code></p>{''.join(parts)}</html>"
    )


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    parameters = "".join(_parameter(one) for one in operation.get("parameters", []))
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    scopes = " or ".join(operation.get("x-scopes", [])) or "any"
    return (
        f"<h2><code>{method.upper()} {escape(path)}</code></h2><p>{escape(operation.get('description', ''))}</p>"
        + f"<p>Scope: {escape(scopes)}</p>"
        + (f"<p>Body, such as</p><pre>{escape(_json(body['example']))}</pre>" if "example" in body else "")
        + (f"<ul>{parameters}</ul>" if parameters else "")
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _parameter(parameter: dict[str, Any]) -> str:
    needed = " (needed)" if parameter.get("required") else ""
    return f"<li><code>{escape(parameter['name'])}</code>{needed} {escape(parameter.get('description', ''))}</li>"
