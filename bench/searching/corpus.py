"""Generated propositions and queries whose words are as unevenly spread as those of real ones, and their vectors."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gum.protocols import Embedder

PEOPLE = (
    "Birgit Tobias Ayesha Koji Elena Pavel Priya Noor Ingrid Hector Wanjiru Dmitri Chloe Rafael Mei Oskar Fatima Leon "
    "Greta Arjun Sofia Yusuf Hannah Marco Astrid Bilal Nadia Emre Lucia Henrik"
).split()
TOOLS = (
    "Thunderbird,LibreOffice,Firefox,GIMP,Inkscape,Blender,Zotero,Obsidian,the terminal,the calendar,Jupyter,QGIS,"
    "Audacity,Krita,Kdenlive,DBeaver,Postman,Anki,the file manager,the photo viewer"
).split(",")
FIRST = (
    "harbour lamp ferry timetable garden roof choir recipe atlas museum ledger bridge kiln orchard radio thesis grant "
    "invoice rebuttal syllabus survey database migration budget podcast newsletter irrigation passport marathon "
    "mortgage accessibility reading kitchen wedding visa piano chess climate tide market archive "
    "quarry glacier beehive printer"
).split()
SECOND = (
    "plan draft review estimate schedule inventory report checklist application presentation repair inspection backup "
    "translation negotiation design prototype rehearsal purchase comparison audit index calibration poster contract "
    "workshop permit evaluation summary roadmap"
).split()
WHEN = (
    "in the early morning,after lunch,late at night,on Sunday evenings,before meetings,between calls,on Mondays,"
    "at the end of the day,on the train,in short bursts,around midnight,at weekends"
).split(",")
SAYS = (
    "is working on {topic} and uses {tool} for most of it",
    "prefers {style} when {person} sends comments on {topic}",
    "usually opens {tool} {when} to look at {topic}",
    "wants to finish {topic} before the {number}th because {person} is waiting",
    "meets {person} about {topic} {when}",
    "keeps notes on {topic} in {tool}",
    "spent {number} hours on {topic} and was {mood} afterwards",
    "asked {person} to look through {topic}",
    "finds {tool} slow and is comparing it with {other} for {topic}",
    "puts off {topic} when {mood}",
    "answers {person} sooner than others when it is about {topic}",
    "switches between {tool} and {other} while handling {topic}",
)
STYLES = "short lists,long explanations,drawings,examples,checklists,a formal tone,one clear answer".split(",")
MOODS = "tired anxious excited bored confident curious relieved impatient proud".split()
ASKS = (
    "what does the user think about {topic}?",
    "{person} and {topic}",
    "when does the user work on {topic}",
    "is the user {mood} when using {tool}",
    "who helps with {topic}?",
    "{tool} for {topic}",
    "ticket {ticket}",
)
QUERY_SEED = 99


@dataclass(frozen=True)
class Statement:
    """A generated proposition: its text, its reasoning, and the parts of the text that carry its meaning."""

    text: str
    reasoning: str
    parts: tuple[str, ...]


def statements(count: int, seed: int = 7) -> list[Statement]:
    """Return distinct statements, the same ones for the same seed; a fewer number is a beginning of a greater one."""
    chosen = random.Random(seed)
    made: dict[str, Statement] = {}
    while len(made) < count:
        filled = _filled(chosen)
        pattern = chosen.choice(SAYS)
        text = f"The user {pattern.format(**filled)}"
        if chosen.random() < 0.3 or text in made:
            text += f", as in ticket {_ticket(chosen)}"
        reasoning = (
            f"{filled['tool']} and {filled['other']} were in front {chosen.randint(2, 90)} minutes with "
            f"{filled['topic']}; {_often(chosen, PEOPLE)} was named in the same window {chosen.randint(1, 9)} times."
        )
        parts = (pattern.partition("{")[0], *(value for name, value in filled.items() if f"{{{name}}}" in pattern))
        made.setdefault(text, Statement(f"{text}.", reasoning, parts))
    return list(made.values())


def questions(count: int, words: int, seed: int = QUERY_SEED) -> list[str]:
    """Return queries of about so many words: below ten a question, else a paragraph such as a screen holds."""
    chosen = random.Random(seed + words)
    if words < 10:
        return [chosen.choice(ASKS).format(ticket=_ticket(chosen), **_filled(chosen)) for _ in range(count)]
    return [" ".join(_paragraph(chosen, words).split()[:words]) for _ in range(count)]


class PartsEmbedder:
    """Gives generated statements the mean of their parts' real vectors and a little noise; all else is embedded.

    So a hundred thousand vectors of a lifelike spread are made in seconds, and a query's vector costs what it costs.
    """

    def __init__(self, real: Embedder, known: Sequence[Statement]) -> None:
        self.name, self.dimensions = real.name, real.dimensions
        self._real = real
        self._known = {one.text: one.parts for one in known}
        self._parts: dict[str, NDArray[np.float64]] = {}
        self._noise = np.random.default_rng(3)

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        return [self._composed(self._known[text]) if text in self._known else self._one(text) for text in texts]

    def _one(self, text: str) -> list[float]:
        return self._real.embed([text])[0]

    def _composed(self, parts: Sequence[str]) -> list[float]:
        for part in parts:
            if part not in self._parts:
                self._parts[part] = np.asarray(self._one(part))
        vector = sum(self._parts[part] for part in parts) + self._noise.normal(0, 0.01, self.dimensions)
        unit: list[float] = (vector / np.linalg.norm(vector)).tolist()
        return unit


def _filled(chosen: random.Random) -> dict[str, str]:
    return {
        "topic": f"the {_often(chosen, FIRST)} {_often(chosen, SECOND)}",
        "tool": _often(chosen, TOOLS),
        "other": chosen.choice(TOOLS),
        "person": _often(chosen, PEOPLE),
        "when": chosen.choice(WHEN),
        "style": chosen.choice(STYLES),
        "mood": chosen.choice(MOODS),
        "number": str(chosen.randint(2, 30)),
    }


def _often(chosen: random.Random, values: Sequence[str]) -> str:
    """Return one of the values; the first ones come most often, as words do."""
    return (
        values[min(int(chosen.paretovariate(0.9)) - 1, len(values) - 1)]
        if chosen.random() < 0.5
        else chosen.choice(values)
    )


def _ticket(chosen: random.Random) -> str:
    return f"{chosen.choice('ABCDEFGH')}{chosen.choice('KLMNPQ')}-{chosen.randint(100, 9999)}"


def _paragraph(chosen: random.Random, words: int) -> str:
    sentences = [f"The user {chosen.choice(SAYS).format(**_filled(chosen))}." for _ in range(1 + words // 8)]
    return " ".join(sentences)
