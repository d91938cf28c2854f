"""A chat in the form that OpenAI-compatible servers take."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["ChatIn"]


class ChatIn(BaseModel):
    """A chat; what is not named here is passed on as it is."""

    model_config = ConfigDict(frozen=True, extra="allow")

    messages: list[dict[str, Any]] = Field(min_length=1, max_length=2000)
    stream: bool = False
