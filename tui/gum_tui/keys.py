"""Every key of the program, in one table: the bindings, the footer and the help are made from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType


@dataclass(frozen=True, slots=True)
class Key:
    """One or more keys (by comma) that do one thing: its action, its word in the footer, its sentence."""

    keys: str
    action: str
    word: str
    meaning: str
    shown: bool = True
    display: str | None = None
    first: bool = False
    """Is done before anything else sees the key, a field that is being typed in as well."""


EVERYWHERE = (
    Key("1", "go('today')", "Today", "Go to Today.", shown=False),
    Key("2", "go('propositions')", "Propositions", "Go to Propositions.", shown=False),
    Key("3", "go('review')", "Review", "Go to Review.", shown=False),
    Key("4", "go('suggestions')", "Suggestions", "Go to Suggestions.", shown=False),
    Key("5", "go('timeline')", "Timeline", "Go to Timeline.", shown=False),
    Key("6", "go('insights')", "Insights", "Go to Insights.", shown=False),
    Key("7", "go('ask')", "Ask", "Go to Ask.", shown=False),
    Key("8", "go('privacy')", "Privacy", "Go to Privacy.", shown=False),
    Key("9", "go('models')", "Models", "Go to Models.", shown=False),
    Key("question_mark,f1", "help", "Help", "Show this help.", display="?"),
    Key("ctrl+r,f5", "retry", "Refresh", "Ask the daemon again, at once.", shown=False, first=True),
    Key("ctrl+t", "theme", "Theme", "Change between dark and light.", shown=False, first=True),
    Key("ctrl+p", "command_palette", "Commands", "Find any command by typing.", shown=False, first=True),
    Key(
        "f2", "read_out", "Plain text", "Show this screen as plain lines, for a screen reader.", shown=False, first=True
    ),
    Key("ctrl+w", "welcome", "Welcome", "Show the five steps of the first run.", shown=False),
    Key("q,ctrl+q", "quit", "Quit", "Leave. A daemon that observes goes on.", shown=False),
)

WALKING = (
    Key("j,down", "cursor_down", "Down", "Next row.", shown=False),
    Key("k,up", "cursor_up", "Up", "Row before.", shown=False),
    Key("g,home", "first", "First", "First row.", shown=False),
    Key("G,end", "last", "Last", "Last row.", shown=False),
    Key("ctrl+d,pagedown", "page_down", "Page down", "A page down.", shown=False),
    Key("ctrl+u,pageup", "page_up", "Page up", "A page up.", shown=False),
)

LIST = (*WALKING, Key("enter,l,right", "select", "Open", "Open the row.", shown=False))

TODAY = (
    Key("p", "pause", "Pause 15 min / resume", "Stop observing for 15 minutes; pressed again, go on observing."),
    Key("r", "review", "Review", "Give quick verdicts, one belief after the other."),
    Key("h", "held", "Held back", "Show what is held back until you allow it."),
    Key("tab", "app.focus_next", "Next list", "Move between beliefs and suggestions.", shown=False),
)

PROPOSITIONS = (
    Key("slash", "search", "Search", "Search by words and by meaning, as you type.", display="/", first=True),
    Key("c", "confirm", "Confirm", "It is true. A lasting belief is then kept as it is."),
    Key("r", "reject", "Reject", "It is wrong. It is not inferred again from the same evidence."),
    Key("e", "edit", "Edit", "Say it better. Your words outlive later inference."),
    Key("a", "add", "Add", "Tell something about yourself."),
    Key("p,asterisk", "pin", "Pin", "Keep it in view, or let it go again.", display="p"),
    Key("n", "never", "Never", "Refuse it for good. The refused sentence is kept, to know it again."),
    Key("u", "undo", "Undo", "Take back your last change of this belief."),
    Key("x", "forget", "Forget", "Forget it with what it rests on, after a look at what would go."),
    Key("U", "bring_back", "Bring back", "Bring back what was forgotten last.", shown=False),
    Key("space", "mark", "Mark", "Mark it, for an action on several.", shown=False),
    Key("ctrl+a", "mark_all", "Mark all", "Mark all that are loaded, or none.", shown=False),
    Key("z", "history", "Changes", "Take back any change of its history, an engine's as well.", shown=False),
    Key("w", "why", "Ask why", "Ask the engine why this is believed.", shown=False),
    Key("v", "view", "Picture", "Show the pictures that the evidence was read from.", shown=False),
    Key("b", "beside", "Beside", "Show it with those that clash with it or are near to it.", shown=False),
    Key(
        "f",
        "filter",
        "Filter",
        "By kind, theme, probability, lifetime, source, time, sensitivity, engine.",
        shown=False,
    ),
    Key("s", "filter_status", "Status", "Choose beliefs of which status are shown.", shown=False),
    Key("o", "sort", "Sort", "Choose the order.", shown=False),
    Key("escape,h,left", "back", "Back", "Close the detail, drop the marks, or clear search and filters.", shown=False),
)

REVIEW = (
    Key("c,y", "confirm", "Confirm", "It is true.", display="c"),
    Key("r", "reject", "Reject", "It is wrong. It is not inferred again from the same evidence."),
    Key("e", "edit", "Edit", "Say it better. Your words outlive later inference."),
    Key("n", "never", "Never", "Refuse it for good. The refused sentence is kept, to know it again."),
    Key("s,space", "later", "Later", "Leave it for the end of the round.", display="s"),
    Key("u", "undo", "Undo", "Take back the last answer, and be asked again."),
    Key("d", "drop", "Drop", "Drop a question; it is not asked again.", shown=False),
    Key("enter,o", "open", "All", "Show all about the belief; after a round, begin the next.", display="enter"),
)

SUGGESTIONS = (
    Key("a", "accept", "Accept", "See what would be done, and do it."),
    Key("d", "decline", "Dismiss", "Turn it down, with a reason if you like."),
    Key("w", "later", "Later", "Put it off; it comes again."),
    Key("x", "not_this_kind", "Not this kind", "Turn it down with all others of its kind."),
    Key("u", "undo", "Undo", "Take back the last version, what accepting did, or the refusal of a kind."),
    Key(
        "e",
        "refine",
        "Write anew",
        "Have a model write a result anew, as you say: shorter, in French, redo.",
        shown=False,
    ),
    Key("s", "shelf", "Shelf", "Change between open, later, done and 'why was I not told'."),
    Key("o", "digest", "Digest", "What waits for you, in one look.", shown=False),
    Key("m", "notifications", "Messages", "Notifications of other programs, what matters most first.", shown=False),
    Key("b", "beliefs", "Beliefs", "Show the belief it rests on.", shown=False),
    Key("escape,h,left", "back", "Back", "Close the detail.", shown=False),
)

TIMELINE = (
    Key("left_square_bracket", "day(-1)", "Before", "Show the day or the week before.", display="["),
    Key("right_square_bracket", "day(1)", "After", "Show the day or the week after.", display="]"),
    Key("t", "today", "Today", "Show today."),
    Key("w", "week", "Week", "Show the week, or the day again."),
    Key("i", "inferred", "Inferred", "Show the beliefs that have evidence from here."),
    Key("v", "view", "Picture", "Show the pictures that were read.", shown=False),
    Key("x", "forget", "Forget", "Forget what is under the cursor, after a look at what would go."),
    Key("X", "exclude", "Exclude", "Never see this application, title or site from now on."),
    Key("U", "bring_back", "Bring back", "Bring back what was forgotten last.", shown=False),
    Key("u", "undo", "Undo", "Let be seen again what was excluded last.", shown=False),
    Key("escape,h,left,backspace", "back", "Back", "Go back: from text to observations, to the day, to the week."),
)

INSIGHTS = (
    Key("d", "span", "Days", "Look back over 7, 28, 90 or 366 days."),
    Key("escape,h,left", "back", "Back", "Go back to the names of the figures.", shown=False),
)

ASK = (
    Key("slash,i", "ask", "Ask", "Go to the field for a question.", display="/"),
    Key("y", "copy_answer", "Copy", "Copy the last answer."),
    Key("escape,h,left", "back", "Stop / leave", "Stop an answer that is coming; else leave the field.", display="esc"),
)

PRIVACY = (
    Key("n", "add", "Hide", "Never see an application, a title or a site from now on."),
    Key("d", "remove", "Remove", "Remove the rule, or end the program's access."),
    Key("a", "allow", "Allow", "Allow a sensitive matter, or let what is held back be believed."),
    Key("r", "refuse", "Refuse", "Hold a sensitive matter back, or let what is held back go for good."),
    Key("u", "undo", "Undo", "Take back the last change made here."),
    Key("p", "pause", "Pause 15 min / resume", "Stop observing for 15 minutes; pressed again, go on observing."),
    Key("escape,h,left", "back", "Back", "Go back to the topics.", shown=False),
)

MODELS = (
    Key("p", "get", "Get", "Get the model, in the background."),
    Key("s", "stop", "Stop", "Stop a download; what was got so far is kept."),
    Key("a", "use", "Use", "Use the model from the daemon's next start on."),
    Key("d", "remove", "Remove", "Remove the model's files."),
    Key("escape,h,left", "back", "Back", "Go back to the topics.", shown=False),
)

DIALOG = (Key("escape", "cancel", "Close", "Close without doing anything."),)

WELCOME = (
    Key("enter,l,right,space", "next", "Next", "Go on.", display="enter"),
    Key("h,left", "previous", "Back", "Go back a step.", display="h"),
)

FRAME = (
    Key("left_square_bracket,h", "step(1)", "Older", "Show an older picture.", display="["),
    Key("right_square_bracket,l", "step(-1)", "Newer", "Show a newer picture.", display="]"),
)

WORDING = (Key("ctrl+s", "accept", "Save", "Take the sentence.", first=True),)

PREVIEW = (Key("enter,a", "accept", "Do it", "Do what is shown.", display="enter"),)


def bindings(keys: Iterable[Key]) -> list[BindingType]:
    """Return the bindings that Textual needs for these keys."""
    return [
        Binding(
            key.keys,
            key.action,
            key.word,
            show=key.shown,
            key_display=key.display,
            priority=key.first,
            tooltip=key.meaning,
        )
        for key in keys
    ]


_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "asterisk": "*",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "pagedown": "page down",
    "pageup": "page up",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def names(key: Key) -> str:
    """Return the keys as a person reads them, as 'j ↓'."""
    return "  ".join(_NAMES.get(each, each.replace("ctrl+", "ctrl-")) for each in key.keys.split(","))
