"""What the recorded replies answer to: one letter, one page, two beliefs; and what stands for the prompts' version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from gum_models.reasoning import ModelReasoner, prompts

from gum.protocols import EpisodeContext
from gum.records import Draft, Durability, Kind, Proposition, Quote, Theme
from tests.models.material import context, proposition, screen

LETTER = "Dear Birgit, the lamp is mended. Bring bread on Friday. I will send you the survey of the harbour by Tuesday."
PAGE = "The tide tables of the harbour were copied by hand until 1931. The survey lists eleven wrecks."
QUESTION = "What does the user work on?"
WISH = "Shorter, please."


def known() -> list[Proposition]:
    return [proposition(3, "The user writes to Birgit."), proposition(4, "The user works on a survey of the harbour.")]


def episode() -> EpisodeContext:
    seen = (screen(7, LETTER), screen(8, PAGE, title="survey.odt - LibreOffice Writer"))
    return replace(context(*seen), user_name="Ines")


def _drafts() -> Sequence[Draft]:
    texts = ("The user mends the lamp.", "The user surveys the harbour.")
    return [Draft(one, "", Kind.FACT, Durability.TASK, Theme.WORK, (Quote(7, "lamp"),), 5) for one in texts]


#: What each task makes of a reply, as it goes to JSON.
TASKS: dict[str, Callable[[ModelReasoner], Any]] = {
    "propose": lambda model: [[one.text, one.quotes[0].text, one.strength] for one in model.propose(episode())],
    "relate": lambda model: [[str(one) for one in row] for row in model.relate_all(_drafts(), [known()] * 2)],
    "suggest": lambda model: [[one.title, list(one.propositions)] for one in model.suggest(episode(), known())],
    "answer": lambda model: model.answer(QUESTION, known()),
    "rewrite": lambda model: model.rewrite(LETTER, WISH, [one.text for one in known()]),
}


def fingerprint() -> str:
    """Return a digest of every prompt and every form: another digest is another version."""
    forms = (
        prompts.propose_schema(["a"]),
        prompts.relate_schema(2, 2),
        prompts.suggest_schema(2),
        prompts.ANSWER_SCHEMA,
        prompts.REWRITE_SCHEMA,
        prompts.CAPTION_SCHEMA,
    )
    texts = (prompts.SYSTEM, prompts.PROPOSE, prompts.RELATE, prompts.SUGGEST, prompts.ANSWER, prompts.REWRITE)
    return hashlib.sha256(json.dumps([texts, prompts.CAPTION, forms]).encode()).hexdigest()
