"""Engines, readers and embedders, each by its entry point."""
