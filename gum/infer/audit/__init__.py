"""The audit: what may be kept of a draft, by contextual integrity, before anything is committed.

`rules` says what is sensitive by words, `flow` from where to whom it goes, `judging` decides, `Auditor` stands in the
pipeline and keeps the log, `Answers` is the person's side of it.
"""

from gum.infer.audit.allowed import AllowedCategories
from gum.infer.audit.answers import Answers, CategoryState
from gum.infer.audit.auditor import Auditor
from gum.infer.audit.judging import HELD, Norms, Ruling, judge
from gum.infer.audit.rules import CATEGORIES

__all__ = [
    "CATEGORIES",
    "HELD",
    "AllowedCategories",
    "Answers",
    "Auditor",
    "CategoryState",
    "Norms",
    "Ruling",
    "judge",
]
