"""The Model Context Protocol at /mcp: tools, resources and prompts for assistants, in both eras of the protocol.

A tool is one module in `tools/`, named after the tool, that defines `TOOL`; adding it to `tools.TOOLS` offers it.  Who
asks has passed the guard as on any route; each tool names the scope that it needs, and a client is shown the tools that
it may use.
"""
