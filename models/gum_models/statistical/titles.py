"""What a window title says: the document or page, its site, its folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gum_models.statistical import apps, wordlists
from gum_models.statistical.apps import Role
from gum_models.statistical.language import plain

_SEPARATOR = re.compile(r"\s+[-|·•:»]{1,2}\s+|\s+::\s+")
_MARKER = re.compile(r"^[*•●∙◦✱+\s]+|[*•●]+$")
_UNREAD = re.compile(r"^\(\d+\+?\)\s*|\s*\(\d[\d,.]*\+?\)(?=\s|$)")
_FOLDER = re.compile(r"\s*[(\[](~?/[^)\]]*|~)[)\]]\s*$")
_PROMPT = re.compile(r"[\w.-]+@[\w.-]+:\s?(?P<path>[~/][^\s$#%:]*)")
_FILE = re.compile(r"(?P<name>[\w][\w .()&+,'-]*\.(?P<suffix>[A-Za-z][A-Za-z0-9]{0,9}))$")
_TERMINAL_EDITOR = re.compile(
    r"^(?:(?P<shown>.+?)\s+-\s+(?:N?VIM|GNU nano|nano|emacs|micro|helix)\d*|"
    r"(?:n?vim?|nano|emacs|micro|hx)\s+(?P<asked>[^-\s]\S*))$",
    re.I,
)
_UNTITLED = re.compile(r"^(untitled|unbenannt|new (document|file|tab|page)|neues? dokument|document)\s*\d*$", re.I)
_MAIL = re.compile(r"\b(e?-?mail|webmail|gmail|outlook|inbox)\b", re.I)
_BOX = re.compile(r"(inbox|sent( mail| items)?|drafts?|compose|new message|message sent|spam|junk|archive)\b", re.I)
_REPLY = re.compile(r"^(?:(?:re|aw|sv|reply|replying|fwd?|forward|compose|new message)\b\s*:?\s*)+", re.I)
_PATH_ROOTS = wordlists.load("path_roots")
_SEARCH_ENGINES = wordlists.load("search_engines")
_FOUND_AT = re.compile(r"(?P<query>.+) at (?P<engine>\S+)$")


@dataclass(frozen=True, slots=True)
class Title:
    """The parts of one window title.

    `subject` is the document, page or mail; `site` the web site or folder shown behind it;
    `folder` the project folder of a terminal or editor, empty when not shown.
    """

    subject: str
    site: str = ""
    folder: str = ""
    document: bool = False
    code: bool = False
    mail: bool = False
    mailbox: bool = False
    reply: bool = False


@lru_cache(maxsize=4096)
def parse(raw: str, app: str) -> Title:
    """Read a window title as an application of this class writes it."""
    role, spoken = apps.lookup(app)
    text = _MARKER.sub("", plain(raw)).strip()
    if role is Role.TERMINAL:
        return _terminal(text)
    parts = _without_app([part for part in _SEPARATOR.split(text) if part], spoken)
    if not parts:
        return Title(subject="")
    if role in (Role.EDITOR, Role.OFFICE, Role.VIEWER):
        return _document(parts, role)
    if role is Role.MAIL:
        return _mail(parts)
    if role is Role.BROWSER:
        return _page(parts)
    found = _FILE.search(parts[0])
    return _document(parts, role) if found else Title(subject=_UNREAD.sub("", parts[0]).strip())


def unmarked(raw: str) -> str:
    """Return the title without the mark of unsaved changes."""
    return _MARKER.sub("", raw).strip()


def project_folder(text: str) -> str:
    """Return the project folder that a shell prompt or terminal title names, or an empty string."""
    found = _PROMPT.search(text)
    return _project(found["path"]) if found else ""


def is_untitled(subject: str) -> bool:
    """Say whether the title names a document that has no name yet."""
    return bool(_UNTITLED.match(subject))


def _terminal(text: str) -> Title:
    """Read a terminal's title: the document of an editor that runs in it, or the shell's folder."""
    inside = _TERMINAL_EDITOR.match(text)
    if inside is None:
        return Title(subject=text, folder=project_folder(text))
    return _document([(inside["shown"] or inside["asked"]).strip()], Role.EDITOR)


def _project(path: str) -> str:
    steps = [step for step in path.strip("/").split("/") if step and step != "~"]
    if not path.startswith("~"):
        steps = steps[2:] if steps[:1] in (["home"], ["Users"]) else []
    while len(steps) > 1 and steps[0].casefold() in _PATH_ROOTS:
        steps = steps[1:]
    return steps[0] if steps and steps[0].casefold() not in _PATH_ROOTS and not steps[0].startswith(".") else ""


def _without_app(parts: list[str], spoken: str) -> list[str]:
    known = {spoken.casefold()} | apps.names()
    while parts and (parts[-1].casefold() in known or parts[-1].casefold().startswith(spoken.casefold() + " ")):
        parts = parts[:-1]
    return parts


def _document(parts: list[str], role: Role) -> Title:
    folder = ""
    subject = parts[0]
    if shown := _FOLDER.search(subject):
        folder, subject = _project(shown[1]), _FOLDER.sub("", subject)
    if "/" in subject and re.match(r"^[~/]", subject):
        folder, subject = folder or _project(subject.rsplit("/", 1)[0]), subject.rsplit("/", 1)[1]
    if not folder and role is Role.EDITOR and len(parts) > 1:
        named = parts[1] if parts[1].casefold() not in _PATH_ROOTS else ""
        folder = _project(parts[1]) if parts[1][:1] in "~/" else named
    subject = _MARKER.sub("", subject).strip()
    suffix = subject.rsplit(".", 1)[-1].casefold() if "." in subject else subject.casefold()
    return Title(
        subject=subject,
        folder=folder,
        document=bool(subject) and not is_untitled(subject),
        code=suffix in apps.CODE_SUFFIXES,
    )


def _mail(parts: list[str]) -> Title:
    return Title(
        subject=_REPLY.sub("", parts[0]).strip(),
        mail=True,
        mailbox=bool(_BOX.match(parts[0])),
        reply=bool(_REPLY.match(parts[0])),
    )


def _page(parts: list[str]) -> Title:
    parts = _as_answer(parts)
    subject, site = _UNREAD.sub("", parts[0]).strip(), parts[-1] if len(parts) > 1 else ""
    if _MAIL.search(site) or (not site and _BOX.fullmatch(subject)):
        head = _mail([subject])
        return Title(head.subject, site, mail=True, mailbox=head.mailbox, reply=head.reply)
    middle = " - ".join(_UNREAD.sub("", part).strip() for part in parts[1:-1])
    return Title(subject=f"{subject} - {middle}" if middle else subject, site=site)


def _as_answer(parts: list[str]) -> list[str]:
    """Return the parts of a title that a search engine writes as the query and the engine; others as they are."""
    found = _FOUND_AT.match(parts[0])
    if found and found["engine"].casefold() in _SEARCH_ENGINES:
        return [found["query"], found["engine"]]
    for place, part in enumerate(parts[1:], start=1):
        if part.partition(" ")[0].casefold() in _SEARCH_ENGINES:
            return parts[: place + 1]
    return parts
