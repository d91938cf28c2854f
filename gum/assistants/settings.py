"""The change to a program's settings: worked out, shown, and written whole with the file of before kept beside it."""

from __future__ import annotations

import difflib
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from gum import paths
from gum.assistants import jsonc, toml
from gum.assistants.programs import NAME, Launch, Program
from gum.errors import ConfigError

KEPT = ".before-gum"


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to one file, from the text of `before` (None where there was no file) to that of `after`."""

    path: Path
    before: str | None
    after: str

    @property
    def changes(self) -> bool:
        return (self.before or "") != self.after

    @property
    def diff(self) -> str:
        """Return the change as `diff -u` shows it."""
        old, new = (text.splitlines(keepends=True) for text in (self.before or "", self.after))
        lines = difflib.unified_diff(old, new, str(self.path), str(self.path))
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def launch(client: str, start: bool) -> Launch:
    """Return how a program starts us as a client; GUM_HOME goes along where it is set."""
    script = Path(sys.executable).with_name("gumctl.exe" if os.name == "nt" else "gumctl")
    command = (str(script),) if script.exists() else (sys.executable, "-P", "-m", "gum")
    options = ("mcp", "--client", client, *(("--start",) if start else ()))
    kept = {"GUM_HOME": str(paths.home().root)} if os.environ.get("GUM_HOME") else {}
    return Launch(command[0], (*command[1:], *options), kept)


def snippet(program: Program, how: Launch) -> str:
    """Return what is to stand in a program's settings, for a person to put there."""
    keys = (*program.keys, NAME)
    if program.form == "toml":
        return toml.with_member("", keys, program.entry(how))
    return jsonc.with_member("", keys, program.entry(how))


def installing(program: Program, how: Launch) -> Edit:
    """Return the change that lets a program start us.

    Raises ConfigError, with what to put there by hand, when the file cannot be changed safely.
    """
    path, before = _read(program)
    try:
        writer = toml if program.form == "toml" else jsonc
        return Edit(path, before, writer.with_member(before or "", (*program.keys, NAME), program.entry(how)))
    except ConfigError as error:
        raise ConfigError(
            f"{path} is left as it is: {error}. Put this there yourself:\n{snippet(program, how)}"
        ) from error


def removing(program: Program) -> Edit:
    """Return the change that takes us out of a program's settings.  Raises ConfigError."""
    path, before = _read(program)
    try:
        writer = toml if program.form == "toml" else jsonc
        return Edit(path, before, writer.without_member(before or "", (*program.keys, NAME)))
    except ConfigError as error:
        keys = ".".join((*program.keys, NAME))
        raise ConfigError(f"{path} is left as it is: {error}. Take out {keys} yourself.") from error


def write(edit: Edit) -> Path | None:
    """Put the new text in the place of the old at once, and return where the old one is kept, None where none was.

    A link is followed, so that what it points to changes.  Raises ConfigError when the file has changed meanwhile or
    cannot be written.
    """
    path = edit.path.resolve()
    try:
        if (path.read_bytes().decode() if path.exists() else None) != edit.before:
            raise ConfigError(f"{edit.path} has changed meanwhile; nothing was written. Run it again.")
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = _keep(path) if edit.before is not None else None
        _replace(path, edit.after)
    except OSError as error:
        raise ConfigError(f"{edit.path} cannot be written: {error.strerror}.") from error
    return kept


def _read(program: Program) -> tuple[Path, str | None]:
    path = program.place()
    try:
        return path, path.read_bytes().decode() if path.exists() else None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is left as it is: it is not UTF-8 text.") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error


def _keep(path: Path) -> Path:
    kept = path.with_name(path.name + KEPT)
    shutil.copy2(path, kept)
    return kept


def _replace(path: Path, text: str) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(mode)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
