"""Random projectors of every family: what turns a picture into what the text model reads."""

from __future__ import annotations

from pathlib import Path

from gguf import GGMLQuantizationType as Quantization
from gguf import GGUFWriter, LlamaFileType

from tests.models.llama.tiny_tensors import FAMILIES, TINY, Size, Tensors, finish


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
    tensors = Tensors(writer, quantization, seed, tiled=size is not TINY)
    deepstack = size.deepstack if family == "qwen3vl" else ()
    if kind == "mlp":
        _llava(tensors, size, text_width, (image // patch) ** 2, patch)
    elif kind in ("gemma3", "idefics3"):
        _siglip(writer, tensors, kind, size, text_width, (image // patch) ** 2, patch)
    else:
        _qwen(writer, tensors, kind, size, text_width, (image // patch) ** 2, patch, deepstack)
    finish(writer)


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


def _llava(tensors: Tensors, size: Size, text_width: int, patches: int, patch: int) -> None:
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
    writer: GGUFWriter, tensors: Tensors, kind: str, size: Size, text_width: int, patches: int, patch: int
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
    tensors: Tensors,
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
    tensors: Tensors, block: str, size: Size, *, fused: bool = False, biased: bool = True, gated: bool = False
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
