"""Writes a tiny random Qwen3-VL model with its projector, for real loads by llama.cpp; the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
from gguf import GGMLQuantizationType as Quantization
from gguf import GGUFWriter, LlamaFileType, TokenType

WIDTH, LAYERS, HEADS, KV_HEADS, FEED = 64, 2, 4, 2, 128
VISION_WIDTH, VISION_FEED, IMAGE, PATCH = 64, 160, 64, 16
SPECIALS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>", "<|image_pad|>")
TEMPLATE = (
    "{%- for message in messages -%}{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' -}}"
    "{%- endfor -%}{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}"
)


def write_model(path: Path, seed: int = 1) -> None:
    """Write the text model: a byte vocabulary, two layers, the vision specials."""
    writer = GGUFWriter(str(path), "qwen3vl")
    writer.add_name("tiny-random-qwen3vl")
    writer.add_context_length(8192)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(FEED)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    head = WIDTH // HEADS
    writer.add_key_length(head)
    writer.add_value_length(head)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_file_type(LlamaFileType.MOSTLY_Q8_0)
    third = head // 2 // 3
    writer.add_rope_dimension_sections([head // 2 - 2 * third, third, third, 0])
    writer.add_uint32("qwen3vl.n_deepstack_layers", 1)
    count = _vocabulary(writer)
    tensors = _Tensors(writer, Quantization.Q8_0, seed)
    tensors.matrix("token_embd.weight", count, WIDTH, deviation=1.0)
    tensors.ones("output_norm.weight", WIDTH)
    tensors.matrix("output.weight", count, WIDTH, deviation=0.4)
    for layer in range(LAYERS):
        block = f"blk.{layer}"
        for norm in ("attn_norm", "ffn_norm"):
            tensors.ones(f"{block}.{norm}.weight", WIDTH)
        for norm in ("attn_q_norm", "attn_k_norm"):
            tensors.ones(f"{block}.{norm}.weight", head)
        tensors.matrix(f"{block}.attn_q.weight", WIDTH, WIDTH)
        tensors.matrix(f"{block}.attn_k.weight", KV_HEADS * head, WIDTH)
        tensors.matrix(f"{block}.attn_v.weight", KV_HEADS * head, WIDTH)
        tensors.matrix(f"{block}.attn_output.weight", WIDTH, WIDTH)
        tensors.matrix(f"{block}.ffn_gate.weight", FEED, WIDTH)
        tensors.matrix(f"{block}.ffn_up.weight", FEED, WIDTH)
        tensors.matrix(f"{block}.ffn_down.weight", WIDTH, FEED)
    _finish(writer)


def write_projector(path: Path, text_width: int = WIDTH, seed: int = 2) -> None:
    """Write the projector; with another `text_width` it fits no model of ours."""
    writer = GGUFWriter(str(path), "clip")
    writer.add_name("tiny-random-projector")
    writer.add_file_type(LlamaFileType.MOSTLY_F16)
    writer.add_string("general.type", "mmproj")
    writer.add_clip_has_vision_encoder(True)
    writer.add_clip_projector_type("qwen3vl_merger")
    writer.add_vision_embedding_length(VISION_WIDTH)
    writer.add_vision_feed_forward_length(VISION_FEED)
    writer.add_vision_block_count(LAYERS)
    writer.add_vision_head_count(HEADS)
    writer.add_vision_projection_dim(text_width)
    writer.add_vision_attention_layernorm_eps(1e-6)
    writer.add_vision_image_size(IMAGE)
    writer.add_vision_patch_size(PATCH)
    writer.add_vision_image_mean([0.5] * 3)
    writer.add_vision_image_std([0.5] * 3)
    writer.add_vision_use_gelu(True)
    writer.add_vision_spatial_merge_size(2)
    writer.add_vision_is_deepstack_layers([layer < 1 for layer in range(LAYERS)])
    tensors = _Tensors(writer, Quantization.F16, seed)
    wide = VISION_WIDTH * 4
    tensors.matrix("v.patch_embd.weight", VISION_WIDTH, 3, PATCH, PATCH)
    tensors.matrix("v.patch_embd.weight.1", VISION_WIDTH, 3, PATCH, PATCH)
    tensors.zeros("v.patch_embd.bias", VISION_WIDTH)
    tensors.matrix(
        "v.position_embd.weight", (IMAGE // PATCH) ** 2, VISION_WIDTH, deviation=0.02, quantization=Quantization.F32
    )
    for layer in range(LAYERS):
        _vision_layer(tensors, f"v.blk.{layer}")
    tensors.norm("v.deepstack.0.norm", wide)
    tensors.linear("v.deepstack.0.fc1", wide, wide)
    tensors.linear("v.deepstack.0.fc2", text_width, wide)
    tensors.norm("v.post_ln", VISION_WIDTH)
    tensors.linear("mm.0", wide, wide)
    tensors.linear("mm.2", text_width, wide)
    _finish(writer)


class _Tensors:
    def __init__(self, writer: GGUFWriter, quantization: Quantization, seed: int) -> None:
        self._writer, self._quantization = writer, quantization
        self._random = np.random.Generator(np.random.PCG64(seed))

    def matrix(self, name: str, *shape: int, deviation: float = 0.0, quantization: Quantization | None = None) -> None:
        spread = deviation or float(np.prod(shape[1:])) ** -0.5
        values = self._random.standard_normal(shape, dtype=np.float32) * np.float32(spread)
        wanted = self._quantization if quantization is None else quantization
        if wanted == Quantization.F32:
            self._writer.add_tensor(name, values)
        elif wanted == Quantization.F16:
            self._writer.add_tensor(name, values.astype(np.float16))
        else:
            self._writer.add_tensor(name, gguf.quants.quantize(values, wanted), raw_dtype=wanted)

    def linear(self, name: str, outputs: int, inputs: int) -> None:
        self.matrix(f"{name}.weight", outputs, inputs)
        self.zeros(f"{name}.bias", outputs)

    def norm(self, name: str, width: int) -> None:
        self.ones(f"{name}.weight", width)
        self.zeros(f"{name}.bias", width)

    def ones(self, name: str, width: int) -> None:
        self._writer.add_tensor(name, np.ones(width, dtype=np.float32))

    def zeros(self, name: str, width: int) -> None:
        self._writer.add_tensor(name, np.zeros(width, dtype=np.float32))


def _vision_layer(tensors: _Tensors, block: str) -> None:
    for norm in ("ln1", "ln2"):
        tensors.norm(f"{block}.{norm}", VISION_WIDTH)
    tensors.linear(f"{block}.attn_qkv", 3 * VISION_WIDTH, VISION_WIDTH)
    tensors.linear(f"{block}.attn_out", VISION_WIDTH, VISION_WIDTH)
    tensors.linear(f"{block}.ffn_up", VISION_FEED, VISION_WIDTH)
    tensors.linear(f"{block}.ffn_down", VISION_WIDTH, VISION_FEED)


def _vocabulary(writer: GGUFWriter) -> int:
    """One token a byte (the GPT-2 stand-ins), the specials, padded to a multiple of 32."""
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    spare = iter(range(256, 512))
    tokens = [chr(byte) if byte in printable else chr(next(spare)) for byte in range(256)]
    merge = f"{tokens[ord('t')]} {tokens[ord('h')]}"
    types = [TokenType.NORMAL] * 257 + [TokenType.CONTROL] * len(SPECIALS)
    tokens += ["th", *SPECIALS]
    while len(tokens) % 32:
        tokens.append(f"[PAD{len(tokens)}]")
        types.append(TokenType.UNUSED)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types([int(kind) for kind in types])
    writer.add_token_merges([merge])
    writer.add_bos_token_id(tokens.index("<|endoftext|>"))
    writer.add_eos_token_id(tokens.index("<|im_end|>"))
    writer.add_pad_token_id(tokens.index("<|endoftext|>"))
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)
    return len(tokens)


def _finish(writer: GGUFWriter) -> None:
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
