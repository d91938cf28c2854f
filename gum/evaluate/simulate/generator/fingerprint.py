"""A hash over everything that decides what is simulated."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from importlib.resources.abc import Traversable


def fingerprint() -> str:
    """Return the sha256 over the sources and data of this package: names, and lines without blanks at their ends."""
    found = hashlib.sha256()
    for name, content in sorted(_sources(files(__package__), "")):
        lines = [line.rstrip() for line in content.splitlines()]
        found.update(f"{name}\n{chr(10).join(lines)}\n".encode())
    return found.hexdigest()


def _sources(folder: Traversable, path: str) -> list[tuple[str, str]]:
    found = []
    for one in folder.iterdir():
        if one.is_dir():
            found += _sources(one, f"{path}{one.name}/")
        elif one.name.endswith((".py", ".toml")):
            found.append((f"{path}{one.name}", one.read_text("utf-8")))
    return found
