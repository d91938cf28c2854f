"""What stands on the screen and says nothing about the person: at least half of everything that is seen."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from gum.evaluate.simulate.generator import vocabulary
from gum.evaluate.simulate.generator.plan import Plan
from gum.evaluate.simulate.generator.view import View

SHARE = 0.6
"""How much of what is seen is noise, in views weighed by the observations that they make."""

Scene = Callable[["Noise", int], View]


class Noise:
    """Builds views of noise for one person, with what is repeated in them: the decoys of this person."""

    def __init__(self, life: Plan) -> None:
        self.life = life
        self.rng = life.rng
        self._words = vocabulary.noise()
        self._author = self.rng.choice(self._words["authors"])
        self._tool = self.rng.choice(self._words["tools"])
        self._topic = self.rng.choice(self._words["ad_topics"])
        self._claims = self.rng.sample(self._words["other_claims"], 3)
        self._declare()

    def view(self, day: int) -> View:
        """Return something for a day."""
        scene: Scene = self.rng.choices(*zip(*SCENES, strict=True))[0]
        return scene(self, day)

    def _declare(self) -> None:
        life = self.life
        life.decoy("prefers_tool", (self._tool,), "advertised again and again")
        life.decoy("researches", (self._topic,), "advertised again and again")
        life.decoy("deals_with", (_bare(self._author),), "wrote articles that were shown")
        for sender in self._words["senders"]:
            life.decoy("deals_with", (sender.split(" <")[0],), "sends newsletters")
        for claim in self._claims:
            predicate = "has_deadline" if "deadline" in claim or "back on" in claim else "has_commitment"
            life.decoy(predicate, (self._filled(claim),), "said by somebody else in a feed")
        for line in self._words["phishing"]:
            life.decoy("has_deadline", (self._filled(line),), "from a mail that wants to deceive")
        for product in self._words["products"]:
            life.decoy("researches", (product,), "advertised")

    # ------------------------------------------------------------------------- scenes

    def feed(self, day: int) -> View:
        """A stream of other people's posts."""
        lines = []
        for _ in range(self.rng.randrange(3, 7)):
            lines += [self._pick("authors"), self._filled(self.rng.choice([*self._claims, *self._words["headlines"]]))]
        return self._web(
            day, self.rng.choice(("Home / Chirper", "Feed", "Startseite", "For you")), [*lines, self._advert()]
        )

    def news(self, day: int) -> View:
        """A page of headlines."""
        lines = [*self.rng.sample(self._words["headlines"], self.rng.randrange(4, 14)), self._author, self._advert()]
        return self._web(day, self._pick("headlines"), lines)

    def random_page(self, day: int) -> View:
        """A page that is passed through."""
        return self._web(day, self._pick("pages"), [*self.rng.sample(self._words["filler"], 4), self._advert()])

    def curiosity(self, day: int) -> View:
        """A page that is read once, for no reason."""
        lines = [self._author, *self.rng.sample(self._words["prose"], self.rng.randrange(3, 10)), self._pick("filler")]
        return self._web(day, f"{self._pick('pages_read')} - Wikihall", lines, self.rng.randrange(30, 160))

    def advert(self, day: int) -> View:
        """A page of advertising."""
        lines = [self._advert() for _ in range(4)]
        titles = (
            f"{self._tool}: the better way to work",
            f"{self._topic.capitalize()} for beginners | Sign up",
            self._pick("products").capitalize(),
        )
        return self._web(
            day, self.rng.choice(titles), [*lines, f"Start with {self._tool} today", f"Learn {self._topic} in 7 days"]
        )

    def injection(self, day: int) -> View:
        """A page that speaks to assistants."""
        return self._web(
            day,
            self._pick("headlines"),
            [*self.rng.sample(self._words["prose"], 2), self._filled(self._pick("injections"))],
        )

    def newsletter(self, day: int) -> View:
        """A mail that nobody asked for."""
        subject = self._filled(self._pick("newsletters"))
        return self._mail(day, subject, [self._pick("senders"), self._advert(), "Unsubscribe"])

    def phishing(self, day: int) -> View:
        """A mail that wants to deceive."""
        line = self._filled(self._pick("phishing"))
        return self._mail(day, line[:40], ["From Support <secure@account-check.example>", line, "Click here"])

    def inbox(self, day: int) -> View:
        """The list of mails."""
        rows = [f"{self._pick('senders').split(' <')[0]}   {self._filled(self._pick('newsletters'))}" for _ in range(6)]
        count = self.rng.randrange(2, 60)
        return self._mail(day, f"Inbox ({count}) - {self.life.person.address}", rows, self.rng.randrange(5, 25))

    def group(self, day: int) -> View:
        """A group in which others write."""
        said = [*self._claims, self._pick("other_claims")]
        lines = [
            f"{self.rng.choice(vocabulary.names()['given'])}: {self._filled(self.rng.choice(said))}" for _ in range(4)
        ]
        return View(self._app("chat", day), self._pick("channels"), tuple(lines), self.rng.randrange(6, 40), noise=True)

    def settings(self, day: int) -> View:  # noqa: ARG002 - every scene is told the day
        """A window of settings."""
        rows = self.rng.sample(self._words["settings_rows"], 6)
        return View(
            vocabulary.apps()["settings"], self._pick("settings"), tuple(rows), self.rng.randrange(5, 40), noise=True
        )

    def folder(self, day: int) -> View:
        """A folder of files."""
        rows = self.rng.sample(self._words["files_seen"], 7)
        return View(
            self._app("files", day),
            self.rng.choice(("Downloads", "Home", "Pictures", "USB")),
            tuple(rows),
            self.rng.randrange(4, 30),
            noise=True,
        )

    def leaflet(self, day: int) -> View:
        """Somebody's document, looked at once."""
        lines = self.rng.sample(self._words["prose"], 4)
        return View(
            self._app("documents", day), self._pick("pdfs_seen"), tuple(lines), self.rng.randrange(8, 50), noise=True
        )

    def video(self, day: int) -> View:
        """A video or music."""
        if self.rng.random() < 0.5:
            return self._web(
                day,
                f"{self._pick('videos')} - ClipStream",
                [self._pick("videos"), self._pick("authors"), self._advert()],
            )
        return View(
            self._app("media", day),
            self._pick("videos"),
            ("00:41 / 03:57", "Playlist"),
            self.rng.randrange(20, 200),
            noise=True,
        )

    def software(self, day: int) -> View:  # noqa: ARG002 - every scene is told the day
        """A list of programs that could be installed."""
        tools = self.rng.sample(self._words["tools"], 4)
        lines = ("Editor's choice", *tools, "Install", "Updates (7)")
        return View(vocabulary.apps()["software"], "Software", lines, self.rng.randrange(5, 30), noise=True)

    def forum(self, day: int) -> View:
        """Other people's errors."""
        life = self.rng.choice(vocabulary.lives())
        trouble = self.rng.choice(life.troubles).message
        return self._web(
            day,
            f"How do I get rid of this? - answers.example #{self.rng.randrange(9000)}",
            [self._pick("authors"), trouble, "same problem here", self._advert()],
        )

    def notice(self, day: int) -> View:  # noqa: ARG002 - every scene is told the day
        """A window that opens by itself for a moment."""
        lines = (
            self.rng.choice(("Update available", "USB device connected", "Battery low", "New version of your browser")),
            "Later   Now",
        )
        return View(
            vocabulary.apps()["settings"], "Notifications", lines, self.rng.randrange(3, 7), clicks=1, noise=True
        )

    # ------------------------------------------------------------------------- parts

    def _web(self, day: int, title: str, lines: list[str], seconds: int = 0) -> View:
        return View(
            self._app("browsing", day),
            title,
            tuple(lines),
            seconds or self.rng.randrange(4, 40),
            site=self._pick("sites"),
            clicks=self.rng.randrange(3),
            scrolls=self.rng.randrange(12),
            noise=True,
        )

    def _mail(self, day: int, title: str, lines: list[str], seconds: int = 0) -> View:
        return View(self._app("mail", day), title, tuple(lines), seconds or self.rng.randrange(3, 25), noise=True)

    def _app(self, use: str, day: int) -> vocabulary.App:
        return self.life.person.app(use, day)

    def _pick(self, name: str) -> str:
        return self.rng.choice(self._words[name])

    def _advert(self) -> str:
        return self._filled(self._pick("ads"))

    def _filled(self, text: str) -> str:
        tool = self._tool if self.rng.random() < 0.6 else self._pick("tools")
        topic = self._topic if self.rng.random() < 0.6 else self._pick("ad_topics")
        dates = ("30 June", "May 12", "Sunday", "2025-08-01", "Friday night", "3 November")
        return text.format(product=self._pick("products"), tool=tool, topic=topic, date=self.rng.choice(dates))


SCENES: tuple[tuple[Scene, int], ...] = (
    (Noise.feed, 9),
    (Noise.news, 9),
    (Noise.random_page, 12),
    (Noise.curiosity, 5),
    (Noise.advert, 7),
    (Noise.injection, 2),
    (Noise.newsletter, 7),
    (Noise.phishing, 3),
    (Noise.inbox, 9),
    (Noise.group, 8),
    (Noise.settings, 5),
    (Noise.folder, 7),
    (Noise.leaflet, 4),
    (Noise.video, 6),
    (Noise.software, 2),
    (Noise.forum, 3),
    (Noise.notice, 5),
)


def shuffled_days(rng: Random, weights: dict[int, int], count: int) -> list[int]:
    """Return so many days, drawn by how much is done on each."""
    days = sorted(weights)
    return rng.choices(days, [weights[day] for day in days], k=count)


def _bare(author: str) -> str:
    for before in ("by ", "By ", "von ", "Par ", "posted by u/", "@"):
        author = author.removeprefix(before)
    return author
