"""The built-in engine, which needs no model: it states what counting supports."""

from gum_models.statistical.engine import StatisticalEngine

__all__ = ["StatisticalEngine"]
