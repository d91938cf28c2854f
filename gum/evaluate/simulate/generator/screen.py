"""What a window looks like: its title as applications write it, and its text as a reader sees it.

A window holds more than its document: menus, toolbars, a sidebar that runs into the lines, a status line.  Lines are
cut at the window's edge, and some are read wrongly.
"""

from __future__ import annotations

from random import Random
from urllib.parse import quote_plus

from gum.evaluate.simulate.generator import vocabulary
from gum.evaluate.simulate.generator.person import Person
from gum.evaluate.simulate.generator.view import Mark, View
from gum.evaluate.simulate.generator.writing import misread

_TOOLBARS = {
    "writing": ("Default Paragraph Style ▾ Liberation Serif ▾ 12 ▾", "⎘ ⎌ B I U S ¶ 12 pt"),
    "spreadsheets": ("A1 ▾ fx Σ =", "Liberation Sans ▾ 10 pt ▾ B I U % 0.0"),
    "coding": ("EXPLORER OPEN EDITORS OUTLINE TIMELINE", "", "◂ ▸ main ▾ ▶"),
    "documents": ("◂ ▸ 1 of 12 100 % ▾", "100% − + fit"),
    "mail": ("Reply Reply All Forward Archive Junk Delete", "Send Spelling Security Save Attach", "⟳ ✎ ⌕"),
    "calendar": ("◂ ▸ + New event", "Today ◂ ▸"),
    "files": ("◂ ▸ ⌂ ⌕ ☰", ""),
}
_ANY_TOOLBAR = ("New Open Save Print Undo Redo", "", "☰ ⌕")
_STATUS = {
    "writing": ("Page {n} of 9  412 words, 2,601 characters  English (UK)", ""),
    "spreadsheets": ("Sheet 1 of 2  Default  Sum=0  {n}0 %", "Ready"),
    "coding": ("Ln {n}, Col 17  Spaces: 4  UTF-8  LF", "INSERT  {n}%", "Saved {n} s ago"),
    "notes": ("Plain Text  Tab Width: 8  Ln {n}, Col 1  INS", ""),
    "mail": ("{n} messages, 2 unread", "", "Unread: {n}  Total: 211"),
    "files": ("{n} items, 21.{n} GB free", ""),
}
_SIDEBARS = {
    "mail": ("Inbox (12)", "Sent", "Drafts (1)", "Archive", "Junk", "Trash", "Newsletters (48)"),
    "chat": ("Threads", "Mentions", "#random", "#general", "Direct messages", "+ Add channel"),
    "files": ("Home", "Documents", "Downloads", "Pictures", "Music", "Trash"),
    "coding": ("src", "tests", "README.md", ".gitignore", "build", "docs"),
}
_BOOKMARKS = ("Weather  Maps  Bank  Recipes", "Getting Started  News  Timetable", "", "Imported  Work  Later")
_WIDTHS = (58, 74, 96, 140)


def title_of(view: View, person: Person, rng: Random, dirty: bool) -> str:
    """Return the window's title."""
    mark = (
        {"Code": "● ", "VSCodium": "● ", "kate": "* ", "kwrite": "* "}.get(view.app.window_class, "*") if dirty else ""
    )
    folder = view.place or "Documents"
    document = view.document
    if view.app.use == "browsing" and rng.random() < 0.06:
        document = f"({rng.randrange(1, 30)}) {document}"
    return view.app.title.format(
        doc=document,
        dirty=mark,
        folder=folder if view.app.use == "coding" or view.app.key == "obsidian" else f"~/{folder}",
        path=f"~/{folder}/{document}",
        user=person.login,
        host=person.host,
        n=rng.randrange(1, 60),
    )


def address_of(view: View) -> str:
    """Return the address of a web page, '' of anything else."""
    if not view.site:
        return ""
    if view.site.endswith("="):
        return f"https://{view.site}{quote_plus(view.document)}"
    path = "-".join("".join(c if c.isalnum() else " " for c in view.document.casefold()).split()[:6])
    return f"https://{view.site}/{quote_plus(path)}"


def texts_of(view: View, person: Person, rng: Random) -> list[str]:
    """Return what a reader sees of the window: first without what is typed, then with each line that is added."""
    head, foot = _head(view, rng), _foot(view, rng)
    width = rng.choice(_WIDTHS)
    sidebar = _SIDEBARS.get(view.app.use, ()) if rng.random() < 0.6 else ()
    start = rng.randrange(len(sidebar)) if sidebar else 0
    body = []
    for row, line in enumerate(view.lines):
        side = sidebar[(start + row) % len(sidebar)] if sidebar and rng.random() < 0.3 else ""
        body.append(f"{side}   {line}" if side else line[: max(width, 40)] if rng.random() < 0.3 else line)
    texts = []
    for count in range(len(view.typed) + 1):
        lines = [*head, *body, *view.typed[:count], *foot]
        texts.append(
            "\n".join(misread(line, person.misread, f"{person.seed}/{view.app.key}") for line in lines if line)
        )
    return texts


def legible(mark: Mark, title: str, text: str) -> bool:
    """Return whether the words of a mark can be read."""
    return mark.words.casefold() in title.casefold() or mark.words.casefold() in text.casefold()


def _head(view: View, rng: Random) -> list[str]:
    menu = rng.choice(vocabulary.uses()[view.app.use].menus)
    if view.app.use != "browsing":
        return [menu, rng.choice(_TOOLBARS.get(view.app.use, _ANY_TOOLBAR))]
    tab = f"{view.document[:22]}…" if len(view.document) > 22 else view.document
    address = address_of(view).removeprefix("https://")[: rng.choice((40, 90))]
    return [menu, f"x {tab} x + v", f"← → C {address} ☆ =", rng.choice(_BOOKMARKS)]


def _foot(view: View, rng: Random) -> list[str]:
    return [rng.choice(_STATUS.get(view.app.use, ("",))).format(n=rng.randrange(1, 9))]
