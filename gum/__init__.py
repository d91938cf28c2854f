"""A model of the person at this computer, made and kept on this computer only."""

__version__ = "0.1.0"
