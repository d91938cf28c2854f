"""Runs an action where it can write below one folder and reach nothing else."""

from gum.suggest.confine.run import confined

__all__ = ["confined"]
