"""What is never seen: `seeded` lists what nobody wants seen, `rules` says what a rule is, `judging` applies them to
windows and pages, `kept` holds the person's own beside the settings file."""

from gum.perceive.exclusion.judging import Exclusion
from gum.perceive.exclusion.kept import Exclusions
from gum.perceive.exclusion.rules import ExclusionKind, ExclusionRule

__all__ = ["Exclusion", "ExclusionKind", "ExclusionRule", "Exclusions"]
