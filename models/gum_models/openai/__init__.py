"""The engine that asks a server: any that speaks the OpenAI-compatible API, on this machine or another."""

from gum_models.openai.engine import OpenAiEngine as OpenAiEngine
