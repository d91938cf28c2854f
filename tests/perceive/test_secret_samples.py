"""Recall and false alarms on secrets that others collected."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from gum.perceive.redaction import redact

SAMPLES = Path(os.environ.get("GUM_TEST_DATA", Path(__file__).parents[3] / "shared" / "data")) / "secrets"


def samples(label: str) -> list[str]:
    path = SAMPLES / "gitleaks.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"the samples of secrets are not at {SAMPLES}")
    rows = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
    return [row["text"] for row in rows if row["label"] == label]


def share_redacted(texts: list[str]) -> float:
    return sum(bool(redact(text).kinds) for text in texts) / len(texts)


def test_nearly_every_collected_secret_is_found() -> None:
    assert share_redacted(samples("tp")) >= 0.97


def test_most_look_alikes_stay() -> None:
    assert share_redacted(samples("fp")) <= 0.30
