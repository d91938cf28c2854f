"""The person in short, by theme."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from gum.wire.base import Wire

__all__ = ["Portrait", "PortraitSection", "PortraitSentence"]


class PortraitSentence(Wire):
    """One sentence, how probable it is in words, and the propositions that it says."""

    text: str
    likelihood: str
    propositions: list[int]


class PortraitSection(Wire):
    """What stands under one heading."""

    theme: str
    title: str
    covers: str = Field(description="The side of a person: social identity, personal identity or life context.")
    sentences: list[PortraitSentence]
    more: int = Field(description="How many propositions there was no room for.")
    prose: str = Field("", description="The same in an engine's words; empty where no engine was asked or could.")


class Portrait(Wire):
    """The headings that have something to say; made anew only when a proposition in it has changed."""

    sections: list[PortraitSection]
    made_at: datetime
