"""eval: measures on data that others collected; each works in temporary homes and needs no daemon."""

from __future__ import annotations

import click

from gum.cli.group import LazyGroup, Offered

MEASURES = {
    "all": Offered("gum.cli.eval.all", "All of these, as one report."),
    "simulate": Offered("gum.cli.eval.simulate", "How well it comes to know simulated people over weeks."),
    "redaction": Offered("gum.cli.eval.redaction", "How many secrets are hidden, and what else is."),
    "suggestions": Offered("gum.cli.eval.suggestions", "Whether it speaks when help is needed, and only then."),
    "retrieval": Offered("gum.cli.eval.retrieval", "How well search finds the evidence of questions."),
}


@click.group(cls=LazyGroup, offered=MEASURES, help="Measure how well it works, on data that others collected.")
def eval() -> None:
    pass
