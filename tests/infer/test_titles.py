"""Titles: the document without what the application adds to it."""

from __future__ import annotations

import pytest

from gum.infer.titles import document_of, topic_of


@pytest.mark.parametrize(
    ("title", "app", "document"),
    [
        ("notes.md - Mousepad", "mousepad", "notes.md"),
        ("*notes.md - Mousepad", "Mousepad", "notes.md"),
        ("● notes.md - herons - Visual Studio Code", "code", "notes.md - herons"),
        ("(3) Herons — Mozilla Firefox", "firefox-esr", "Herons"),
        ("Inbox (12) - ana@example.org - Thunderbird", "thunderbird", "Inbox - ana@example.org"),
        ("Chapter (2) - Writer", "libreoffice-writer", "Chapter (2)"),
        ("⠙ make test", "xterm", "make test"),
        ("Slack | general | Team", "slack", "general - Team"),
        ("report.odt [modified]", "gedit", "report.odt"),
        ("Text Editor", "org.gnome.TextEditor", "Text Editor"),
        ("plan - Text Editor", "org.gnome.TextEditor", "plan"),
        ("\u202bשלום עולם\u202c - Mousepad", "mousepad", "שלום עולם"),
        ("🦆 pond   notes - Mousepad", "mousepad", "🦆 pond notes"),
        ("", "xterm", ""),
    ],
)
def test_the_document_is_what_the_title_names(title: str, app: str, document: str) -> None:
    assert document_of(title, app) == document


def test_marks_and_counters_alone_change_nothing() -> None:
    shown = ["a.md - Mousepad", "*a.md - Mousepad", "● a.md - Mousepad", "(1) a.md - Mousepad", "• a.md • - Mousepad"]
    assert {document_of(title, "mousepad") for title in shown} == {"a.md"}


def test_the_topic_is_the_site_or_else_the_last_part_of_the_title() -> None:
    assert topic_of("Q - Firefox", "firefox", "https://www.example.org:8080/q") == "example.org"
    assert topic_of("Q - Firefox", "firefox", "example.org/q") == "example.org"
    assert topic_of("a.py - herons - Code", "code") == "herons"
    assert topic_of("a.py - Code", "code") == ""
