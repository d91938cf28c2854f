"""How a stretch of the day and an observation are written in lists, and in full."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from gum.client import EpisodeView, ObservationView
from gum_tui import phrases
from gum_tui.day import Day, Stretch, app_name
from gum_tui.inert import inert
from gum_tui.widgets.band import GAP_SIGNS, colours
from gum_tui.widgets.evidence import PICTURE

KINDS = {
    "window": "window",
    "screen": "read on screen",
    "typed": "typed by you",
    "activity": "keys and clicks",
    "text": "text",
}


def row(stretch: Stretch, day: Day) -> Content:
    """Return time, letter, what was done and how long; of a gap why nothing was seen."""
    time = f"{phrases.clock_in_column(stretch.started_at)}  "
    if stretch.episode is None:
        reason = f" ({inert(stretch.reason)})" if stretch.reason else ""
        sign, words = GAP_SIGNS[stretch.state] * 3, f"{phrases.GAPS[stretch.state.value]}{reason}"
        return Content.styled(f"{time}{sign}{_length(stretch.seconds)}{words}", "$quiet")
    episode = stretch.episode
    place = day.activity(episode.app)
    back, front = colours(place)
    return Content.assemble(
        (time, "$quiet"),
        (f" {day.activities[place].letter} ", f"{front} on {back}"),
        (_length(episode.dwell_s), "$quiet"),
        title(episode),
    )


def _length(seconds: float) -> str:
    return f" {phrases.duration(seconds):>10}  "


def title(episode: EpisodeView) -> str:
    """Return application and document, or the topic where there is no document."""
    subject = inert(episode.document) or inert(episode.topic)
    return f"{app_name(episode.app)} · {subject}" if subject else app_name(episode.app)


def episode(episode: EpisodeView, observations: Sequence[ObservationView]) -> Content:
    """Return everything known of an episode, then what was seen in it, shortened."""
    lines = [
        Content.styled(title(episode), "bold"),
        Content.styled(
            f"{phrases.clock(episode.started_at)} to {phrases.clock(episode.ended_at)} · "
            f"{phrases.duration(episode.dwell_s)} · {phrases.counted(episode.keys, 'key')}, "
            f"{phrases.counted(episode.clicks, 'click')}",
            "$quiet",
        ),
    ]
    if episode.topic:
        lines.append(Content.assemble(("about ", "$quiet"), inert(episode.topic)))
    if episode.state.value != "inferred":
        reason = f": {inert(episode.reason)}" if episode.reason else ""
        lines.append(Content.styled(f"inference {episode.state.value}{reason}", "$quiet"))
    lines.append(Content.styled(f"\n{phrases.counted(len(episode.observations), 'observation')}", "bold $primary"))
    lines += [observation_row(each) for each in observations]
    return Content("\n").join(lines)


def gap(stretch: Stretch) -> Content:
    """Return why nothing was seen."""
    lines = [
        Content.styled(phrases.GAPS[stretch.state.value].capitalize(), "bold"),
        Content.styled(
            f"{phrases.clock(stretch.started_at)} to {phrases.clock(stretch.ended_at)} · "
            f"{phrases.duration(stretch.seconds)}",
            "$quiet",
        ),
    ]
    if stretch.reason:
        lines.append(Content(inert(stretch.reason)))
    lines += [Content(""), Content(phrases.GAPS_EXPLAINED[stretch.state.value])]
    return Content("\n").join(lines)


def observation_row(observation: ObservationView) -> Content:
    """Return time, kind and the first words."""
    picture = f"{PICTURE} " if observation.frame else ""
    kind = KINDS.get(observation.kind, inert(observation.kind))
    words = inert(observation.text, longest=160) or inert(observation.title) or _counts(observation)
    return Content.assemble(
        (f"{phrases.clock_in_column(observation.captured_at)}  {kind}  ", "$quiet"),
        (picture, "$quiet"),
        words,
    )


def observation(observation: ObservationView) -> Content:
    """Return an observation in full: where, when, how far it is trusted, and its text."""
    spent = (observation.until - observation.captured_at).total_seconds()
    where = [inert(each) for each in (observation.app, observation.title, observation.url) if each]
    lines = [
        Content.styled(" · ".join(where) or "no window", "bold"),
        Content.styled(
            f"{KINDS.get(observation.kind, inert(observation.kind))} at {phrases.clock(observation.captured_at)}"
            f"{f' for {phrases.duration(spent)}' if spent >= 1 else ''} · {phrases.TRUSTS[observation.trust.value]}",
            "$quiet",
        ),
        Content(""),
        Content(inert(observation.text, lines=True) or _counts(observation) or "There is no text."),
    ]
    return Content("\n").join(lines)


def _counts(observation: ObservationView) -> str:
    """Return what was counted; empty where nothing was."""
    counts = ((observation.keys, "key"), (observation.clicks, "click"), (observation.scrolls, "scroll"))
    return ", ".join(phrases.counted(number, noun) for number, noun in counts if number)
