"""JSON schema to a grammar that llama.cpp enforces exactly: strict strings, integer ranges, lengths.

Supported: objects (all properties, in order), arrays with maxItems, strings with maxLength and a pattern that names
what they begin with, integers with a range, booleans, enum, const.  Anything else raises instead of being ignored.
"""

from __future__ import annotations

import json
import re
from typing import Any

from gum.errors import EngineError

MAX_REPEAT = 2000  # llama.cpp refuses more
_PLAIN_BEGINNING = re.compile(r"\^[A-Za-z ,']*")
_CHARACTER = r'[^"\\\x00-\x1F\x7F] | "\\" ["\\/bfnrt]'


def schema_to_grammar(schema: dict[str, Any]) -> str:
    """Return a GBNF grammar whose root is `schema`; one blank is allowed after ':' and ','."""
    builder = _Builder()
    top = builder.visit(schema)
    rules = {"sp": '" "?', **builder.rules}
    return f"root ::= {top}\n" + "".join(f"{name} ::= {body}\n" for name, body in rules.items())


class _Builder:
    def __init__(self) -> None:
        self.rules: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def visit(self, schema: dict[str, Any]) -> str:
        if "const" in schema:
            return self._rule(_json_literal(schema["const"]))
        if "enum" in schema:
            return self._rule(" | ".join(_json_literal(value) for value in schema["enum"]))
        shape = getattr(self, f"_{schema.get('type')}", None)
        if shape is None:
            raise EngineError(f"A schema of type {schema.get('type')!r} cannot be turned into a grammar.")
        return str(shape(schema))

    def _boolean(self, _: dict[str, Any]) -> str:
        return self._rule('"true" | "false"')

    def _integer(self, schema: dict[str, Any]) -> str:
        low, high = schema["minimum"], schema["maximum"]
        return self._rule(" | ".join(f'"{number}"' for number in range(low, high + 1)))

    def _string(self, schema: dict[str, Any]) -> str:
        high = schema["maxLength"]
        if high > MAX_REPEAT:
            raise EngineError(f"A string in a schema may have at most {MAX_REPEAT} characters, not {high}.")
        begins = _beginning(schema.get("pattern", "^"))
        least, most = max(0, schema.get("minLength", 0) - len(begins)), high - len(begins)
        first = f" {_literal(begins)}" if begins else ""
        return self._rule(f'"\\""{first} {self._rule(_CHARACTER)}{{{least},{most}}} "\\""')

    def _array(self, schema: dict[str, Any]) -> str:
        low, high = schema.get("minItems", 0), schema["maxItems"]
        item = self.visit(schema["items"])
        tail = f'("," sp {item}){{{max(low - 1, 0)},{high - 1}}}' if high > 1 else ""
        body = f'"[" {item} {tail} "]"'
        return self._rule(body if low else f'"[]" | {body}')

    def _object(self, schema: dict[str, Any]) -> str:
        parts = [
            f"{_literal(json.dumps(key) + ':')} sp {self.visit(value)}" for key, value in schema["properties"].items()
        ]
        return self._rule('"{" ' + ' "," sp '.join(parts) + ' "}"')

    def _rule(self, body: str) -> str:
        if body not in self._names:
            self._names[body] = f"r{len(self.rules)}"
            self.rules[self._names[body]] = body
        return self._names[body]


def _beginning(pattern: str) -> str:
    """Return what strings of a pattern begin with.  Raises EngineError for a pattern that says more."""
    if not _PLAIN_BEGINNING.fullmatch(pattern):
        raise EngineError(f"The pattern {pattern!r} in a schema cannot be turned into a grammar.")
    return pattern.removeprefix("^")


def _json_literal(value: Any) -> str:
    return _literal(json.dumps(value, ensure_ascii=False))


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
