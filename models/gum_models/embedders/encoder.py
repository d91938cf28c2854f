"""The encoder as an ONNX graph: BERT, masked mean, unit length; made from the weights without torch."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Weights = dict[str, NDArray[np.float32]]

_HIDDEN = 384
_HEADS = 12
_LAYERS = 6
_OPSET = 20
_IR_VERSION = 10


def read_safetensors(file: Path) -> Weights:
    """Return the float32 tensors of a safetensors file: a length, a JSON header, raw bytes.

    Raises ValueError for what is none.
    """
    data = file.read_bytes()
    size = int.from_bytes(data[:8], "little")
    if size > len(data) - 8:
        raise ValueError("the header is longer than the file")
    header = json.loads(data[8 : 8 + size])
    header.pop("__metadata__", None)
    weights: Weights = {}
    for name, entry in header.items():
        if entry["dtype"] == "F32":
            start, end = entry["data_offsets"]
            raw = data[8 + size + start : 8 + size + end]
            weights[name] = np.frombuffer(raw, "<f4").reshape(entry["shape"])
    return weights


def build_encoder(weights: Weights) -> Any:
    """Return the ONNX model: token ids and mask in, one unit vector a text out.  Raises KeyError for absent weights."""
    graph = _Graph(weights)
    states = _embeddings(graph)
    mask = _additive_mask(graph)
    for layer in range(_LAYERS):
        states = _layer(graph, states, mask, layer)
    _pooled(graph, states)
    return graph.model()


class _Graph:
    """Collects nodes and constants; names of values are given by their maker."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def constant(self, name: str, value: Any) -> str:
        from onnx import numpy_helper

        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value).reshape(np.shape(value)), name))
        return name

    def integers(self, name: str, *values: int) -> str:
        return self.constant(name, np.array(values, np.int64))

    def node(self, operator: str, inputs: list[str], output: str, **attributes: Any) -> str:
        from onnx import helper

        self._nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        return output

    def linear(self, value: str, weight: str, output: str) -> str:
        transposed = self.constant(f"{weight}.weight.T", self.weights[f"{weight}.weight"].T)
        bias = self.constant(f"{weight}.bias", self.weights[f"{weight}.bias"])
        return self.node("Add", [self.node("MatMul", [value, transposed], f"{output}.product"), bias], output)

    def normal(self, value: str, weight: str, output: str) -> str:
        scale = self.constant(f"{weight}.weight", self.weights[f"{weight}.weight"])
        bias = self.constant(f"{weight}.bias", self.weights[f"{weight}.bias"])
        return self.node("LayerNormalization", [value, scale, bias], output, axis=-1, epsilon=1e-12)

    def model(self) -> Any:
        from onnx import TensorProto, checker, helper

        texts = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
            for name in ("input_ids", "attention_mask")
        ]
        vector = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["batch", _HIDDEN])
        graph = helper.make_graph(self._nodes, "all-MiniLM-L6-v2", texts, [vector], self._constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR_VERSION)
        checker.check_model(model)
        return model


def _embeddings(graph: _Graph) -> str:
    weights = graph.weights
    words = graph.constant("words", weights["embeddings.word_embeddings.weight"])
    positions = graph.constant("positions", weights["embeddings.position_embeddings.weight"])
    kind = graph.constant("kind", weights["embeddings.token_type_embeddings.weight"][0])  # there is one segment only
    zero = graph.integers("zero", 0)
    length = graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    word = graph.node("Gather", [words, "input_ids"], "word", axis=0)
    position = graph.node("Slice", [positions, zero, length, zero], "position")
    placed = graph.node("Add", [word, position], "placed")
    return graph.normal(graph.node("Add", [placed, kind], "embedded"), "embeddings.LayerNorm", "states")


def _additive_mask(graph: _Graph) -> str:
    from onnx import TensorProto

    graph.node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    broad = graph.node("Unsqueeze", ["mask", graph.integers("heads and queries", 1, 2)], "broad mask")
    one, far = graph.constant("one", np.float32(1)), graph.constant("far", np.float32(-10000))
    return graph.node("Mul", [graph.node("Sub", [one, broad], "hidden"), far], "additive mask")


def _layer(graph: _Graph, states: str, mask: str, number: int) -> str:
    weight, at = f"encoder.layer.{number}", f"layer{number}"
    attended = _attention(graph, states, mask, weight, at)
    projected = graph.linear(attended, f"{weight}.attention.output.dense", f"{at}.projected")
    added = graph.node("Add", [projected, states], f"{at}.added")
    states = graph.normal(added, f"{weight}.attention.output.LayerNorm", f"{at}.attended")
    wide = graph.node("Gelu", [graph.linear(states, f"{weight}.intermediate.dense", f"{at}.wide")], f"{at}.active")
    narrow = graph.linear(wide, f"{weight}.output.dense", f"{at}.narrow")
    return graph.normal(graph.node("Add", [narrow, states], f"{at}.sum"), f"{weight}.output.LayerNorm", f"{at}.states")


def _attention(graph: _Graph, states: str, mask: str, weight: str, at: str) -> str:
    split = graph.integers(f"{at}.split", 0, 0, _HEADS, _HIDDEN // _HEADS)
    merged = graph.integers(f"{at}.merge", 0, 0, _HIDDEN)
    scale = graph.constant(f"{at}.scale", np.float32(1 / math.sqrt(_HIDDEN // _HEADS)))

    def heads(name: str, order: list[int]) -> str:
        value = graph.linear(states, f"{weight}.attention.self.{name}", f"{at}.{name}")
        return graph.node(
            "Transpose", [graph.node("Reshape", [value, split], f"{at}.{name}.split")], f"{at}.{name}.heads", perm=order
        )

    query, key, value = heads("query", [0, 2, 1, 3]), heads("key", [0, 2, 3, 1]), heads("value", [0, 2, 1, 3])
    scores = graph.node("Mul", [graph.node("MatMul", [query, key], f"{at}.match"), scale], f"{at}.scores")
    shares = graph.node("Softmax", [graph.node("Add", [scores, mask], f"{at}.masked")], f"{at}.shares", axis=-1)
    mixed = graph.node("MatMul", [shares, value], f"{at}.mixed")
    together = graph.node("Transpose", [mixed], f"{at}.together", perm=[0, 2, 1, 3])
    return graph.node("Reshape", [together, merged], f"{at}.attention")


def _pooled(graph: _Graph, states: str) -> None:
    each = graph.node("Unsqueeze", ["mask", graph.integers("last", -1)], "token mask")
    along = graph.integers("along the text", 1)
    kept = graph.node("Mul", [states, each], "kept")
    total = graph.node("ReduceSum", [kept, along], "total", keepdims=0)
    count = graph.node("ReduceSum", [each, along], "count", keepdims=0)
    mean = graph.node("Div", [total, count], "mean")
    graph.node("Div", [mean, graph.node("ReduceL2", [mean, along], "norm", keepdims=1)], "embedding")
