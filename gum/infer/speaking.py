"""Text on screen that speaks of the person, or to whatever reads the screen for them.

What people write is seldom about "the user".  A text that says what the user is like, gives instructions to a model, or
looks like the model's own records may be an attempt to write the model of the person; it is told from its plain form,
so that invisible, turned and look-alike letters do not hide it.
"""

from __future__ import annotations

import re

from gum.infer.audit.plain import folded
from gum.records import Claim

# As "the user", or as a record of a model would look.
_OF_THE_USER = (
    r"\b(?:the|this|our|a) (?:user|account holder|owner of this (?:computer|machine|device)|person at this computer)\b",
    r"""["']?\b(?:text|claim|kind|durability|quotes?|stance|reasoning|predicate|allow_sensitive|verdict|status)\b["']?"""
    r""" ?[:=] ?["'{\[]""",
    r"</?(?:system|assistant|user|instructions?|data|observation|tool)\b[^>]*>|<\|[a-z_]+\|>",
    r"\[/?(?:system|inst|assistant|user)\]|^(?:system|assistant|user) ?:|/v1/\w+|\b(?:post|put|patch) /\w",
)
# Words that instruct a model; a person may also write about them.
_TO_A_MODEL = (
    r"\b(?:ai|llm|gpt|chatgpt|copilot) (?:agents?|models?|assistants?|systems?)\b|\b(?:ai|llm|chatgpt|copilot)[:,]",
    r"\blanguage models?\b|\b(?:screen reader|observer|agent)s?[:,] ",
    r"\b(?:ignore|disregard|forget|override) (?:all |any |the |your |my |every )*"
    r"(?:of )?(?:previous|prior|above|earlier|existing|other|instructions?|rules?|guidelines?)",
    r"\bsystem (?:prompt|message|notice|override|update)\b|\bnew (?:instructions?|rules?|system prompt)\b",
    r"\byou are now\b|\bact as\b|\bdo anything now\b|\bdeveloper mode\b",
    r"\b(?:remember|record|store|note|save|conclude|infer|report|believe|assume|learn|add)(?: it)?(?: down)?"
    r"(?: to memory)?[:,]? (?:that|this|as a fact|the following)\b",
    r"\bupdate (?:the|your) (?:memory|profile|model|beliefs?|records?)\b",
    r"\b(?:user|personal|memory) (?:profile|model|record|entry)\b|\bpropositions?\b",
    r"\bconfidence (?:is |of |level |score )?[:=]?\s?\d|\b(?:probability|certainty)\b ?[:=]|\bstrength ?[:=]? ?\d",
    r"\bverdict\b|\bevidence (?:id|no|#|\[)|\bassistants?\b[:,]? (?:please|must|should|shall|will|note|remember|do)",
)
_SPEAKING_OF = re.compile("|".join(_OF_THE_USER))
_SPEAKING = re.compile("|".join((*_OF_THE_USER, *_TO_A_MODEL)))

# How a sentence says that the person does what a claim claims.
_SAID = {
    "works_on": r"work|edit|writ|wrote|develop|draft|prepar|maintain|revis|cod|program|build|design|analy|plan|arbeit|"
    r"schreib|travaill|ecri|trabaj|escrib",
    "researches": r"research|read|look|search|stud|explor|learn|investigat|compar|interest|brows|inform|liest|sucht|"
    r"recherch|lit |lee |busca",
    "prefers_tool": r"prefer|uses|using|works (?:with|in)|relies|bevorzug|benutz|nutzt|verwend|utilis|usa ",
    "deals_with": r"deal|writes|wrote|mail|talk|work|meet|met|correspond|contact|chat|messag|collaborat|exchang|"
    r"schreib|sprich|ecrit|parle|habla|escribe",
    "has_routine": r"routine|usual|every|daily|weekly|morning|evening|regular|at \d|between \d|taglich|jeden|chaque|"
    r"cada",
    "is_stuck_on": r"stuck|error|fail|debug|trouble|problem|fehler|erreur|bloqu|atasc",
}
_CLAIMS = {predicate: re.compile(rf"\b(?:{verbs})") for predicate, verbs in _SAID.items()}


def speaks_of_user(text: str) -> bool:
    """Return whether a text speaks of the person as 'the user', or looks like a model's records."""
    return _SPEAKING_OF.search(folded(text)) is not None


def speaks_to_model(text: str) -> bool:
    """Return whether a text speaks of the person as 'the user', or to a model; also one about models may."""
    return _SPEAKING.search(folded(text)) is not None


def says(claim: Claim, text: str) -> bool:
    """Return whether a sentence says what its claim claims, and does not use the claim to say something else."""
    words = _CLAIMS.get(claim.predicate)
    return words is None or words.search(folded(text)) is not None
