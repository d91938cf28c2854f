"""Texts, JSON Lines and mail become captures, or an error that says where (see gum.feeds)."""

from __future__ import annotations

import io
import json
import mailbox
import sys
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.errors import RecordingError
from gum.feeds import Defaults, read
from gum.feeds import json_lines as jsonl
from gum.feeds import mail as mails
from gum.feeds import texts as plain
from gum.feeds.entry import dated
from gum.wire import CaptureIn

KNOWN = Defaults(observer="log", file="log.txt")


def all_of(path: Path, form: str = "auto", each: str = "file", **more: str) -> list[CaptureIn]:
    return list(read(path, form, each, Defaults(observer="log", file=path.name, **more)))


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "exercise.txt"
    path.write_text("2026-03-01 ran 5 km\n\n2026-03-02T18:30:00+01:00: swam\nrested\n2026-03-01 ran 5 km\n", "utf-8")
    return path


def test_a_text_is_one_entry_named_by_its_file(log: Path) -> None:
    (one,) = all_of(log)
    assert (one.title, one.observer, one.text.count("ran 5 km")) == ("exercise.txt", "log", 2)


def test_each_line_is_an_entry_from_its_own_day(log: Path) -> None:
    entries = all_of(log, each="line")
    ran = "2026-03-01 ran 5 km"
    assert [one.text for one in entries] == [ran, "2026-03-02T18:30:00+01:00: swam", "rested", ran]
    assert entries[1].captured_at == datetime(2026, 3, 2, 17, 30, tzinfo=UTC)
    assert entries[0].captured_at is not None
    assert entries[0].captured_at.astimezone().date().isoformat() == "2026-03-01"
    assert entries[2].captured_at is None


def test_paragraphs_are_parted_by_blank_lines(log: Path) -> None:
    assert [one.text.splitlines()[0][:16] for one in all_of(log, each="paragraph")] == [
        "2026-03-01 ran 5",
        "2026-03-02T18:30",
    ]


def test_every_entry_of_a_file_has_a_source_that_stays(log: Path) -> None:
    sources = [one.source for one in all_of(log, each="line")]
    assert len(set(sources)) == 4
    assert sources == [one.source for one in all_of(log, each="line")]


def test_a_stream_has_no_source_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"text": "ran"}\n{"text": "swam", "source": "s:1"}\n'))
    entries = list(read(Path("-"), "jsonl", "file", Defaults(observer="script")))
    assert [(one.text, one.source) for one in entries] == [("ran", ""), ("swam", "s:1")]


def test_json_lines_are_read_as_they_come() -> None:
    def endless() -> object:
        yield '{"text": "first"}'
        raise AssertionError("the second line was read before the first was given")

    _, one = next(jsonl.entries(endless(), KNOWN))  # type: ignore[arg-type]
    assert one.text == "first"


def test_json_lines_override_what_is_said_of_all(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "x", "observer": "watch", "captured_at": "2026-03-01T09:00:00Z"}) + "\n")
    (one,) = all_of(path, title="Steps")
    assert (one.observer, one.title, one.captured_at) == ("watch", "Steps", datetime(2026, 3, 1, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nonsense", "Line 2 is not JSON"),
        ("[1]", "Line 2 is no JSON object"),
        ('{"txt": "x"}', "Line 2: txt: extra inputs are not permitted"),
        ('{"text": "x", "captured_at": "soon"}', "Line 2: captured_at"),
        ('{"text": "x", "observer": "a b"}', "Line 2: observer"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, said: str) -> None:
    with pytest.raises(RecordingError, match=said):
        list(jsonl.entries(['{"text": "good"}', line], KNOWN))


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in ({"From": "Ada <ada@x.test>", "To": "bob@x.test", "Subject": "Tickets"} | headers).items():
        made[name.replace("_", "-")] = value
    made.set_content("The train leaves at nine.\n")
    return made


def test_a_message_keeps_who_when_and_what(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(message(Date="Sun, 01 Mar 2026 18:30:00 +0100", Message_ID="<1@x.test>")))
    (one,) = all_of(path)
    assert one.captured_at == datetime(2026, 3, 1, 17, 30, tzinfo=UTC)
    assert (one.title, one.app, one.source, one.trust) == ("Tickets", "mail", "mail:<1@x.test>", "untrusted")
    assert one.text == "From: Ada <ada@x.test>\nTo: bob@x.test\n\nThe train leaves at nine."


def test_a_mailbox_is_read_message_by_message(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "inbox")
    for n in range(3):
        box.add(message(Subject=f"Nº {n}", Message_ID=f"<{n}@x.test>"))
    box.close()
    assert [one.title for one in all_of(tmp_path / "inbox", "mail")] == ["Nº 0", "Nº 1", "Nº 2"]


def test_html_is_read_when_there_is_no_plain_text_and_attachments_are_left_out() -> None:
    made = message()
    made.clear_content()
    made.add_alternative("<style>p{}</style><p>Dear&nbsp;Ada</p><script>evil()</script><p>Bye</p>", subtype="html")
    made.add_attachment(b"secret", maintype="text", subtype="plain", filename="a.txt")
    _, one = mails.of_message(bytes(made), KNOWN)
    assert one.text.endswith("\n\nDear Ada\nBye")
    assert "secret" not in one.text


def test_html_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    made = message()
    made.set_content("<p>Dear Ada</p><![foo bar]><p>Bye</p>", subtype="html")
    _, one = mails.of_message(bytes(made), KNOWN)
    assert one.text.endswith("Dear Ada")


def test_what_is_no_mail_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(b"\x00\x01 nothing")
    with pytest.raises(RecordingError, match="no mail"):
        all_of(path)


@given(st.binary(max_size=400))
def test_no_message_breaks_the_reader(data: bytes) -> None:
    for body in (data, b"From: a\nSubject: =?x?q?=FF?=\nDate: " + data + b"\nContent-Type: text/html; charset=" + data):
        try:
            _, one = mails.of_message(body, KNOWN)
        except RecordingError:
            continue
        assert len(one.text) <= mails.LONGEST


@given(st.text(max_size=300), st.sampled_from(plain.EACH))
def test_every_word_of_a_text_is_in_its_entries(words: str, each: str) -> None:
    entries = [one for _, one in plain.entries(words, each, KNOWN)]
    assert "".join("".join(one.text.split()) for one in entries) == "".join(words.split())


@given(st.text(max_size=40))
def test_a_beginning_is_a_date_or_is_not(words: str) -> None:
    found = dated(words)
    assert found is None or found.tzinfo is not None


@pytest.mark.parametrize("words", ["2026-13-01 x", "2026-03-01x", "12026-03-01", "on 2026-03-01", "9999-99-99"])
def test_what_only_looks_like_a_date_is_none(words: str) -> None:
    assert dated(words) is None


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"absent\.txt"):
        all_of(tmp_path / "absent.txt")
    (tmp_path / "latin.txt").write_bytes(b"\xe9")
    with pytest.raises(RecordingError, match="UTF-8"):
        all_of(tmp_path / "latin.txt")
