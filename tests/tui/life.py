"""A scripted person's two days as rows of a real store: what the screens are tested with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gum.records import (
    Claim,
    CoverageState,
    Durability,
    Episode,
    Evidence,
    InferenceState,
    Kind,
    Observation,
    Proposition,
    Stance,
    Status,
    Suggestion,
    Theme,
    Trust,
)
from gum.store import Store

NOW = datetime.fromisoformat("2026-03-03T16:20:00").astimezone()
"""The present of every test: a Tuesday afternoon."""

HOSTILE = "\x1b]0;owned\x07\x1b[2J[bold red]not bold[/] zero\u200bwidth \u202egpj.exe\u202c done"
"""Escapes, markup, a zero-width space and a direction override, as a page could show them."""


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a day: minutes from the day's first full hour, the window, and what was read or typed."""

    start: int
    minutes: int
    app: str
    document: str
    text: str
    keys: int = 0
    typed: bool = False


TODAY = (
    Part(5, 55, "Mousepad", "survey-report.md", "Draft for Elena: the survey report is due on 13 March.", 2140, True),
    Part(62, 38, "Firefox", "Conformal prediction - a gentle introduction", "Coverage guarantees without a model."),
    Part(102, 8, "Thunderbird", "Inbox", "Elena: could you send me the draft by Friday?"),
    Part(112, 70, "xfce4-terminal", "pytest - calibration", "ValueError: shapes (3,) and (4,) not aligned", 930),
    Part(184, 16, "Firefox", "numpy - ValueError: shapes not aligned", "Check the dimensions of both operands."),
    Part(245, 50, "Mousepad", "survey-report.md", "Section 3: calibration of the interval width.", 1890, True),
    Part(298, 22, "Evince", "holm-2024-calibration.pdf", "Reliability diagrams for small samples."),
    Part(340, 75, "Mousepad", "survey-report.md", "Elena asked for the appendix as well.", 2210, True),
    Part(416, 20, "Firefox", HOSTILE, HOSTILE),
)
YESTERDAY = (
    Part(0, 90, "Mousepad", "survey-report.md", "Outline of the survey report.", 1500, True),
    Part(95, 60, "xfce4-terminal", "pytest - calibration", "2 failed, 14 passed", 410),
    Part(170, 30, "Firefox", "Train timetable", "Departures on Friday evening"),
)


def fill(store: Store, now: datetime = NOW) -> dict[str, int]:
    """Fill the store and return the ids of the propositions and suggestions that tests name."""
    nine = now.replace(hour=9, minute=0, second=0, microsecond=0)
    seen = _day(store, YESTERDAY, nine - timedelta(days=1)) + _day(store, TODAY, nine)
    span = store.coverage.span
    span(CoverageState.RECORDED, nine, nine + timedelta(minutes=200))
    span(CoverageState.LOCKED, nine + timedelta(minutes=200), nine + timedelta(minutes=228))
    span(CoverageState.PAUSED, nine + timedelta(minutes=228), nine + timedelta(minutes=243))
    span(CoverageState.RECORDED, nine + timedelta(minutes=243), nine + timedelta(minutes=320))
    span(CoverageState.EXCLUDED, nine + timedelta(minutes=320), nine + timedelta(minutes=338), "private window")
    return _beliefs(store, seen, now) | _suggestions(store, now)


def _day(store: Store, parts: tuple[Part, ...], start: datetime) -> list[Observation]:
    seen = []
    for part in parts:
        since = start + timedelta(minutes=part.start)
        until = since + timedelta(minutes=part.minutes)
        kept = [store.observations.add(each) for each in _observations(part, since, until)]
        episode = store.episodes.add(
            Episode(
                started_at=since,
                ended_at=until,
                app=part.app,
                document=part.document,
                topic="",
                dwell_s=part.minutes * 60.0,
                keys=part.keys,
                clicks=12,
                observations=tuple(each.id for each in kept),
                state=InferenceState.INFERRED,
            )
        )
        store.episodes.close(episode.id)
        seen += [store.observations.get(each.id) for each in kept]
    return seen


def _observations(part: Part, since: datetime, until: datetime) -> list[Observation]:
    title = f"{part.document} - {part.app}"
    window = Observation("windows", "window", since, until, part.app, title, trust=Trust.SYSTEM)
    kind, trust = ("typed", Trust.TYPED) if part.typed else ("screen", Trust.SCREEN)
    read = Observation(
        "screen",
        kind,
        since + timedelta(minutes=1),
        until,
        part.app,
        title,
        text=part.text,
        trust=trust,
        keys=part.keys,
    )
    return [window, read]


def _beliefs(store: Store, seen: list[Observation], now: datetime) -> dict[str, int]:
    named = {}
    for name, belief, quotes in _BELIEFS:
        kept = store.propositions.add(belief(now), "statistical/1", "inferred from an episode")
        named[name] = kept.id
        store.propositions.add_evidence([_evidence(kept.id, seen, quote, stance) for quote, stance in quotes])
    return named


def _evidence(proposition: int, seen: list[Observation], quote: str, stance: Stance) -> Evidence:
    source = next(each for each in reversed(seen) if quote in each.text or quote in each.title)
    weight = 1.4 if stance is Stance.FOR else -1.1
    return Evidence(
        proposition,
        source.id,
        source.episode or 0,
        stance,
        quote,
        weight,
        source.trust,
        source.captured_at,
        "statistical/1",
    )


def belief(
    text: str,
    probability: float,
    now: datetime,
    *,
    kind: Kind = Kind.ACTIVITY,
    durability: Durability = Durability.PROJECT,
    theme: Theme = Theme.WORK,
    status: Status = Status.ACTIVE,
    hours: float = 1.0,
    reasoning: str = "Counted over the episodes quoted below.",
    claim: Claim | None = None,
) -> Proposition:
    """Return a proposition first seen a day before it was last supported, `hours` before now."""
    last = now - timedelta(hours=hours)
    return Proposition(
        text,
        reasoning,
        kind,
        durability,
        theme,
        status,
        probability,
        probability,
        Trust.TYPED,
        last - timedelta(days=1),
        last,
        "statistical/1",
        claim,
    )


_BELIEFS = (
    (
        "report",
        lambda now: belief(
            "The user works on survey-report.md in Mousepad.",
            0.93,
            now,
            theme=Theme.PROJECTS,
            reasoning="survey-report.md was in front in 4 episodes on 2 days, 4 h 30 min in all, with 7,740 keys.",
            claim=Claim("works_on", "survey-report.md"),
        ),
        (
            ("the survey report is due on 13 March", Stance.FOR),
            ("Section 3: calibration of the interval width.", Stance.FOR),
            ("Outline of the survey report.", Stance.FOR),
        ),
    ),
    (
        "deadline",
        lambda now: belief(
            "The user has to hand in the survey report by 13 March.",
            0.88,
            now,
            kind=Kind.COMMITMENT,
            reasoning="A date after 'due on' in a text that the user typed.",
            claim=Claim("has_deadline", "survey report", "2026-03-13"),
        ),
        (("the survey report is due on 13 March", Stance.FOR), ("send me the draft by Friday", Stance.AGAINST)),
    ),
    (
        "elena",
        lambda now: belief(
            "The user deals with Elena about the survey report.",
            0.81,
            now,
            kind=Kind.RELATION,
            theme=Theme.PEOPLE,
            durability=Durability.PHASE,
            hours=2,
        ),
        (("Elena asked for the appendix as well.", Stance.FOR), ("Elena: could you send me the draft", Stance.FOR)),
    ),
    (
        "stuck",
        lambda now: belief(
            "The user is stuck on a ValueError about shapes that do not align.",
            0.67,
            now,
            kind=Kind.STATE,
            durability=Durability.TASK,
            hours=3,
        ),
        (("ValueError: shapes (3,) and (4,) not aligned", Stance.FOR), ("2 failed, 14 passed", Stance.FOR)),
    ),
    (
        "conformal",
        lambda now: belief(
            "The user researches conformal prediction.", 0.58, now, kind=Kind.INTEREST, theme=Theme.LIFE, hours=5
        ),
        (("Coverage guarantees without a model.", Stance.FOR),),
    ),
    (
        "editor",
        lambda now: belief(
            "The user prefers Mousepad for writing.",
            0.74,
            now,
            kind=Kind.PREFERENCE,
            durability=Durability.TRAIT,
            theme=Theme.TOOLS,
            status=Status.CONFIRMED,
        ),
        (("survey-report.md - Mousepad", Stance.FOR),),
    ),
    (
        "trains",
        lambda now: belief(
            "The user travels by train on Fridays.",
            0.34,
            now,
            kind=Kind.ROUTINE,
            theme=Theme.HABITS,
            durability=Durability.PHASE,
            status=Status.CANDIDATE,
            hours=26,
        ),
        (("Departures on Friday evening", Stance.FOR),),
    ),
    (
        "hostile",
        lambda now: belief(f"The user reads {HOSTILE}", 0.22, now, status=Status.CANDIDATE, hours=0.5),
        ((HOSTILE, Stance.FOR),),
    ),
)


def _suggestions(store: Store, now: datetime) -> dict[str, int]:
    named = {}
    for name, kind, status, title, why, action, payload, decision in _OFFERED:
        kept = store.suggestions.add(
            Suggestion(
                kind=kind,
                title=title,
                why=why,
                action=action,
                payload=payload,
                propositions=(1,),
                status=status,
                decision=decision,
                key=name,
                created_at=now - timedelta(minutes=25),
            )
        )
        assert kept is not None
        named[name] = kept.id
    return named


_OFFERED = (
    (
        "offer",
        "deadline",
        "shown",
        "Add “survey report due” to your calendar",
        "You wrote that it is due on 13 March, and no calendar entry was seen.",
        "calendar",
        {"summary": "Survey report due", "date": "2026-03-13", "description": "survey-report.md"},
        {"speak": True, "p": 0.71, "bar": 0.34, "reason": "it is worth the interruption"},
    ),
    (
        "silence",
        "collect",
        "silent",
        "Save the 3 pages on conformal prediction as a note",
        "You read 3 pages on conformal prediction today.",
        "note",
        {"title": "Conformal prediction", "markdown": "# Conformal prediction\n"},
        {"speak": False, "p": 0.21, "bar": 0.34, "reason": "it is not likely enough to be useful"},
    ),
)
