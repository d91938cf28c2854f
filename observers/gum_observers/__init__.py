"""Observers and desktop backends, each by its entry point."""
