"""Readers: text from pixels."""
