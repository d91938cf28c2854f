"""Prompts as the model's own chat template wants them; nothing in our text can speak as a control token."""

from __future__ import annotations

import re
from typing import Any

import llama_cpp

from gum.errors import EngineError

_CONTROL = re.compile(
    r"<(?=[|_]|/?s>|/?(?:start_of|end_of|bos|eos|unk|pad|image|img|audio|video|fake_token|global-img|row_\d|think|tool)\w*)"
    r"|\[(?=/?(?:INST|IMG|AVAILABLE_TOOLS|TOOL_CALLS)\b)|(?<=\|)>",
    re.IGNORECASE,
)


def neutral(text: str) -> str:
    """Return text in which no control token and no media marker survives, and which can be encoded."""
    return _CONTROL.sub(lambda found: f"{found.group()}\u200b", text).encode("utf-8", "replace").decode()


class ChatTemplate:
    """The template that a model's file carries, whatever form of message it wants."""

    def __init__(self, template: str | None) -> None:
        if not template:
            raise EngineError("The model's file holds no chat template; pull an instruct model.")
        formatter = llama_cpp.llama_chat_format.Jinja2ChatFormatter
        self._formatter = formatter(template=template, eos_token="", bos_token="")

    def render(self, system: str, user: str) -> str:
        """Return the prompt of a system text and one message.  Raises EngineError when the template loses one."""
        for messages in _forms(system, user):
            try:
                prompt = str(self._formatter(messages=messages, enable_thinking=False).prompt)
            except Exception:  # noqa: BLE001, S112  # a template is a program and may raise anything; the next form is tried
                continue
            if system in prompt and user in prompt:
                return prompt
        raise EngineError("The model's chat template takes no system text and message; pull an instruct model.")


def _forms(system: str, user: str) -> list[list[dict[str, Any]]]:
    """Return the messages in each form that templates are written for: texts, lists of parts, no system text."""

    def parts(text: str) -> list[dict[str, str]]:
        return [{"type": "text", "text": text}]

    joined = f"{system}\n\n{user}"
    return [
        [{"role": "system", "content": system}, {"role": "user", "content": user}],
        [{"role": "system", "content": parts(system)}, {"role": "user", "content": parts(user)}],
        [{"role": "user", "content": joined}],
        [{"role": "user", "content": parts(joined)}],
    ]
