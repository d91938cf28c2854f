"""A person at a computer, as the engine gets to see them: observations, episodes, and the drafts that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from gum_models.statistical import StatisticalEngine

from gum.protocols import EpisodeContext
from gum.records import Draft, Episode, Observation, Trust

ZONE = timezone(timedelta(hours=2))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of March 2026, local time; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


@dataclass
class Person:
    """Collects episodes; `drafts` replays them through a fresh engine, one after the other."""

    name: str = ""
    episodes: list[Episode] = field(default_factory=list)
    observations: dict[int, Observation] = field(default_factory=dict)

    def does(
        self,
        when: datetime,
        app: str,
        title: str,
        *,
        minutes: float = 5,
        keys: int = 0,
        screens: Sequence[str] = (),
        typed: Sequence[str] = (),
        trust: Trust = Trust.SCREEN,
        url: str = "",
    ) -> Episode:
        """Add an episode in one window: what the screen showed, one reading after the other, and what was typed."""
        number = len(self.episodes) + 1
        until = when + timedelta(minutes=minutes)
        mine: list[Observation] = []

        def add(kind: str, start: datetime, end: datetime, text: str = "", how: Trust = trust, count: int = 0) -> None:
            seen = Observation("test", kind, start, end, app, title, url, text, how, keys=count, episode=number)
            mine.append(_with_id(seen, len(self.observations) + len(mine) + 1))

        add("window", when, until, how=Trust.SYSTEM)
        for step, text in enumerate(screens):
            moment = when + timedelta(seconds=2 + 10 * step)
            add("screen", moment, moment, text)
        for step, text in enumerate(typed):
            moment = when + timedelta(seconds=5 + 10 * step)
            add("typed", moment, moment, text, Trust.TYPED)
        if keys:
            add("activity", when + timedelta(seconds=8), when + timedelta(seconds=8), how=Trust.SYSTEM, count=keys)
        self.observations |= {seen.id: seen for seen in mine}
        ids = tuple(seen.id for seen in mine)
        episode = Episode(when, until, app, title, "", minutes * 60, keys, 0, ids, id=number)
        self.episodes.append(episode)
        return episode

    def types(self, when: datetime, title: str, *sentences: str, keys: int = 80) -> Episode:
        """Add an episode in an editor in which the sentences are typed and then stand in the document."""
        text = "\n".join(sentences)
        return self.does(
            when, "Mousepad", f"{title} - Mousepad", keys=keys, screens=[text], typed=[text], trust=Trust.DOCUMENT
        )

    def reads(self, when: datetime, title: str, text: str = "", *, minutes: float = 2, url: str = "") -> Episode:
        """Add an episode on a web page."""
        return self.does(
            when,
            "Chromium",
            f"{title} - Chromium",
            minutes=minutes,
            screens=[text] if text else [],
            trust=Trust.UNTRUSTED,
            url=url,
        )

    def context(self, number: int) -> EpisodeContext:
        """Return what the engine may see at the n-th episode, from 1."""
        episode = self.episodes[number - 1]
        return EpisodeContext(
            episode=episode,
            observations=self.of(episode.id),
            history=tuple(self.episodes[: number - 1]),
            earlier=self.of,
            neighbours=(),
            now=episode.ended_at,
            user_name=self.name,
        )

    def of(self, episode: int) -> tuple[Observation, ...]:
        """Return the observations of an episode."""
        return tuple(seen for seen in self.observations.values() if seen.episode == episode)

    def drafts(self, predicate: str = "") -> list[Draft]:
        """Return what a fresh engine proposes over the whole life, of one predicate or of all."""
        engine = StatisticalEngine()
        every = [one for n in range(1, len(self.episodes) + 1) for one in engine.propose(self.context(n))]
        return [one for one in every if one.claim and predicate in ("", one.claim.predicate)]

    def objects(self, predicate: str) -> set[str]:
        """Return what the claims of a predicate are about."""
        return {one.claim.object for one in self.drafts(predicate) if one.claim}


def _with_id(seen: Observation, id: int) -> Observation:
    from dataclasses import replace

    return replace(seen, id=id)
