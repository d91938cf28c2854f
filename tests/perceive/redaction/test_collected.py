"""Recall and false alarms on secrets and personal data that others collected."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from gum.evaluate.redaction import Outcome, load, measure
from gum.perceive.redaction import redact

DATA = Path(os.environ.get("GUM_TEST_DATA", Path(__file__).parents[4] / "shared" / "data"))


def measured(name: str) -> Outcome:
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"the collected samples are not at {DATA}")
    return measure(load(path))


@pytest.mark.parametrize("name", ["secrets/gitleaks.jsonl.gz", "secrets/detect_secrets.jsonl.gz"])
def test_nearly_every_collected_secret_is_hidden_and_most_look_alikes_stay(name: str) -> None:
    total = measured(name).total
    assert total.recall is not None
    assert total.recall >= 0.95
    assert total.false_positive_rate is not None
    assert total.false_positive_rate <= 0.15


def test_numbers_that_belong_to_a_person_are_hidden() -> None:
    outcome = measured("pii/presidio_synth.json.gz")
    for kind in ("CREDIT_CARD", "IBAN_CODE", "US_SSN", "PHONE_NUMBER", "IP_ADDRESS"):
        recall = outcome.per_rule[kind].recall
        assert recall is not None
        assert recall >= 0.9, kind


def test_ordinary_sentences_are_left_as_they_are() -> None:
    path = DATA / "locomo" / "locomo.json.gz"
    if not path.is_file():
        pytest.skip(f"the dialogues are not at {DATA}")
    sentences = _sentences(json.loads(gzip.decompress(path.read_bytes())))[::4]
    assert len(sentences) > 1000
    assert sum(bool(redact(sentence).kinds) for sentence in sentences) <= 0.002 * len(sentences)


def _sentences(node: object) -> list[str]:
    if isinstance(node, str):
        return [node] if " " in node else []
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    return [sentence for one in inner for sentence in _sentences(one)]
