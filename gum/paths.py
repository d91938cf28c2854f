"""Where every file of the program lies.  `GUM_HOME` moves them all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from gum import custody
from gum.errors import StoreReadOnlyError


@dataclass(frozen=True, slots=True)
class Home:
    """The folders and files below one home; nothing is created by naming it."""

    root: Path

    @property
    def config(self) -> Path:
        return self.root / "config.toml"

    @property
    def database(self) -> Path:
        return self.root / "gum.db"

    @property
    def lock(self) -> Path:
        return self.root / "owner.lock"

    @property
    def owner(self) -> Path:
        """Who owns the home: pid, start time and API address, as JSON."""
        return self.root / "owner.json"

    @property
    def encryption(self) -> Path:
        """How the key of an encrypted home is held; absent for a plain one."""
        return self.root / "encryption.json"

    @property
    def token(self) -> Path:
        return self.root / "token"

    @property
    def frames(self) -> Path:
        return self.root / "frames"

    @property
    def index(self) -> Path:
        return self.root / "index"

    @property
    def models(self) -> Path:
        return self.root / "models"

    @property
    def output(self) -> Path:
        """Where accepted suggestions write."""
        return self.root / "output"

    @property
    def log(self) -> Path:
        return self.root / "gum.log"

    def create(self) -> None:
        """Make the folders, readable by the person alone.

        Raises StoreReadOnlyError, and StoreUnsafeError for a home that others could read or reach into.
        """
        kept = (self.database, self.lock, self.owner, self.token, self.log, self.encryption)
        custody.check(self.root, (self.frames, self.index, self.output), kept)
        try:
            for folder in (self.root, self.frames, self.index, self.models, self.output):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreReadOnlyError(
                f"The data directory {self.root} cannot be written ({error.strerror}). "
                "Free it, or set GUM_HOME to a folder of your own."
            ) from error


def home() -> Home:
    """Return the home in force: `GUM_HOME`, or the platform's data directory."""
    named = os.environ.get("GUM_HOME")
    return Home(
        Path(named).expanduser().absolute() if named else Path(platformdirs.user_data_dir("gum-desktop", False))
    )
