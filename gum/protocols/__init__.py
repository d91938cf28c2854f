"""What a plug-in must offer.  Ours come through the same entry points as strangers'."""

from __future__ import annotations

from gum.protocols.frontends import Frontend
from gum.protocols.getting import CheckedFile, KeptModel, Offer, OfferedFile, Report, Setup
from gum.protocols.inferring import Auditing, EpisodeContext, Forwarding, Reasoner, Reranking, Rewriting, Writing
from gum.protocols.observing import (
    LONGEST_PAUSE_S,
    Desktop,
    DesktopEvent,
    Excluded,
    Observer,
    ObserverContext,
    Snapshot,
    Stop,
    longest_pause,
    unhurried,
)
from gum.protocols.perceiving import Apart, Embedder, Reader, WorkerState
from gum.protocols.suggesting import Action, ReportStep, Rewritable, Situation, Stepping, Suggester
from gum.protocols.telling import Answer, Notice, NotificationKeeper, NotificationServer, Notifier, Taken

__all__ = [
    "LONGEST_PAUSE_S",
    "Action",
    "Answer",
    "Apart",
    "Auditing",
    "CheckedFile",
    "Desktop",
    "DesktopEvent",
    "Embedder",
    "EpisodeContext",
    "Excluded",
    "Forwarding",
    "Frontend",
    "KeptModel",
    "Notice",
    "NotificationKeeper",
    "NotificationServer",
    "Notifier",
    "Observer",
    "ObserverContext",
    "Offer",
    "OfferedFile",
    "Reader",
    "Reasoner",
    "Report",
    "ReportStep",
    "Reranking",
    "Rewritable",
    "Rewriting",
    "Setup",
    "Situation",
    "Snapshot",
    "Stepping",
    "Stop",
    "Suggester",
    "Taken",
    "WorkerState",
    "Writing",
    "longest_pause",
    "unhurried",
]
