"""Embedders: texts to vectors, on this machine."""
