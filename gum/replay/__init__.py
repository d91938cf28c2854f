"""Recordings of work, read and written; they are played through the same pipeline as a live desktop."""

from gum.replay.base import Persona, Recording
from gum.replay.recording import RecordingWriter

__all__ = ["Persona", "Recording", "RecordingWriter"]
