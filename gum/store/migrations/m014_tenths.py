"""How many propositions there are at each probability is counted in one index, without a look at the rows."""

from __future__ import annotations

from sqlite_utils import Database


def apply(db: Database) -> None:
    """The index holds what a verdict counts to be weighed: the standing, and the probability before calibration."""
    db.executescript("CREATE INDEX propositions_tenths ON propositions(status, raw_probability);")
