"""Which steps of inference are done; a person's own home does all of them, an evaluation may leave one out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Steps:
    """Without `retrieve` a draft is compared with nothing that is known and so becomes a proposition of its own.

    Without `revise` what is known stays as it was first stated: a draft that says the same is dropped, any other
    becomes a proposition of its own, and nothing is supported, refined, opposed or replaced.
    """

    retrieve: bool = True
    revise: bool = True


ALL = Steps()
