"""What is worked on: one project after the other at work, one beside it in the evenings, and letters now and then."""

from __future__ import annotations

from collections.abc import Sequence

from gum.evaluate.simulate.generator import vocabulary
from gum.evaluate.simulate.generator.plan import Plan, marks
from gum.evaluate.simulate.generator.view import View
from gum.evaluate.simulate.generator.vocabulary import Project, half

_LETTERS = (
    "Letter to landlord.odt",
    "packing list.txt",
    "Invitation draft.odt",
    "phone numbers.txt",
    "budget private.ods",
    "Complaint parcel.docx",
    "recipe lentils.txt",
    "lost keys notice.odt",
)


def plan(life: Plan) -> list[Project]:
    """Plan all work on documents; return the projects at work, in order of time."""
    rng, person = life.rng, life.person
    projects = half(person.work.projects, person.held_out)
    rng.shuffle(projects)
    changes = rng.random() < 0.6
    turn = rng.randrange(person.days // 3, person.days // 2 + 1) if changes and len(projects) > 1 else person.days
    first = _project(life, projects[0], life.working_days(0, turn), (0, turn if turn < person.days else None))
    if turn < person.days:
        life.facts[first].replaced_by = _project(life, projects[1], life.working_days(turn), (turn, None))
    evenings = rng.sample(range(person.days), max(1, min(rng.choice((2, 5, 6)), person.days)))
    _project(
        life, rng.choice(half(person.private.projects, person.held_out)), sorted(evenings), (0, None), at_home=True
    )
    for name in rng.sample(_LETTERS, 2):
        _letter(life, name)
    return projects


def _project(
    life: Plan, project: Project, days: Sequence[int], span: tuple[int, int | None], at_home: bool = False
) -> str:
    names = (project.name, project.folder, *(one.rsplit(".", 1)[0] for one in project.documents))
    fact = life.fact("works_on", names, (), *span)
    for day in days:
        visits = 1 if at_home else life.rng.choice((1, 1, 2, 2, 3, 4))
        for _ in range(visits):
            minute = life.evening() if at_home else life.at_work()
            life.visit(day, minute, *_work(life, day, project, fact))
    return fact


def _work(life: Plan, day: int, project: Project, fact: str) -> list[View]:
    """Return one stretch of work: a document, perhaps another, perhaps a command or the folder."""
    rng, scenes = life.rng, life.scenes
    documents = rng.sample(project.documents, min(len(project.documents), rng.choice((1, 1, 2))))
    views = []
    for document in documents:
        views.append(scenes.editing(day, project, document, marks(fact, document)))
    coding = any(vocabulary.use_of_document(one) == "coding" for one in documents)
    if coding and rng.random() < 0.6:
        lines = [
            "$ git status",
            f"On branch {project.folder}-2",
            f"modified: {documents[0]}",
            "$ make check",
            "ok 14 passed",
        ]
        views.append(scenes.command(day, project.folder, lines, marks(fact, project.folder), typed="git add -p"))
    elif rng.random() < 0.2:
        app = life.person.app("files", day)
        views.insert(0, View(app, project.folder, (*project.documents, "old", "img"), 12, place=project.folder))
    return views


def _letter(life: Plan, name: str) -> None:
    """Plan something that was written once."""
    day = life.rng.choice(life.working_days())
    stem = name.rsplit(".", 1)[0]
    fact = life.fact("works_on", (stem,), (), day, planted=False)
    project = Project(stem, "Documents", (name,), (life.rng.choice(vocabulary.noise()["prose"]),))
    life.visit(day, life.at_work(), life.scenes.editing(day, project, name, marks(fact, name)))
