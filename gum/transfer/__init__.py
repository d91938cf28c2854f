"""Out and in: exports as JSON Lines, Markdown and whole archives; restoring those, and bringing in other programs'."""
