"""From where to whom a matter flows: the other half of contextual integrity (Nissenbaum 2004) beside what it is.

Whose matter it is, in what surroundings it came up, whom the person told it, and whether they said that it was to stay
there.  The recipient is always the same: the model of the person on this computer, and through it what the person lets
ask it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from gum.infer.audit.plain import folded
from gum.infer.confidence import cap_of
from gum.perceive.applications import is_browser, is_chat, is_editor, is_mail, names
from gum.records import Observation, Trust

_IN_CONFIDENCE = re.compile(
    r"\b(?:between us|between you and me|in confidence|confidentially|don'?t tell|do not tell|tell no ?one|tell nobody|"
    r"keep (?:this|it) (?:to yourself|private|secret|quiet)|off the record|please don'?t share|unter uns|vertraulich|"
    r"sag(?:'s| es)? niemandem|nicht weitersagen|behalt(?:e)? es fur dich|entre nous|en confidence|n'en parle|"
    r"ne le dis a personne|entre nosotros|en confianza|no se lo digas|no lo cuentes)\b"
)


@dataclass(frozen=True, slots=True)
class Flow:
    """One flow.  `whose` is 'you' or 'somebody else'; `setting` 'conversation', 'page', 'document' or 'window'."""

    whose: str
    setting: str
    app: str
    source: Trust
    told_to: tuple[str, ...] = ()
    in_confidence: bool = False

    def recorded(self) -> dict[str, Any]:
        """Return the flow as the log keeps it: without whom it was told, which is content."""
        fields = asdict(self)
        fields["told_to"] = len(self.told_to)
        return fields


def flow_of(whose: str, quotes: Sequence[tuple[str, Observation]]) -> Flow:
    """Return the flow of a matter that rests on these quotes, each with its observation."""
    seen = [one for _, one in quotes]
    best = max(seen, key=lambda one: cap_of(one.trust))
    talks = [one for one in seen if is_conversation(one.app)]
    texts = [folded(f"{one.title}\n{one.text}") for one in seen]
    return Flow(
        whose=whose,
        setting=_setting(best),
        app=names(best.app)[-1],
        source=best.trust,
        told_to=tuple(sorted({one.title for one in talks if one.trust is Trust.TYPED})),
        in_confidence=any(_IN_CONFIDENCE.search(text) for text in texts),
    )


def is_conversation(app: str) -> bool:
    """Return whether a window of this class is one in which people write to each other."""
    return is_mail(app) or is_chat(app)


def _setting(seen: Observation) -> str:
    if is_conversation(seen.app):
        return "conversation"
    if is_browser(seen.app):
        return "page"
    return "document" if is_editor(seen.app) else "window"
