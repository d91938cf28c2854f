"""Shows what forgetting takes away, in numbers and examples, before anything is forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from gum.client import ForgetPreview
from gum_tui import phrases
from gum_tui.dialogs.dialog import Dialog
from gum_tui.inert import inert
from gum_tui.keys import PREVIEW, bindings
from gum_tui.widgets.reading import Reading

MOST = 6
"""Examples of each sort."""

NAMES: dict[str, tuple[str, ...]] = {
    "propositions": ("belief",),
    "rescored": ("belief judged anew from what stays", "beliefs judged anew from what stays"),
}
"""What is counted, where the daemon's name for it is not a person's."""


class ForgetDialog(Dialog[bool]):
    """Closes with True when the person wants it forgotten."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(PREVIEW)

    def __init__(self, what: str, previews: Sequence[ForgetPreview]) -> None:
        super().__init__("Forget")
        self._what = what
        self._previews = previews

    def body(self) -> Iterable[Widget]:
        yield Static(Content(inert(self._what, longest=300)).stylize("bold"), id="summary")
        with Reading():
            yield Static(self._content(), id="content")
        hint = "enter forgets it, U brings it back while that can be done; escape leaves everything as it is."
        yield Static(Content(hint), classes="hint")

    def _content(self) -> Content:
        counts: Counter[str] = Counter()
        for preview in self._previews:
            counts.update(preview.counts)
        kept = counts.pop("tombstones_kept", 0)
        lines = [Content.styled("This goes", "bold $primary")]
        lines += [Content(f"  {_counted(name, count)}") for name, count in counts.items() if count]
        if len(lines) == 1:
            lines.append(Content("  nothing"))
        for heading, texts in (
            ("Beliefs", [text for each in self._previews for text in each.propositions]),
            ("Windows", [text for each in self._previews for text in each.titles]),
            (
                "Files that stay where they are",
                [text for each in self._previews for text in (*each.exports, *each.left)],
            ),
        ):
            lines += _examples(heading, list(dict.fromkeys(texts)))
        if kept:
            refused = phrases.counted(kept, "sentence")
            lines.append(Content.styled(f"\n{refused} you never want inferred again tells of it, and stays.", "$quiet"))
        return Content("\n").join(lines)

    def action_accept(self) -> None:
        self.dismiss(True)


def _counted(name: str, count: int) -> str:
    """Return a number with what it counts; a name ends with the plural's s."""
    if name in NAMES:
        return phrases.counted(count, *NAMES[name])
    words = inert(name).replace("_", " ")
    return phrases.counted(count, words.removesuffix("s"), words)


def _examples(heading: str, texts: Sequence[str]) -> list[Content]:
    if not texts:
        return []
    more = [Content.styled(f"  and {len(texts) - MOST:,} more", "$quiet")] if len(texts) > MOST else []
    shown = [Content(f"  {inert(text, longest=120)}") for text in texts[:MOST]]
    return [Content.styled(f"\n{heading}", "bold $primary"), *shown, *more]
