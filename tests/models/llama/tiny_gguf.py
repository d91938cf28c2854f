"""Random models of every family that the engine meets, written when a test runs; the same bytes each time.

Small ones (a few hundred KB) load in a moment; `bench` writes the same tensors at the dimensions of real models.
"""

from __future__ import annotations

from pathlib import Path

from gguf import GGMLQuantizationType as Quantization
from gguf import GGUFWriter, LlamaFileType, TokenType

from tests.models.llama.tiny_projector import write_projector
from tests.models.llama.tiny_tensors import FAMILIES, TINY, Size, Tensors, finish

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


#: In the small models the first number of every token is the same; it speaks against the end of a list and an 'a', and
#: for an 'f'. Otherwise half of them say an empty list, or "against", to everything.
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
    tensors = Tensors(writer, quantization, seed, tiled=size is not TINY)
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
    finish(writer)


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


def _attention(tensors: Tensors, block: str, architecture: str, size: Size, *, doubled: int = 1) -> None:
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


def _feed(tensors: Tensors, block: str, size: Size, *, norm: bool = True) -> None:
    if norm:
        tensors.ones(f"{block}.ffn_norm.weight", size.width)
    tensors.matrix(f"{block}.ffn_gate.weight", size.feed, size.width)
    tensors.matrix(f"{block}.ffn_up.weight", size.feed, size.width)
    tensors.matrix(f"{block}.ffn_down.weight", size.width, size.feed)


def _hybrid_layer(tensors: Tensors, layer: int, size: Size) -> None:
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
