"""Prompts as the model's own chat template wants them."""

from __future__ import annotations

from typing import Any

import llama_cpp

from gum.errors import EngineError


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
