"""Which steps of inference are done; a person's own home does all of them, an evaluation may leave one out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Steps:
    """Without `retrieve` a draft is compared with nothing that is known and so becomes a proposition of its own.

    Without `revise` it still supports what says the same, but refines, opposes and replaces nothing.
    """

    retrieve: bool = True
    revise: bool = True


ALL = Steps()
