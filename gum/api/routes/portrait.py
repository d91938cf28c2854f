"""The person in short, by theme."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from gum.api.access import Asking, Scope, require
from gum.api.backend import Behind
from gum.infer import portrait as portraits
from gum.wire import Portrait, PortraitSection, PortraitSentence

router = APIRouter(tags=["portrait"])


@router.get("/portrait", dependencies=[require(Scope.READ, Scope.CONTEXT, limited=True)])
def portrait(
    behind: Behind,
    asking: Asking,
    prose: Annotated[bool, Query(description="Also in an engine's words, where the engine can write.")] = False,
) -> Portrait:
    """What is believed and shown by default, as sentences under headings, each with its propositions."""
    now = behind.clock()
    made = behind.portraits.portrait(lambda one: asking.limits.allow(one, now), prose=prose)
    asking.show("propositions", made.propositions)
    return view(made)


def view(made: portraits.Portrait) -> Portrait:
    """Return a portrait as it goes over the wire."""
    return Portrait(sections=[_section(one) for one in made.sections], made_at=made.made_at)


def _section(section: portraits.Section) -> PortraitSection:
    heading = section.heading
    return PortraitSection(
        theme=heading.theme,
        title=heading.title,
        covers=heading.covers,
        sentences=[PortraitSentence.model_validate(one) for one in section.sentences],
        more=section.more,
        prose=section.prose,
    )
