"""What is done for an accepted suggestion beside its files: the clipboard, opening, the person's calendar."""

from gum.suggest.effects.effects import Effects

__all__ = ["Effects"]
