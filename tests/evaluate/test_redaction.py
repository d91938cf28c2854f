"""Secrets are counted as hidden only when no run of them is left, in the text and in the pixels that are kept."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.errors import RecordingError
from gum.evaluate.redaction import Sample, load, measure, secrets_of, survives
from gum.evaluate.rendering import COLUMNS, TERMINAL, render, wrapped
from gum.protocols import Reader
from gum.records import Frame, Rect

TOKEN = "ghp_" + "4fK2m9Qx8LpZ7vTdR1sW6yHb3nJc5gEa0uDi"


def written(path: Path, rows: list[dict[str, object]], *, compressed: bool = False) -> Path:
    data = "\n".join(json.dumps(row) for row in rows).encode()
    path.write_bytes(gzip.compress(data) if compressed else data)
    return path


@pytest.mark.parametrize("compressed", [False, True])
def test_both_forms_of_secrets_are_read(tmp_path: Path, compressed: bool) -> None:
    rows: list[dict[str, object]] = [
        {"rule": "github-pat", "label": "tp", "text": f"token {TOKEN}"},
        {"rule": "github-pat", "label": "fp", "text": "ghp_xxxx"},
        {"plugin": "github_token", "text": TOKEN, "secret": True},
    ]
    samples = load(written(tmp_path / "rows", rows, compressed=compressed))
    assert [(one.rule, bool(one.secrets)) for one in samples] == [
        ("github-pat", True),
        ("github-pat", False),
        ("github_token", True),
    ]
    assert samples[0].secrets == (TOKEN,)


def test_personal_data_are_read_by_their_kinds(tmp_path: Path) -> None:
    span = {"entity_type": "US_SSN", "entity_value": "054-28-6917"}
    path = tmp_path / "people.json"
    path.write_text(
        json.dumps([{"full_text": "SSN 054-28-6917", "spans": [span]}, {"full_text": "hello", "spans": []}])
    )
    outcome = measure(load(path))
    assert outcome.per_rule["US_SSN"].recall == 1.0
    assert outcome.per_rule["ordinary"].false_positive_rate == 0.0


@pytest.mark.parametrize("content", ["", "no json", '{"rule": "x"}', "[1, 2]"])
def test_another_file_is_refused_by_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(content)
    with pytest.raises(RecordingError, match=r"rows\.jsonl"):
        load(path)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f'const token = "{TOKEN}"', TOKEN),
        ("https://nora:trawler77@db.example/kelp", "trawler77"),
        ("curl https://kelp.example/a1b2c3d4e5 -u nora:tr4wler77", "tr4wler77"),
        ("NAME_OF_KEY=deadbeef", "deadbeef"),
    ],
)
def test_what_of_a_text_is_the_secret(text: str, secret: str) -> None:
    assert secret in secrets_of(text)[0]


@given(st.integers(0, len(TOKEN) - 8))
def test_eight_characters_are_enough_to_survive(at: int) -> None:
    assert survives(TOKEN, f"seen {TOKEN[at : at + 8]} here")
    assert not survives(TOKEN, f"seen {TOKEN[at : at + 7]} here")


def test_a_misread_character_hides_nothing() -> None:
    assert survives(TOKEN, TOKEN.lower().replace("1", "l").replace("0", "O"), read=True)


class Blind:
    """Reads a text that stands for the pixels of every frame."""

    name = "blind"

    def __init__(self, text: str) -> None:
        self.text = text

    def read(self, frame: Frame, area: Rect) -> str:
        return self.text

    def close(self) -> None: ...


@pytest.mark.parametrize(("seen", "recall"), [(f"token {TOKEN}", 1.0), ("nothing", 1.0), (TOKEN[4:], 0.0)])
def test_through_a_reader_the_kept_pixels_are_read_again(seen: str, recall: float) -> None:
    reader: Reader = Blind(seen)
    assert measure([Sample("github", f"token {TOKEN}", (TOKEN,))], reader, threads=1).total.recall == recall


def test_a_window_breaks_lines_where_it_ends() -> None:
    assert wrapped("a" * (COLUMNS + 5)) == ["a" * COLUMNS, "a" * 5]
    short, long = render("one line", TERMINAL), render("one\ntwo\nthree", TERMINAL)
    assert long.rect.height > short.rect.height
    assert len(short.pixels) == short.rect.width * short.rect.height * 4
