"""The tables, as an append-only list of migrations; each runs in one transaction with its record."""

from __future__ import annotations

from sqlite_utils import Migrations

from gum.store.migrations import (
    m001_records,
    m002_search,
    m003_review,
    m004_believed,
    m005_forgetting,
    m006_rivals,
    m007_access,
    m008_audit,
    m009_emoji,
    m010_answers,
    m011_listing,
    m012_bounds,
    m013_notices,
    m014_tenths,
)

APPLICATION_ID = 0x47554D31  # 'GUM1'

#: In the order in which they run; a new one is added at the end.
STEPS = (
    m001_records,
    m002_search,
    m003_review,
    m004_believed,
    m005_forgetting,
    m006_rivals,
    m007_access,
    m008_audit,
    m009_emoji,
    m010_answers,
    m011_listing,
    m012_bounds,
    m013_notices,
    m014_tenths,
)

migrations = Migrations("gum")
for _step in STEPS:
    migrations(name=_step.__name__.rpartition(".")[2])(_step.apply)
