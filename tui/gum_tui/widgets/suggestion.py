"""A suggestion in words: why it was made, what it would do, what became of it, or why it was kept silent."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from gum.client import PreviewView, StepView, SuggestionView
from gum_tui import phrases
from gum_tui.inert import inert
from gum_tui.widgets.probability import line
from gum_tui.widgets.reading import Reading

SIGNS = {
    "shown": "◆",
    "snoozed": "◷",
    "silent": "◇",
    "accepting": "…",
    "refining": "…",
    "accepted": "✓",
    "dismissed": "✗",
    "expired": "◌",
    "undone": "↶",
}
STATES = {
    "shown": "waits for your answer",
    "snoozed": "put off",
    "silent": "was not shown",
    "accepting": "being done …",
    "refining": "being written anew …",
    "accepted": "done",
    "dismissed": "turned down",
    "expired": "its time has passed",
    "undone": "done and taken back",
}


BUSY = ("accepting", "refining")
"""States while something is being done."""


def row(suggestion: SuggestionView, now: datetime, step: StepView | None = None) -> Content:
    """Return title and a quieter line: the reason of a silent one, the step of one at which something is being done."""
    about = STATES.get(suggestion.status, suggestion.status)
    if step and step.step and suggestion.status in BUSY:
        done = "" if step.share is None else f" · {phrases.percent(step.share)}"
        about = f"{inert(step.step)} …{done}"
    if suggestion.status == "silent":
        about = reason(suggestion) or about
    return Content.assemble(
        inert(suggestion.title),
        (f"\n{SIGNS.get(suggestion.status, '·')} ", "$primary"),
        (f"{about} · {phrases.ago(suggestion.created_at, now)}", "$quiet"),
    )


def reason(suggestion: SuggestionView) -> str:
    """Return the gate's reason."""
    return inert(str(suggestion.decision.get("reason", "")), longest=500)


class SuggestionDetail(Reading):
    """Shows one suggestion, from its first line on; the preview joins when it arrives."""

    _shown = 0

    def show_nothing(self, words: str) -> None:
        self._fill([Static(Content.styled(words, "$quiet"))])

    def show(self, suggestion: SuggestionView, preview: PreviewView | None, now: datetime) -> None:
        """Show the suggestion; `preview` is what accepting would do, None while it is not known."""
        if suggestion.id != self._shown:
            self._shown = suggestion.id
            self.scroll_home(animate=False)
        parts: list[Widget] = [
            Static(Content(inert(suggestion.title)), classes="claim"),
            Static(Content.styled(_state(suggestion, now), "$quiet")),
            Static("Why", classes="heading"),
            Static(Content(inert(suggestion.why, lines=True))),
            *_numbers(suggestion),
        ]
        if preview:
            parts += [
                Static("Accepting will", classes="heading"),
                Static(Content(inert(preview.summary))),
                Static(Content(inert(preview.content, lines=True)), classes="preview"),
                *([Static(Content("\n".join(also)))] if (also := beside(preview)) else []),
            ]
        self._fill([*parts, *_result(suggestion)])

    def _fill(self, parts: list[Widget]) -> None:
        with self.app.batch_update():
            self.remove_children()
            self.mount_all(parts)


def beside(preview: PreviewView) -> list[str]:
    """Return what accepting does beside showing its content: files written, things opened, what is copied."""
    lines = [f"writes {inert(file)}" for file in preview.files]
    lines += [f"opens {inert(place)}" for place in preview.opens]
    return lines + ([f"copies “{inert(preview.clipboard, longest=200)}”"] if preview.clipboard else [])


def _state(suggestion: SuggestionView, now: datetime) -> str:
    words = f"{inert(suggestion.kind)} · {STATES.get(suggestion.status, suggestion.status)}"
    words += f" · made {phrases.when(suggestion.created_at, now)}"
    if suggestion.status == "snoozed" and suggestion.snoozed_until:
        words += f" · comes again {phrases.when(suggestion.snoozed_until, now)}"
    return words + (f" · until {phrases.when(suggestion.expires_at, now)}" if suggestion.expires_at else "")


def _numbers(suggestion: SuggestionView) -> list[Widget]:
    decision = suggestion.decision
    useful, bar_at = decision.get("p"), decision.get("bar")
    lines: list[Content] = []
    benefit, alarm, silence = (decision.get(name) for name in ("benefit", "cost_false_alarm", "cost_silence"))
    if all(isinstance(each, int | float) for each in (benefit, alarm, silence)):
        words = (
            f"Worth {benefit:g} if it helps; a needless one costs {alarm:g}, silence when it would help {silence:g}."
        )
        lines.append(Content(words))
    if isinstance(useful, int | float):
        lines.append(Content.assemble("Likely to help  ", line(useful, 12), f" {phrases.percent(useful)}"))
    if isinstance(bar_at, int | float):
        lines.append(Content.styled(f"Speaking pays above {phrases.percent(bar_at)}.", "$quiet"))
    said = reason(suggestion)
    if said:
        lines.append(Content(f"{said[:1].upper()}{said[1:]}."))
    heading = "Why you were not told" if suggestion.status == "silent" else "Why now"
    return [Static(heading, classes="heading"), Static(Content("\n").join(lines))] if lines else []


def _result(suggestion: SuggestionView) -> list[Widget]:
    lines = [inert(str(suggestion.result[name])) for name in ("summary", "reason") if suggestion.result.get(name)]
    lines += [f"→ {inert(file)}" for file in suggestion.files]
    if not lines:
        return []
    if suggestion.status == "undone":
        lines = [f"Taken back: {line}" for line in lines]
    parts: list[Widget] = [Static("What became of it", classes="heading"), Static(Content("\n".join(lines)))]
    versions = list(suggestion.result.get("versions") or [])
    if len(versions) > 1:
        wishes = [f"{number}. “{inert(str(one['wish']))}”" for number, one in enumerate(versions[1:], start=2)]
        parts += [
            Static("Versions", classes="heading"),
            Static(Content("\n".join(["1. as accepted", *wishes]))),
            Static(Content(inert(str(versions[-1]["text"]), lines=True)), classes="preview"),
        ]
    return parts
