"""Everything behind one belief: its probability drawn, the reasoning, the evidence on both sides, its history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from gum.client import EvidenceView, PropositionDetail, PropositionView, RevisionView, VerdictView
from gum.records import Stance
from gum_tui import difference, phrases
from gum_tui.inert import inert
from gum_tui.widgets import belief as words
from gum_tui.widgets.probability import scale

MOST_EVIDENCE = 40
"""Quotes shown on each side, the newest first; the count says how many there are."""

MOST_REVISIONS = 20
VERDICTS = {"never_infer": "never infer; the sentence is kept, to know it again"}
SCALE_WIDTH = 36


class BeliefDetail(VerticalScroll):
    """Shows one belief at a time; what the table knows at once, the evidence when it arrives."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.shown: int | None = None

    def show_nothing(self, words: str) -> None:
        """Show that there is no belief to show."""
        self.shown = None
        self._fill([Static(Content.styled(words, "$quiet"), classes="empty")])

    def show_summary(self, belief: PropositionView, now: datetime) -> None:
        """Show what is known without asking."""
        self.shown = belief.id
        self.scroll_home(animate=False)
        self._fill([*_top(belief, now), Static(Content.styled("…", "$quiet"))])

    def show(self, detail: PropositionDetail, now: datetime) -> None:
        """Show the belief with all that stands behind it."""
        if detail.proposition.id != self.shown:
            self.scroll_home(animate=False)
        self.shown = detail.proposition.id
        parts = _top(detail.proposition, now)
        parts += _evidence("Evidence for", "for", [each for each in detail.evidence if each.stance is Stance.FOR], now)
        against = [each for each in detail.evidence if each.stance is Stance.AGAINST]
        parts += _evidence("Evidence against", "against", against, now)
        parts += _verdicts(detail.verdicts, now)
        parts += _history(detail.revisions, now)
        self._fill(parts)

    def _fill(self, parts: Sequence[Widget]) -> None:
        with self.app.batch_update():
            self.remove_children()
            self.mount_all(parts)


def _heading(text: str) -> Static:
    return Static(Content(text), classes="heading")


def _top(belief: PropositionView, now: datetime) -> list[Widget]:
    status = Content.assemble((f"{words.sign(belief)} ", words.sign_colour(belief)), words.STATUSES[belief.status])
    if belief.pinned:
        status += Content(", pinned")
    if belief.edited:
        status += Content(", in your own words")
    facts = [
        f"{belief.kind.value} · {belief.theme.value} · holds {phrases.LIFETIMES[belief.durability.value]}",
        f"seen first {phrases.when(belief.first_seen, now)}, last {phrases.when(belief.last_supported, now)}",
        f"{phrases.TRUSTS[belief.trust.value]} · by {inert(belief.engine)}",
    ]
    if belief.valid_to:
        facts.append(f"until {phrases.when(belief.valid_to, now)}")
    return [
        Static(words.sentence(belief), classes="claim"),
        Static(scale(belief.probability, SCALE_WIDTH), classes="scale"),
        Static(status),
        Static(Content.styled("\n".join(facts), "$quiet"), classes="facts"),
        _heading("Why"),
        Static(Content(inert(belief.reasoning, lines=True) or "No reasoning was given."), classes="text"),
    ]


def _evidence(title: str, side: str, evidence: Sequence[EvidenceView], now: datetime) -> list[Widget]:
    if not evidence:
        return []
    newest = sorted(evidence, key=lambda each: each.at, reverse=True)[:MOST_EVIDENCE]
    more = f", the newest {len(newest)} of them" if len(newest) < len(evidence) else ""
    return [
        _heading(f"{title}  {len(evidence)}{more}"),
        *(Static(_quote(each, now), classes=f"quote -{side}") for each in newest),
    ]


def _quote(evidence: EvidenceView, now: datetime) -> Content:
    app, title = inert(evidence.app), inert(evidence.title)
    place = title if app and app in title else " · ".join(part for part in (app, title) if part)
    about = [phrases.when(evidence.at, now), place or "no window", phrases.TRUSTS[evidence.trust.value]]
    return Content.assemble(f"“{inert(evidence.quote, longest=600)}”\n", (" · ".join(about), "$quiet"))


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
        (f"by {inert(revision.author)}", "$quiet"),
    )
    changes = difference.fields(revision.old, revision.new) if revision.old else [Content("first believed")]
    return Content("\n").join([first, *changes])
