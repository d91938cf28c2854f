"""The tools, one module each."""

from __future__ import annotations

from typing import Any

from gum.api.mcp.tool import Tool
from gum.api.mcp.tools import (
    add_memory,
    forget_memory,
    get_memory,
    get_preferences,
    get_suggestions,
    get_user_context,
    give_feedback,
    search_memories,
)

#: In the order in which they are listed.
TOOLS: tuple[Tool[Any], ...] = (
    get_user_context.TOOL,
    get_preferences.TOOL,
    get_suggestions.TOOL,
    search_memories.TOOL,
    get_memory.TOOL,
    add_memory.TOOL,
    give_feedback.TOOL,
    forget_memory.TOOL,
)
