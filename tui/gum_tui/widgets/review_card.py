"""One thing to decide, large and alone: a belief with its best evidence, a question, or two beliefs that clash."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from gum.client import ConflictView, DueView, EvidenceView, PropositionDetail, PropositionView, QuestionView
from gum.records import Stance
from gum_tui import phrases
from gum_tui.inert import inert
from gum_tui.rounds import Card
from gum_tui.widgets import belief as words
from gum_tui.widgets import evidence as quotes
from gum_tui.widgets.evidence import Quote
from gum_tui.widgets.items import Items
from gum_tui.widgets.probability import line, scale
from gum_tui.widgets.reading import Reading

SCALE_WIDTH = 36
MOST_FOR, MOST_AGAINST = 3, 2

OWN_WORDS = "own"
FIRST, SECOND, BOTH, NEITHER = "first", "second", "both", "neither"


class ReviewCard(Reading):
    """Shows one card; the choices of a question or a conflict stand in a list below it."""

    _shown = ""

    def compose(self) -> ComposeResult:
        yield Static(id="asked", markup=False)
        yield Vertical(id="quotes")
        yield Items(id="choices")

    def show(self, card: Card, detail: PropositionDetail | None, now: datetime) -> None:
        """Show a card; `detail` is the belief's evidence, None while it is not known."""
        self._begin(card.key)
        if card.question:
            self._show(_question(card.question), _answers(card.question))
        elif card.conflict:
            self._show(_conflict(card.conflict, now), _verdicts(card.conflict))
        elif card.due:
            best = _best(detail.evidence) if detail else []
            leads = {Stance.FOR: "", Stance.AGAINST: "speaks against it: "}
            shown = [Quote(each, now, leads[each.stance]) for each in best]
            self._show(_belief(card.due, detail, len(best), now), [], shown)

    def say(self, content: Content) -> None:
        """Show words in place of a card."""
        self._begin("")
        self._show(content, [])

    def _begin(self, key: str) -> None:
        """Show another card from its first line on, and its choices from the first."""
        if key != self._shown:
            self._shown = key
            self.scroll_home(animate=False)
            self.query_one(Items).clear_options()

    def _show(self, content: Content, choices: Sequence[tuple[str, Content]], best: Sequence[Quote] = ()) -> None:
        self.query_one("#asked", Static).update(content)
        behind = self.query_one("#quotes")
        with self.app.batch_update():
            behind.remove_children()
            behind.mount_all(best)
        items = self.query_one(Items)
        items.display = bool(choices)
        if choices:
            items.show(choices)
            items.focus()
        else:
            self.focus()


def _belief(due: DueView, detail: PropositionDetail | None, best: int, now: datetime) -> Content:
    """Return the belief in words; of the evidence only how much of it is quoted below."""
    shown = detail.proposition if detail else due.proposition
    lines = [
        words.sentence(shown).stylize("bold"),
        Content(""),
        scale(shown.probability, SCALE_WIDTH),
        Content(""),
        Content.styled(_facts(shown, now), "$quiet"),
        Content.assemble(("Asked because ", "$quiet"), inert(due.why)),
    ]
    if shown.reasoning:
        lines += [Content(""), Content.styled("Why it is believed", "bold $primary"), Content(inert(shown.reasoning))]
    if detail is None:
        return Content("\n").join([*lines, Content(""), Content.styled("Evidence …", "$quiet")])
    return Content("\n").join([*lines, *_evidence(len(detail.evidence), best)])


def _facts(belief: PropositionView, now: datetime) -> str:
    return (
        f"{belief.kind.value} · holds {phrases.LIFETIMES[belief.durability.value]} · "
        f"{phrases.TRUSTS[belief.trust.value]} · last seen {phrases.ago(belief.last_supported, now)}"
    )


def _best(evidence: Sequence[EvidenceView]) -> list[EvidenceView]:
    return quotes.best(evidence, Stance.FOR, MOST_FOR) + quotes.best(evidence, Stance.AGAINST, MOST_AGAINST)


def _evidence(kept: int, best: int) -> list[Content]:
    if not best:
        return [Content(""), Content.styled("No evidence is kept.", "$quiet")]
    shown = f"the best {best} of {kept}" if best < kept else f"{kept}"
    return [Content(""), Content.assemble(("Evidence  ", "bold $primary"), (shown, "$quiet"))]


def _question(question: QuestionView) -> Content:
    lines = [
        Content.styled("gum-desktop asks", "$quiet"),
        Content(""),
        Content(inert(question.text)).stylize("bold"),
        Content(""),
    ]
    for belief in question.propositions:
        lines.append(Content.assemble(line(belief.probability, 6), "  ", words.sentence(belief)))
    return Content("\n").join([*lines, Content("")])


def _answers(question: QuestionView) -> list[tuple[str, Content]]:
    choices = [(str(number), Content(inert(choice))) for number, choice in enumerate(question.choices, 1)]
    return [*choices, (OWN_WORDS, Content.styled("In my own words …", "italic"))]


def _conflict(conflict: ConflictView, now: datetime) -> Content:
    both = [conflict.proposition, *([conflict.rival] if conflict.rival else [])]
    heading = "Only one of these can hold" if conflict.exclusive else "These speak against each other"
    lines = [
        Content.styled(heading, "bold"),
        Content.styled(
            f"{phrases.counted(conflict.pieces, 'piece')} of evidence, the latest {phrases.when(conflict.latest, now)}",
            "$quiet",
        ),
    ]
    for number, belief in enumerate(both, 1):
        sentence = Content.assemble((f"{number}  ", "bold $primary"), words.sentence(belief))
        lines += [Content(""), sentence, Content.assemble("   ", words.about(belief, now))]
    return Content("\n").join([*lines, Content("")])


def _verdicts(conflict: ConflictView) -> list[tuple[str, Content]]:
    choices = [(FIRST, "Only 1 holds"), (SECOND, "Only 2 holds")]
    choices += [] if conflict.exclusive else [(BOTH, "Both hold")]
    return [(value, Content(text)) for value, text in [*choices, (NEITHER, "Neither holds")]]
