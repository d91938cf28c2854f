"""Encryption at rest: one random key for a home, sealed by what the person holds."""
