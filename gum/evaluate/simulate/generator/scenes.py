"""What the person does, as views: documents, pages, mails, chats, terminals, calendars, meetings."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from gum.evaluate.simulate.generator import vocabulary
from gum.evaluate.simulate.generator.person import Person
from gum.evaluate.simulate.generator.view import Mark, View
from gum.evaluate.simulate.generator.vocabulary import Habit, Project, Trouble

ENGINES = (
    ("{q} - Google Search", "www.google.com/search?q="),
    ("{q} at DuckDuckGo", "duckduckgo.com/?q="),
    ("{q} - Startpage Search", "www.startpage.com/do/search?q="),
    ("{q} - Ecosia - Web", "www.ecosia.org/search?q="),
)
_PROSE = vocabulary.noise()["prose"]


class Scenes:
    """Builds the views of one person."""

    def __init__(self, person: Person, rng: Random) -> None:
        self.person = person
        self._rng = rng
        self._engine = rng.choice(ENGINES)
        self._firm = rng.choice(("Nordlicht", "Team Elm", "Studio 4", "Haus Am See", "Fachschaft", "Crew"))

    def editing(self, day: int, project: Project, document: str, marks: Sequence[Mark]) -> View:
        """The person works on a document of a project."""
        rng = self._rng
        use = vocabulary.use_of_document(document)
        lines = [rng.choice((document.rsplit(".", 1)[0], project.name, "Draft", "", "1. Introduction"))]
        lines += rng.sample(project.lines, min(2, len(project.lines))) + rng.sample(_PROSE, rng.randrange(1, 10))
        rng.shuffle(lines)
        writes = use in ("writing", "notes", "coding", "typesetting", "spreadsheets") and rng.random() < 0.75
        typed = (rng.choice(project.lines),) if writes and rng.random() < 0.5 else (self._sentence(),) if writes else ()
        return View(
            app=self.person.app(use, day),
            document=document,
            lines=tuple(lines),
            seconds=rng.randrange(60, 420),
            typed=typed,
            place=project.folder,
            clicks=rng.randrange(2, 30),
            scrolls=rng.randrange(9),
            marks=tuple(marks),
        )

    def command(self, day: int, folder: str, lines: Sequence[str], marks: Sequence[Mark] = (), typed: str = "") -> View:
        """The person runs something in a terminal."""
        prompt = f"{self.person.login}@{self.person.host}:~/{folder}$"
        shown = tuple(f"{prompt} {line[2:]}" if line.startswith("$ ") else line for line in lines)
        return View(
            app=self.person.app("commands", day),
            document=folder,
            lines=shown,
            seconds=self._rng.randrange(20, 140),
            typed=(typed,) if typed else (),
            place=folder,
            marks=tuple(marks),
        )

    def search(self, day: int, query: str, marks: Sequence[Mark]) -> View:
        """The person asks a search engine."""
        title, site = self._engine
        results = [f"{query.capitalize()} – {one}" for one in self._rng.sample(vocabulary.noise()["sites"], 3)]
        lines = (query, "All  Images  News  Videos", *results, self._sentence(), self._filler())
        return View(
            self.person.app("browsing", day),
            title.format(q=query),
            lines,
            self._rng.randrange(12, 45),
            site=site,
            clicks=2,
            marks=tuple(marks),
        )

    def page(self, day: int, title: str, site: str, marks: Sequence[Mark], extra: Sequence[str] = ()) -> View:
        """The person reads a web page to the end."""
        rng = self._rng
        lines = [self._filler(), title, *extra, *rng.sample(_PROSE, rng.randrange(3, 10)), self._filler()]
        if rng.random() < 0.4:
            lines.insert(rng.randrange(len(lines)), self.advert())
        shown = f"{title} {rng.choice('|–-')} {site.split('.', maxsplit=1)[0].capitalize()}"
        return View(
            self.person.app("browsing", day),
            shown,
            tuple(lines),
            rng.randrange(45, 300),
            site=site,
            clicks=rng.randrange(1, 4),
            scrolls=rng.randrange(4, 40),
            marks=tuple(marks),
        )

    def mail_read(self, day: int, sender: str, subject: str, body: Sequence[str], marks: Sequence[Mark]) -> View:
        """A mail from somebody is open."""
        lines = (f"From {sender} <{_address(sender)}>", f"To {self.person.address}", f"Subject {subject}", *body)
        return View(
            self.person.app("mail", day), subject, lines, self._rng.randrange(20, 90), marks=tuple(marks), clicks=2
        )

    def mail_write(
        self, day: int, to: str, subject: str, typed: Sequence[str], marks: Sequence[Mark], quoted: str = ""
    ) -> View:
        """The person writes a mail."""
        title = f"Write: {subject}" if self.person.app("mail", day).key == "thunderbird" else subject
        head = (f"From {self.person.name} <{self.person.address}>", f"To {to} <{_address(to)}>", f"Subject {subject}")
        lines = (*head, f"> {quoted}") if quoted else head
        return View(
            self.person.app("mail", day),
            title,
            lines,
            self._rng.randrange(60, 200),
            typed=tuple(typed),
            marks=tuple(marks),
            clicks=3,
        )

    def chat(self, day: int, other: str, said: Sequence[str], typed: Sequence[str], marks: Sequence[Mark]) -> View:
        """The person writes with somebody."""
        app = self.person.app("chat", day)
        title = {"slack": f"{other} (DM) - {self._firm}"}.get(app.key, other)
        lines = [other, "Today"] + [f"{other.split(maxsplit=1)[0]}  {self._clock()}  {one}" for one in said]
        return View(app, title, tuple(lines), self._rng.randrange(30, 150), typed=tuple(typed), marks=tuple(marks))

    def list_of_tasks(self, day: int, lines: Sequence[str], typed: Sequence[str], marks: Sequence[Mark]) -> View:
        """The person's own list of things to do is open."""
        return View(
            self.person.app("notes", day),
            self.tasks_document,
            tuple(lines),
            self._rng.randrange(20, 100),
            typed=tuple(typed),
            place="Documents",
            marks=tuple(marks),
        )

    @property
    def tasks_document(self) -> str:
        """The name of that list."""
        return ("todo.txt", "this week.md", "to do.txt", "Aufgaben.txt", "inbox list.md")[self.person.seed % 5]

    def calendar(self, day: int, lines: Sequence[str], marks: Sequence[Mark]) -> View:
        """The person looks into the calendar."""
        week = f"Week {self.person.midnight(day).isocalendar().week}"
        return View(
            self.person.app("calendar", day),
            "Calendar",
            (week, "Mon Tue Wed Thu Fri Sat Sun", *lines),
            self._rng.randrange(15, 60),
            marks=tuple(marks),
            clicks=3,
        )

    def habit(self, day: int, habit: Habit, marks: Sequence[Mark]) -> View:
        """The person does what they do at this time."""
        if habit.where == "web":
            return self.page(day, habit.title, habit.site, marks)
        if habit.where == "terminal":
            folder = "var"
            return self.command(day, folder, [f"$ {habit.title}", self._sentence(), "(END)"], marks, typed="q")
        if habit.where == "meeting":
            seen = (habit.title, *self._rng.sample([self.person.name, *self.person.others[:6]], 4), "REC 00:12:31")
            return View(
                self.person.app("meetings", day), habit.title, seen, self._rng.randrange(600, 1500), marks=tuple(marks)
            )
        if habit.where == "app:anki":
            return View(
                vocabulary.apps()["anki"],
                habit.title,
                (habit.title, "New 20 Learn 4 Due 61", "Again Hard Good Easy"),
                400,
                marks=tuple(marks),
                clicks=60,
            )
        project = Project(habit.title, "Documents", (habit.title,), (self._sentence(), self._sentence()))
        return self.editing(day, project, habit.title, marks)

    def trouble(self, day: int, trouble: Trouble, project: Project, marks: Sequence[Mark], detail: str) -> View:
        """An error stands on the screen."""
        if trouble.where == "terminal":
            output = [f"$ {detail}", "...", trouble.message, "exit status 1"]
            return self.command(day, project.folder, output, marks, typed=detail)
        document = project.documents[0]
        view = self.editing(day, project, document, marks)
        lines = (*view.lines[:2], trouble.message, "OK   Cancel   Details", *view.lines[2:])
        return View(
            view.app, document, lines, self._rng.randrange(30, 150), place=project.folder, clicks=6, marks=tuple(marks)
        )

    def advert(self) -> str:
        """One line of advertising."""
        noise = vocabulary.noise()
        return self._rng.choice(noise["ads"]).format(
            product=self._rng.choice(noise["products"]),
            tool=self._rng.choice(noise["tools"]),
            topic=self._rng.choice(noise["ad_topics"]),
            date=self._rng.choice(("Sunday", "30 June", "midnight", "12.05.", "next week")),
        )

    def _sentence(self) -> str:
        return self._rng.choice(_PROSE)

    def _filler(self) -> str:
        return self._rng.choice(vocabulary.noise()["filler"])

    def _clock(self) -> str:
        return f"{self._rng.randrange(8, 18)}:{self._rng.randrange(60):02}"


def _address(name: str) -> str:
    given, *_, family = name.lower().split()
    return f"{given[0]}.{family}@{('posthaus', 'kontor', 'inbox')[len(name) % 3]}.example"
