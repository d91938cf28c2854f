"""A home that is thrown away, with the models of one that is kept."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gum.paths import Home


@contextmanager
def temporary_home(models_of: Home) -> Iterator[Home]:
    """Yield an empty home; models are got once, for all homes."""
    with tempfile.TemporaryDirectory(prefix="gum-") as folder:
        home = Home(Path(folder) / "home")
        home.root.mkdir(mode=0o700)
        share_models(home, models_of)
        yield home


def share_models(home: Home, models_of: Home) -> None:
    """Let a new home use the models of another, where that has any."""
    if models_of.models.is_dir():
        home.models.symlink_to(models_of.models, target_is_directory=True)
