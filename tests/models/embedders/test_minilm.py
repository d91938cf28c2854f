"""The built-in embedder: near in meaning is near in space, without network, the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from gum_models.embedders.minilm import MODEL, TOKENIZER, MiniLmEmbedder

from gum.errors import EmbedderError

FOLDER = Path(os.environ.get("GUM_TEST_MINILM", "not set up"))
PAIRS = [
    ("The user is vegetarian.", "The user does not eat meat."),
    ("The user works best early in the morning.", "The user is most productive before breakfast."),
    ("The user is learning to play the piano.", "The user practices a keyboard instrument as a beginner."),
    ("The user manages a small team of engineers.", "The user supervises several software developers."),
    ("The user is saving money for a bicycle.", "They are putting cash aside to buy a bike."),
]

set_up = pytest.mark.skipif(not FOLDER.is_dir(), reason="GUM_TEST_MINILM names no folder with the model")


@pytest.fixture(scope="module")
def embedder() -> MiniLmEmbedder:
    return MiniLmEmbedder(FOLDER)


@set_up
def test_a_paraphrase_is_nearer_than_any_other_sentence(embedder: MiniLmEmbedder) -> None:
    left = np.array(embedder.embed([one for one, _ in PAIRS]))
    right = np.array(embedder.embed([other for _, other in PAIRS]))
    cosines = left @ right.T
    assert cosines.argmax(axis=1).tolist() == list(range(len(PAIRS)))
    assert cosines.diagonal().min() > 0.5


@set_up
def test_vectors_are_unit_and_do_not_depend_on_what_is_embedded_beside_them(embedder: MiniLmEmbedder) -> None:
    texts = ["", "a", "The user drinks tea.", "用户喜欢喝茶。", "x " * 2000, "\ud83d", "🙂 emoji"]
    together = np.array(embedder.embed(texts))
    assert together.shape == (7, embedder.dimensions)
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(7), abs=1e-4)
    alone = np.array([embedder.embed([text])[0] for text in texts])
    assert np.array_equal(together, alone)


@set_up
def test_no_text_gives_no_vector(embedder: MiniLmEmbedder) -> None:
    assert embedder.embed([]) == []


@set_up
def test_threads_share_one_embedder(embedder: MiniLmEmbedder) -> None:
    expected = embedder.embed(["The user drinks tea."])
    found: list[list[list[float]]] = []
    threads = [
        threading.Thread(target=lambda: found.append(embedder.embed(["The user drinks tea."]))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


@pytest.mark.parametrize("present", [[], [MODEL], [TOKENIZER]])
def test_an_absent_model_is_named(tmp_path: Path, present: list[str]) -> None:
    for name in present:
        (tmp_path / name).touch()
    with pytest.raises(EmbedderError, match=r"not set up: .* is absent"):
        MiniLmEmbedder(tmp_path)


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    (tmp_path / MODEL).write_bytes(b"nonsense")
    (tmp_path / TOKENIZER).write_text("{}")
    embedder = MiniLmEmbedder(tmp_path)
    with pytest.raises(EmbedderError, match=r"cannot be loaded .*gumctl models embedder"):
        embedder.embed(["x"])


def test_naming_the_embedder_loads_no_heavy_library() -> None:
    program = (
        "import sys, gum_models.embedders.minilm; print({'numpy', 'onnxruntime', 'tokenizers'} & set(sys.modules))"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout == "set()\n"
