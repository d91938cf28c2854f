"""Forgetting what the person asks for, and keeping no longer than they want."""
