"""How a matter is known again without its words, and how a held draft is kept and taken out again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from gum import clock
from gum.infer.audit.plain import folded
from gum.records import Claim, Draft, Durability, Kind, Quote, Stance, Theme
from gum.store import Store

# Words that tell nothing of a matter, in the plain form.
_SMALL = re.compile(
    r"the|an?|of|to|for|in|on|at|is|are|was|with|and|or|users?|user's|their|his|her|has|have|by|from|about|"
    r"der|die|das|nutzer(?:in)?|des|l[ea]s?|de|utilisa\w+|el|los|usuari[oa]"
)


def matters_of(store: Store, draft: Draft) -> list[str]:
    """Return the digests of a draft's matter: by its claim where it has one, and by its words."""
    words = [word for word in re.findall(r"[\w'-]+", folded(draft.text)) if not _SMALL.fullmatch(word)]
    found = [store.audit.matter(["words", *words])]
    if draft.claim is not None:
        found.insert(0, store.audit.matter(["claim", draft.claim.predicate, folded(draft.claim.object)]))
    return found


def to_fields(draft: Draft, author: str) -> dict[str, Any]:
    """Return a draft as the log keeps it while it waits, its quotes aside."""
    fields = asdict(draft)
    del fields["quotes"]
    for name in ("valid_from", "valid_to"):
        fields[name] = clock.to_text(fields[name]) if fields[name] else None
    return fields | {"author": author}


def from_fields(fields: Mapping[str, Any], quotes: tuple[Quote, ...]) -> Draft:
    """Return the draft that `to_fields` kept."""
    return Draft(
        text=fields["text"],
        reasoning=fields["reasoning"],
        kind=Kind(fields["kind"]),
        durability=Durability(fields["durability"]),
        theme=Theme(fields["theme"]),
        quotes=quotes,
        strength=fields["strength"],
        claim=Claim(**fields["claim"]) if fields["claim"] else None,
        valid_from=clock.from_text(fields["valid_from"]) if fields["valid_from"] else None,
        valid_to=clock.from_text(fields["valid_to"]) if fields["valid_to"] else None,
        stance=Stance(fields["stance"]),
    )
