"""Assistants on this machine: their tokens, the way from their standard input to the daemon, and their settings."""
