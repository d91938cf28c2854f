"""The engine that understands: a quantized multimodal model on the person's own machine, through llama-cpp-python."""

from gum_models.llama.engine import LlamaEngine as LlamaEngine
