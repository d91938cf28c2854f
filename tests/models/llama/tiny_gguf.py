"""Random models of every family that the engine meets, written when a test runs; the same bytes each time.

Small ones (a few hundred KB) load in a moment; `bench` writes the same tensors at the dimensions of real models.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Quantization
from gguf import GGUFWriter, LlamaFileType, TokenType

SPECIALS = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|image_pad|>",
    "<start_of_turn>",
    "<end_of_turn>",
    "<start_of_image>",
    "<end_of_image>",
    "<fake_token_around_image>",
    "<global-img>",
    "<image>",
    "<end_of_utterance>",
    *(f"<row_{row}_col_{column}>" for row in range(1, 7) for column in range(1, 7)),
)
TEMPLATE = (
    "{%- for message in messages -%}{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' -}}"
    "{%- endfor -%}{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}"
)
#: SmolVLM's form: messages are lists of parts, and a plain text would be lost without a word.
TEMPLATE_OF_PARTS = (
    "{%- for message in messages -%}{{- '<|im_start|>' + message.role + '\\n' -}}{%- for part in message.content -%}"
    "{%- if part.type == 'text' -%}{{- part.text -}}{%- endif -%}{%- endfor -%}{{- '<|im_end|>\\n' -}}{%- endfor -%}"
    "{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}"
)


@dataclass(frozen=True)
class Size:
    """The dimensions of a text model and of its projector's picture part."""

    width: int = 64
    layers: int = 2
    heads: int = 4
    kv_heads: int = 2
    feed: int = 128
    head: int = 16
    context: int = 16384
    vision_width: int = 64
    vision_layers: int = 2
    vision_heads: int = 4
    vision_feed: int = 160
    vision_image: int = 0
    deepstack: tuple[int, ...] = (0,)


TINY = Size()

#: By family: the text architecture, and the kind of projector.
FAMILIES = {
    "llava": ("llama", "mlp"),
    "qwen3vl": ("qwen3vl", "qwen3vl_merger"),
    "qwen25vl": ("qwen2vl", "qwen2.5vl_merger"),
    "qwen35": ("qwen35", "qwen3vl_merger"),
    "gemma3": ("gemma3", "gemma3"),
    "smolvlm": ("llama", "idefics3"),
}


#: In the small models the first number of every token is the same; it speaks against the end of a list and an 'a', and
#: for an 'f'. Otherwise half of them say an empty list, or "against", to everything.
CONSTANT = 4.0
LEANINGS = {ord("]"): -0.6, ord("a"): -1.0, ord("f"): 1.0}


def write_pair(folder: Path, family: str = "qwen3vl") -> Path:
    """Write model and projector of a family as the engine finds them below a folder of models; return that folder."""
    (folder / "llama").mkdir(parents=True, exist_ok=True)
    write_model(folder / "llama" / "model.gguf", family=family)
    write_projector(folder / "llama" / "projector.gguf", family=family)
    return folder


def write_model(
    path: Path,
    seed: int = 1,
    family: str = "qwen3vl",
    size: Size = TINY,
    quantization: Quantization = Quantization.Q8_0,
    tokens: int = 0,
) -> None:
    """Write a text model; `tokens` is how large its vocabulary is made, 0 for the smallest."""
    architecture = FAMILIES[family][0]
    writer = GGUFWriter(str(path), architecture)
    _describe(writer, architecture, size)
    template = TEMPLATE_OF_PARTS if family == "smolvlm" else TEMPLATE
    count = _vocabulary(writer, tokens, template)
    tensors = _Tensors(writer, quantization, seed, tiled=size is not TINY)
    tensors.matrix("token_embd.weight", count, size.width, deviation=1.0, steady=size is TINY)
    tensors.ones("output_norm.weight", size.width)
    if size is TINY:  # the large ones tie it to the embedding, as the real ones do
        tensors.matrix("output.weight", count, size.width, deviation=0.4, leanings=LEANINGS)
    for layer in range(size.layers):
        if architecture == "qwen35":
            _hybrid_layer(tensors, layer, size)
        else:
            _attention(tensors, f"blk.{layer}", architecture, size)
            _feed(tensors, f"blk.{layer}", size)
        if architecture == "gemma3":
            tensors.ones(f"blk.{layer}.post_attention_norm.weight", size.width)
            tensors.ones(f"blk.{layer}.post_ffw_norm.weight", size.width)
    _finish(writer)


def write_projector(
    path: Path,
    text_width: int = TINY.width,
    seed: int = 2,
    family: str = "qwen3vl",
    size: Size = TINY,
    quantization: Quantization = Quantization.F16,
) -> None:
    """Write the projector of a family; with another `text_width` it fits no model of ours."""
    kind = FAMILIES[family][1]
    writer = GGUFWriter(str(path), "clip")
    image, patch = {"mlp": (56, 14), "qwen2.5vl_merger": (56, 14), "gemma3": (112, 14)}.get(kind, (64, 16))
    image = size.vision_image or image
    _describe_projector(writer, kind, size, text_width, image, patch)
    tensors = _Tensors(writer, quantization, seed, tiled=size is not TINY)
    deepstack = size.deepstack if family == "qwen3vl" else ()
    if kind == "mlp":
        _llava(tensors, size, text_width, (image // patch) ** 2, patch)
    elif kind in ("gemma3", "idefics3"):
        _siglip(writer, tensors, kind, size, text_width, (image // patch) ** 2, patch)
    else:
        _qwen(writer, tensors, kind, size, text_width, (image // patch) ** 2, patch, deepstack)
    _finish(writer)


# ------------------------------------------------------------------------- the text model


def _describe(writer: GGUFWriter, architecture: str, size: Size) -> None:
    writer.add_name(f"random-{architecture}")
    writer.add_context_length(size.context)
    writer.add_embedding_length(size.width)
    writer.add_block_count(size.layers)
    writer.add_feed_forward_length(size.feed)
    writer.add_head_count(size.heads)
    writer.add_head_count_kv(size.kv_heads)
    writer.add_key_length(size.head)
    writer.add_value_length(size.head)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_file_type(LlamaFileType.MOSTLY_Q8_0)
    if architecture.startswith("qwen"):
        third = size.head // 2 // 3  # sections count rotated pairs: time, height, width, rest
        writer.add_rope_dimension_sections([size.head // 2 - 2 * third, third, third, 0])
    if architecture == "llama":
        writer.add_rope_dimension_count(size.head)
    if architecture == "qwen3vl":
        writer.add_uint32("qwen3vl.n_deepstack_layers", len(size.deepstack))
    if architecture == "gemma3":
        writer.add_sliding_window(256)
    if architecture == "qwen35":
        writer.add_rope_dimension_count(size.head)
        writer.add_ssm_conv_kernel(4)
        writer.add_ssm_inner_size(64)
        writer.add_ssm_state_size(32)
        writer.add_ssm_time_step_rank(2)
        writer.add_ssm_group_count(1)
        writer.add_uint32("qwen35.full_attention_interval", 2)


def _attention(tensors: _Tensors, block: str, architecture: str, size: Size, *, doubled: int = 1) -> None:
    tensors.ones(f"{block}.attn_norm.weight", size.width)
    wide, narrow = size.heads * size.head, size.kv_heads * size.head
    tensors.matrix(f"{block}.attn_q.weight", wide * doubled, size.width)
    tensors.matrix(f"{block}.attn_k.weight", narrow, size.width)
    tensors.matrix(f"{block}.attn_v.weight", narrow, size.width)
    tensors.matrix(f"{block}.attn_output.weight", size.width, wide)
    if architecture == "qwen2vl":
        for name, count in (("attn_q", wide), ("attn_k", narrow), ("attn_v", narrow)):
            tensors.zeros(f"{block}.{name}.bias", count)
    if architecture in ("qwen3vl", "qwen35", "gemma3"):
        tensors.ones(f"{block}.attn_q_norm.weight", size.head)
        tensors.ones(f"{block}.attn_k_norm.weight", size.head)


def _feed(tensors: _Tensors, block: str, size: Size, *, norm: bool = True) -> None:
    if norm:
        tensors.ones(f"{block}.ffn_norm.weight", size.width)
    tensors.matrix(f"{block}.ffn_gate.weight", size.feed, size.width)
    tensors.matrix(f"{block}.ffn_up.weight", size.feed, size.width)
    tensors.matrix(f"{block}.ffn_down.weight", size.width, size.feed)


def _hybrid_layer(tensors: _Tensors, layer: int, size: Size) -> None:
    """Every other layer is a gated delta net, which keeps a state instead of cells."""
    block = f"blk.{layer}"
    tensors.ones(f"{block}.post_attention_norm.weight", size.width)
    if (layer + 1) % 2 == 0:
        _attention(tensors, block, "qwen35", size, doubled=2)
    else:
        key, value = 32, 64
        tensors.ones(f"{block}.attn_norm.weight", size.width)
        tensors.matrix(f"{block}.attn_qkv.weight", 2 * key + value, size.width)
        tensors.matrix(f"{block}.attn_gate.weight", value, size.width)
        tensors.matrix(f"{block}.ssm_conv1d.weight", 2 * key + value, 4, quantization=Quantization.F32)
        tensors.zeros(f"{block}.ssm_dt.bias", 2)
        tensors.constant(f"{block}.ssm_a", [-0.5, -0.5])
        tensors.matrix(f"{block}.ssm_beta.weight", 2, size.width)
        tensors.matrix(f"{block}.ssm_alpha.weight", 2, size.width)
        tensors.ones(f"{block}.ssm_norm.weight", 32)
        tensors.matrix(f"{block}.ssm_out.weight", size.width, value)
    _feed(tensors, block, size, norm=False)


def _vocabulary(writer: GGUFWriter, wanted: int, template: str) -> int:
    """One token a byte (the GPT-2 stand-ins), pairs and triples up to the size wanted, the specials, padding."""
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    spare = iter(range(256, 512))
    tokens = [chr(byte) if byte in printable else chr(next(spare)) for byte in range(256)]
    merges = _merges(tokens, max(2, wanted - 256 - len(SPECIALS)))
    tokens += [one.replace(" ", "") for one in merges]
    types = [TokenType.NORMAL] * len(tokens) + [TokenType.CONTROL] * len(SPECIALS)
    tokens += SPECIALS
    while len(tokens) % 32:
        tokens.append(f"[PAD{len(tokens)}]")
        types.append(TokenType.UNUSED)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types([int(kind) for kind in types])
    writer.add_token_merges(merges)
    writer.add_bos_token_id(tokens.index("<|endoftext|>"))
    writer.add_eos_token_id(tokens.index("<|im_end|>"))
    writer.add_pad_token_id(tokens.index("<|endoftext|>"))
    writer.add_add_bos_token(False)
    writer.add_chat_template(template)
    return len(tokens)


def _merges(bytes_: list[str], wanted: int) -> list[str]:
    """Return so many merges: 'th' and the empty line, then every pair of letters, then a letter behind each pair."""
    letters = [bytes_[ord(one)] for one in "etaoinshrdlucmfywgpbvkxqjz"] + [bytes_[32]]
    others = [one for one in bytes_[33:127] if one not in letters]
    pairs = [(one, two) for one in letters + others for two in letters + others]
    line = bytes_[10]
    merges = dict.fromkeys([("t", "h"), (line, line), *pairs][:wanted])
    for one, two in pairs:
        for three in letters + others:
            if len(merges) >= wanted:
                return [f"{left} {right}" for left, right in merges]
            merges[one + two, three] = None
    return [f"{left} {right}" for left, right in merges]


# ------------------------------------------------------------------------- the projector


def _describe_projector(writer: GGUFWriter, kind: str, size: Size, text_width: int, image: int, patch: int) -> None:
    writer.add_name(f"random-{kind}")
    writer.add_file_type(LlamaFileType.MOSTLY_F16)
    writer.add_string("general.type", "mmproj")
    writer.add_clip_has_vision_encoder(True)
    writer.add_clip_projector_type(kind)
    writer.add_vision_embedding_length(size.vision_width)
    writer.add_vision_feed_forward_length(size.vision_feed)
    writer.add_vision_block_count(size.vision_layers)
    writer.add_vision_head_count(size.vision_heads)
    writer.add_vision_projection_dim(text_width)
    writer.add_vision_attention_layernorm_eps(1e-6)
    writer.add_vision_image_size(image)
    writer.add_vision_patch_size(patch)
    writer.add_vision_image_mean([0.5] * 3)
    writer.add_vision_image_std([0.5] * 3)
    writer.add_vision_use_gelu(kind not in ("mlp", "qwen2.5vl_merger"))


def _llava(tensors: _Tensors, size: Size, text_width: int, patches: int, patch: int) -> None:
    width = size.vision_width
    tensors.matrix("v.class_embd", width, quantization=Quantization.F32)
    tensors.matrix("v.patch_embd.weight", width, 3, patch, patch, quantization=Quantization.F16)
    tensors.matrix("v.position_embd.weight", patches + 1, width, deviation=0.02, quantization=Quantization.F32)
    tensors.norm("v.pre_ln", width)
    for layer in range(size.vision_layers):
        _vision_layer(tensors, f"v.blk.{layer}", size)
    tensors.linear("mm.0", text_width, width)
    tensors.linear("mm.2", text_width, text_width)


def _siglip(
    writer: GGUFWriter, tensors: _Tensors, kind: str, size: Size, text_width: int, patches: int, patch: int
) -> None:
    width, scale = size.vision_width, 4 if kind == "gemma3" else 2
    writer.add_vision_projector_scale_factor(scale)
    tensors.matrix("v.patch_embd.weight", width, 3, patch, patch, quantization=Quantization.F16)
    tensors.zeros("v.patch_embd.bias", width)
    tensors.matrix("v.position_embd.weight", patches, width, deviation=0.02, quantization=Quantization.F32)
    for layer in range(size.vision_layers):
        _vision_layer(tensors, f"v.blk.{layer}", size)
    tensors.norm("v.post_ln", width)
    if kind == "gemma3":
        tensors.matrix("mm.input_projection.weight", width, text_width, quantization=Quantization.F32)
        tensors.ones("mm.soft_emb_norm.weight", width)
    else:
        writer.add_vision_preproc_image_size(256)
        tensors.matrix("mm.model.fc.weight", text_width, width * scale * scale)


def _qwen(
    writer: GGUFWriter,
    tensors: _Tensors,
    kind: str,
    size: Size,
    text_width: int,
    patches: int,
    patch: int,
    deepstack: tuple[int, ...],
) -> None:
    width, wide, third = size.vision_width, size.vision_width * 4, kind == "qwen3vl_merger"
    writer.add_vision_spatial_merge_size(2)
    tensors.matrix("v.patch_embd.weight", width, 3, patch, patch, quantization=Quantization.F16)
    tensors.matrix("v.patch_embd.weight.1", width, 3, patch, patch, quantization=Quantization.F16)
    if third:
        writer.add_vision_is_deepstack_layers([layer in deepstack for layer in range(size.vision_layers)])
        tensors.zeros("v.patch_embd.bias", width)
        tensors.matrix("v.position_embd.weight", patches, width, deviation=0.02, quantization=Quantization.F32)
    else:
        writer.add_vision_use_silu(True)
        writer.add_vision_n_wa_pattern(2)
    for layer in range(size.vision_layers):
        _vision_layer(tensors, f"v.blk.{layer}", size, fused=third, biased=third, gated=not third)
    for layer in deepstack:
        tensors.norm(f"v.deepstack.{layer}.norm", wide)
        tensors.linear(f"v.deepstack.{layer}.fc1", wide, wide)
        tensors.linear(f"v.deepstack.{layer}.fc2", text_width, wide)
    tensors.norm("v.post_ln", width, biased=third)
    tensors.linear("mm.0", wide, wide)
    tensors.linear("mm.2", text_width, wide)


def _vision_layer(
    tensors: _Tensors, block: str, size: Size, *, fused: bool = False, biased: bool = True, gated: bool = False
) -> None:
    width, feed = size.vision_width, size.vision_feed
    for norm in ("ln1", "ln2"):
        tensors.norm(f"{block}.{norm}", width, biased=biased)
    if fused:
        tensors.linear(f"{block}.attn_qkv", 3 * width, width)
    else:
        for name in ("attn_q", "attn_k", "attn_v"):
            tensors.linear(f"{block}.{name}", width, width)
    tensors.linear(f"{block}.attn_out", width, width)
    if gated:
        tensors.linear(f"{block}.ffn_gate", feed, width)
    tensors.linear(f"{block}.ffn_up", feed, width)
    tensors.linear(f"{block}.ffn_down", width, feed)


# ------------------------------------------------------------------------- writing


class _Tensors:
    def __init__(self, writer: GGUFWriter, quantization: Quantization, seed: int, *, tiled: bool) -> None:
        self._writer, self._quantization, self._tiled = writer, quantization, tiled
        self._random = np.random.Generator(np.random.PCG64(seed))

    def matrix(
        self,
        name: str,
        *shape: int,
        deviation: float = 0.0,
        quantization: Quantization | None = None,
        steady: bool = False,
        leanings: dict[int, float] | None = None,
    ) -> None:
        """Add random weights; large models repeat 64 rows, which is quick to make and as slow to run."""
        spread = deviation or float(np.prod(shape[1:] or shape)) ** -0.5
        rows = min(shape[0], 64) if self._tiled else shape[0]
        values = self._random.standard_normal((rows, *shape[1:]), dtype=np.float32) * np.float32(spread)
        if steady:
            values[:, 0] = CONSTANT
        for row, leaning in (leanings or {}).items():
            values[row] = 0
            values[row, 0] = leaning
        wanted = self._quantization if quantization is None else quantization
        plain = {Quantization.F32: np.float32, Quantization.F16: np.float16}
        if wanted not in plain and shape[-1] % 32:
            wanted = Quantization.F16
        data = values.astype(plain[wanted]) if wanted in plain else gguf.quants.quantize(values, wanted)
        data = np.ascontiguousarray(np.concatenate([data] * -(-shape[0] // rows), axis=0)[: shape[0]])
        self._writer.add_tensor(name, data, raw_dtype=None if wanted in plain else wanted)

    def linear(self, name: str, outputs: int, inputs: int) -> None:
        self.matrix(f"{name}.weight", outputs, inputs)
        self.zeros(f"{name}.bias", outputs)

    def norm(self, name: str, count: int, *, biased: bool = True) -> None:
        self.ones(f"{name}.weight", count)
        if biased:
            self.zeros(f"{name}.bias", count)

    def ones(self, name: str, count: int) -> None:
        self._writer.add_tensor(name, np.ones(count, dtype=np.float32))

    def zeros(self, name: str, count: int) -> None:
        self._writer.add_tensor(name, np.zeros(count, dtype=np.float32))

    def constant(self, name: str, values: list[float]) -> None:
        self._writer.add_tensor(name, np.asarray(values, dtype=np.float32))


def _finish(writer: GGUFWriter) -> None:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
