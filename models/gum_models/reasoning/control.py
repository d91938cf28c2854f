"""Text from a screen with nothing in it that a chat template or a server takes for a control token."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    r"<(?=[|_]|/?s>|/?(?:start_of|end_of|bos|eos|unk|pad|image|img|audio|video|fake_token|global-img|row_\d|think|tool)\w*)"
    r"|\[(?=/?(?:INST|IMG|AVAILABLE_TOOLS|TOOL_CALLS)\b)|(?<=\|)>",
    re.IGNORECASE,
)


def neutral(text: str) -> str:
    """Return text in which no control token and no media marker survives, and which can be encoded."""
    return _CONTROL.sub(lambda found: f"{found.group()}\u200b", text).encode("utf-8", "replace").decode()
