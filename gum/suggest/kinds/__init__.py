"""Kinds of suggestions, one module each; they come through the entry point group `gum.suggesters`."""
