"""Mail as other programs export it: one message a file (.eml), or many in one (mbox).

What stands in a message may be anybody's words; it is trusted as little as a web page.  Attachments are left out.
"""

from __future__ import annotations

import email
import email.header
import email.policy
import mailbox
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path

from gum.errors import RecordingError
from gum.feeds.entry import Defaults, capture
from gum.wire import CaptureIn

#: More of one message is left out.
LONGEST = 20_000
_UNTRUSTED = "untrusted"
_HIDDEN = frozenset({"script", "style", "head", "title"})


def of_message(data: bytes, defaults: Defaults, where: str = "The message") -> tuple[str, CaptureIn]:
    """Return the entry of one message.  Raises RecordingError."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    if not any(name in message for name in ("From", "To", "Subject", "Date", "Message-ID")):
        raise RecordingError(f"{where} is no mail: it has no header.")
    return _entry(message, defaults, where)


def of_box(path: Path, defaults: Defaults) -> Iterator[tuple[str, CaptureIn]]:
    """Yield the entries of an mbox, in its order.  Raises RecordingError."""
    try:
        box = mailbox.mbox(path, create=False)
    except (OSError, mailbox.Error) as error:
        raise RecordingError(f"{path} cannot be read as a mailbox.") from error
    try:
        for number, message in enumerate(box, start=1):
            yield _entry(message, defaults, f"Message {number}")
    finally:
        box.close()


def _entry(message: Message, defaults: Defaults, where: str) -> tuple[str, CaptureIn]:
    people = [f"{name}: {value}" for name in ("From", "To", "Cc") if (value := _header(message, name))]
    text = "\n".join([*people, "", _body(message)]).strip()[:LONGEST]
    identity = _header(message, "Message-ID")
    fields: dict[str, object] = {
        "observer": defaults.observer,
        "captured_at": _date(message) or defaults.at,
        "app": defaults.app or "mail",
        "title": _header(message, "Subject") or defaults.title,
        "text": text,
        "source": f"mail:{identity}"[:500] if identity else defaults.source,
        "trust": defaults.trust or _UNTRUSTED,
    }
    return text, capture(fields, where)


def _header(message: Message, name: str) -> str:
    """Return a header in words, on one line; '' when it is absent or beyond reading."""
    try:
        value = str(email.header.make_header(email.header.decode_header(str(message.get(name, "")))))
    except (LookupError, ValueError, UnicodeError):
        value = str(message.get(name, ""))
    return " ".join(value.split())


def _date(message: Message) -> datetime | None:
    try:
        found = parsedate_to_datetime(str(message["Date"]))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _body(message: Message) -> str:
    """Return the plain text of a message, else its HTML without the marks."""
    parts = [one for one in message.walk() if not one.is_multipart() and "attachment" not in _disposition(one)]
    plain = [_decoded(one) for one in parts if one.get_content_type() == "text/plain"]
    if any(one.strip() for one in plain):
        return "\n".join(plain).strip()
    return "\n".join(_unmarked(_decoded(one)) for one in parts if one.get_content_type() == "text/html").strip()


def _disposition(part: Message) -> str:
    return str(part.get("Content-Disposition", "")).lower()


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return data.decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the base class's signature
        self._hidden += tag in _HIDDEN
        if tag in {"p", "br", "div", "tr", "li"}:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _unmarked(html: str) -> str:
    reader = _Words()
    with suppress(AssertionError):  # the standard library's word for a declaration that it does not know
        reader.feed(html)
        reader.close()
    lines = "".join(reader.words).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())
