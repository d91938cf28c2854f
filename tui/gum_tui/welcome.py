"""The five steps of the first run, in words; each may ask the daemon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from gum.client import Client, DaemonStatus, ObservationView
from gum_tui import phrases
from gum_tui.inert import inert

MARK = "welcomed"
"""The file in the home that says that the first run was seen."""

LATELY = timedelta(minutes=10)
MOST_RULES = 8
QUOTE = 300

DOES = """\
gum-desktop watches what you do on this computer and forms beliefs about you: what you work on, whom with, what you \
prefer, what is due. Each belief says how likely it is and why, and you can set it right.

It does
  • keep everything on this machine
  • show every belief with the words that it rests on
  • forget what you tell it to, for good
  • help where it is worth an interruption, after your yes

It does not
  • send anything anywhere
  • see private windows, password fields or what you exclude
  • believe sensitive matters without your leave"""

WHERE = """1 Today        does it record, and what waits for you
2 Propositions what is believed, why, and setting it right
3 Review       quick verdicts, one belief at a time
8 Privacy      what is seen, held back, kept and told
?              the keys of every screen

p on Today pauses for 15 minutes. gumctl status tells in any terminal whether it records."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its title, and its text with what the daemon says."""

    title: str
    text: Callable[[Client, datetime], str]


def wanted(client: Client) -> bool:
    """Return whether nothing is believed yet and the first run was not seen.  Raises ClientError."""
    home = Path(client.status().home)
    fresh = home.is_dir() and not (home / MARK).exists()
    return fresh and not client.propositions(limit=1).items


def seen(status: DaemonStatus | None) -> None:
    """Remember that the first run was seen; a home on another machine or without room is left alone."""
    if status and Path(status.home).is_dir():
        try:
            (Path(status.home) / MARK).touch()
        except OSError:
            return


def _does(client: Client, now: datetime) -> str:  # noqa: ARG001
    return DOES


def _never_seen(client: Client, now: datetime) -> str:  # noqa: ARG001
    rules = client.exclusions()
    lines = [f"  • {rule.pattern}" for rule in rules[:MOST_RULES]]
    more = f"\n  and {len(rules) - MOST_RULES:,} more" if len(rules) > MOST_RULES else ""
    return (
        f"Windows that fit one of {phrases.counted(len(rules), 'rule')} are never captured:\n\n"
        + "\n".join(lines)
        + f"{more}\n\nAdd applications, titles and sites at any time: 8 Privacy, then n."
    )


def _test_capture(client: Client, now: datetime) -> str:
    status = client.status()
    lately = client.observations(now - LATELY, now, limit=500).items
    if not lately:
        return f"Nothing was seen in the last minutes.\n\n{inert(status.verdict_text)}\n" + "\n".join(status.problems)
    return f"This is the last that was seen, read from your screen just now:\n\n{_quoted(lately, now)}"


def _quoted(seen: Sequence[ObservationView], now: datetime) -> str:
    last = next((one for one in reversed(seen) if one.text), seen[-1])
    text = inert(last.text, lines=True, longest=QUOTE) or "(no text)"
    return f"{last.app} · {last.title}\n{phrases.ago(last.captured_at, now)}\n\n{text}"


def _model(client: Client, now: datetime) -> str:  # noqa: ARG001
    told = client.models()
    suiting = next((one for one in told.catalogue if one.suits), None)
    words = "The built-in engine counts what you do and needs nothing more. It works now.\n\n"
    if told.in_use:
        return f"{words}{told.in_use} works beside it."
    if suiting is None:
        return f"{words}A model that understands far more can be had in 9 Models, now or later."
    return (
        f"{words}A model that runs on this machine understands far more. The one that suits it is {suiting.title} "
        f"({phrases.size(suiting.bytes)}, from {suiting.repository}).\n\nNow or later: 9 Models gets it. "
        "That is the only time the network is used, and only when you say so."
    )


def _where(client: Client, now: datetime) -> str:  # noqa: ARG001
    status = client.status()
    first = f"It sees you now: {status.now}" if status.now else "The first beliefs come within minutes of work."
    return f"{WHERE}\n\nAll that is kept lies in {status.home}.\n\n{first}"


STEPS = (
    Step("What it does, and what it does not", _does),
    Step("What is never seen", _never_seen),
    Step("A test", _test_capture),
    Step("A model, now or later", _model),
    Step("Where things are", _where),
)
