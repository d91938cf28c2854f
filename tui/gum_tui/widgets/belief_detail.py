"""Everything behind one belief: its probability drawn, the reasoning, the evidence on both sides, its history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from gum.client import EvidenceView, PropositionDetail, PropositionView, RelatedView, RevisionView, VerdictView
from gum.records import Stance
from gum_tui import difference, phrases
from gum_tui.inert import inert
from gum_tui.widgets import belief as words
from gum_tui.widgets.evidence import Quote
from gum_tui.widgets.probability import line, scale
from gum_tui.widgets.reading import Reading

MOST_EVIDENCE = 40
"""Quotes shown on each side, the newest first; the count says how many there are."""

MOST_REVISIONS = 20
VERDICTS = {
    "add": "told",
    "confirm": "true",
    "reject": "wrong",
    "edit": "said better",
    "retire": "true, and over",
    "never_infer": "never infer; the sentence is kept, to know it again",
    "undo": "taken back",
}
"""What is said for the daemon's name of a verdict."""
SCALE_WIDTH = 36


class BeliefDetail(Reading):
    """Shows one belief at a time; what the table knows at once, the evidence when it arrives."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.shown: int | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="known", markup=False)
        yield Vertical(id="behind")

    def show_nothing(self, words: str) -> None:
        """Show that there is no belief to show."""
        self.shown = None
        self._show_known(Content.styled(words, "$quiet"))

    def show_summary(self, belief: PropositionView, now: datetime) -> None:
        """Show what is known without asking."""
        self.shown = belief.id
        self._show_known(_known(belief, now))

    def show(self, detail: PropositionDetail, now: datetime, related: Sequence[RelatedView] = ()) -> None:
        """Show the belief with all that stands behind it."""
        if detail.proposition.id != self.shown:
            self.scroll_home(animate=False)
        self.shown = detail.proposition.id
        evidence = {side: [each for each in detail.evidence if each.stance is side] for side in Stance}
        parts = _evidence("Evidence for", evidence[Stance.FOR], now)
        parts += _evidence("Evidence against", evidence[Stance.AGAINST], now)
        parts += _beside("In conflict with", [each for each in related if each.relation == "conflict"])
        parts += _beside("Beside it", [each for each in related if each.relation != "conflict"])
        parts += _verdicts(detail.verdicts, now)
        parts += _history(detail.revisions, now)
        behind = self.query_one("#behind")
        with self.app.batch_update():
            self.query_one("#known", Static).update(_known(detail.proposition, now))
            behind.remove_children()
            behind.mount_all(parts)
            behind.display = True

    def _show_known(self, content: Content) -> None:
        """Show this alone; what stands behind another belief is put out of sight."""
        self.scroll_home(animate=False)
        self.query_one("#behind").display = False
        self.query_one("#known", Static).update(content)


def _heading(text: str) -> Static:
    return Static(Content(text), classes="heading")


def _known(belief: PropositionView, now: datetime) -> Content:
    return Content("\n").join(
        [
            words.sentence(belief).stylize("bold"),
            Content(""),
            scale(belief.probability, SCALE_WIDTH),
            Content(""),
            _status(belief),
            *(Content.styled(fact, "$quiet") for fact in _facts(belief, now)),
            Content(""),
            Content.styled("Why", "bold $primary"),
            Content(inert(belief.reasoning, lines=True) or "No reasoning was given."),
        ]
    )


def _status(belief: PropositionView) -> Content:
    more = (", pinned" if belief.pinned else "") + (", in your own words" if belief.edited else "")
    sign = (f"{words.sign(belief)} ", words.sign_colour(belief))
    return Content.assemble(sign, words.STATUSES[belief.status], more)


def _facts(belief: PropositionView, now: datetime) -> list[str]:
    facts = [
        f"{belief.kind.value} · {belief.theme.value} · holds {phrases.LIFETIMES[belief.durability.value]}",
        f"seen first {phrases.when(belief.first_seen, now)}, last {phrases.when(belief.last_supported, now)}",
        f"{phrases.TRUSTS[belief.trust.value]} · by {words.author(belief.engine)}",
    ]
    return [*facts, f"until {phrases.when(belief.valid_to, now)}"] if belief.valid_to else facts


def _evidence(title: str, evidence: Sequence[EvidenceView], now: datetime) -> list[Widget]:
    if not evidence:
        return []
    newest = sorted(evidence, key=lambda each: each.at, reverse=True)[:MOST_EVIDENCE]
    more = f", the newest {len(newest)} of them" if len(newest) < len(evidence) else ""
    return [
        _heading(f"{title}  {len(evidence)}{more}"),
        *(Quote(each, now) for each in newest),
    ]


def _beside(title: str, related: Sequence[RelatedView]) -> list[Widget]:
    if not related:
        return []
    lines = [
        Content.assemble(line(each.proposition.probability, 6), "  ", words.sentence(each.proposition))
        for each in related
    ]
    return [
        Static(Content.assemble(title, f"  {len(related)}", ("  b shows them", "$quiet")), classes="heading"),
        Static(Content("\n").join(lines)),
    ]


def _verdicts(verdicts: Sequence[VerdictView], now: datetime) -> list[Widget]:
    if not verdicts:
        return []
    return [_heading("What you said"), *(Static(_verdict(each, now), classes="text") for each in verdicts)]


def _verdict(verdict: VerdictView, now: datetime) -> Content:
    shown = verdict.shown_probability
    doubt = f" when it stood at {phrases.percent(shown)}" if shown is not None else ""
    note = f": {inert(verdict.note)}" if verdict.note else ""
    words = VERDICTS.get(verdict.verdict) or inert(verdict.verdict)
    return Content.assemble(f"{words}{doubt}{note}  ", (phrases.when(verdict.at, now), "$quiet"))


def _history(revisions: Sequence[RevisionView], now: datetime) -> list[Widget]:
    newest = sorted(revisions, key=lambda each: -each.seq)[:MOST_REVISIONS]
    if not newest:
        return []
    return [
        _heading(f"History  {len(revisions)}"),
        *(Static(_revision(each, now), classes="revision") for each in newest),
    ]


def _revision(revision: RevisionView, now: datetime) -> Content:
    undone = " (taken back)" if revision.undone else ""
    first = Content.assemble(
        (phrases.when(revision.at, now), "bold"),
        f"  {inert(revision.cause)}{undone}  ",
        (f"by {words.author(revision.author)}", "$quiet"),
    )
    changes = difference.fields(revision.old, revision.new) if revision.old else [Content("first believed")]
    return Content("\n").join([first, *changes])
