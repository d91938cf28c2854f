"""Who may import whom, as the architecture says, and who loads whom, as a fresh interpreter really does it."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import gum

HEAVY = (
    "chromadb",
    "onnxruntime",
    "tesserocr",
    "Xlib",
    "mss",
    "textual",
    "fastapi",
    "uvicorn",
    "numpy",
    "PIL",
    "dateparser",
)
CORE = ("gum.records", "gum.protocols", "gum.errors")
CODE = Path(gum.__file__).parent
#: By room of `gum`, the other rooms that the architecture lets it import.
ROOMS = {
    room: set(re.findall(r"\w+", others))
    for folders, others in re.findall(
        r"^\| (`gum/.*?) \| .* \| (.*?) ?\|$",
        (Path(__file__).parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    for room in re.findall(r"`gum/(\w+)", folders)
}
FOUNDATION = {
    *("records", "protocols", "errors"),
    *("config", "paths", "clock", "plugins", "choosing", "network", "custody"),
}


def loaded_by(code: str, **environment: str) -> set[str]:
    """Return the modules that a new interpreter holds after running `code`, with no display in sight."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
        env={**kept, **environment},
    )
    return set(done.stdout.split())


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the rooms of `gum` that a module imports, but for what only the type checker sees."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and node.module == "gum":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gum."):
            yield str(node.module).split(".")[1]
        yield from imported(node)


def test_the_architecture_names_every_room() -> None:
    there = {
        one.stem for one in CODE.iterdir() if (one.is_dir() or one.suffix == ".py") and not one.stem.startswith("__")
    }
    assert set(ROOMS) == there


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_imports_only_what_the_architecture_says(room: str) -> None:
    files = [*(CODE / room).rglob("*.py"), *CODE.glob(f"{room}.py")]
    assert files
    found = {other for file in files for other in imported(ast.parse(file.read_text(encoding="utf-8")))} & set(ROOMS)
    allowed = set(ROOMS) if "everything" in ROOMS[room] else ROOMS[room] | FOUNDATION | {room}
    assert found <= allowed


def test_the_core_loads_no_plugin_and_no_heavy_library() -> None:
    modules = loaded_by("import gum, gum.records, gum.protocols, gum.plugins, gum.config, gum.paths, gum.errors")
    assert not {name for name in modules if name.split(".")[0] in ("gum_observers", "gum_models", "gum_tui", *HEAVY)}


def test_the_help_needs_no_display_and_no_heavy_library() -> None:
    modules = loaded_by(
        "import sys\nfrom gum.cli import main\nsys.argv = ['gumctl', '--help']\ntry: main()\nexcept SystemExit: pass"
    )
    assert not modules & set(HEAVY)


@pytest.mark.parametrize("module", ["gum_observers.x11", "gum_observers.screen", "gum_models.statistical"])
def test_a_plugin_loads_only_records_protocols_and_errors_of_the_core(module: str) -> None:
    ours = {name for name in loaded_by(f"import {module}") if name.split(".")[0] == "gum"}
    assert {name for name in ours if name != "gum" and not name.startswith(CORE)} == set()


def test_the_terminal_interface_loads_no_store_and_no_engine() -> None:
    modules = loaded_by("import gum_tui.frontend, gum_tui.app")
    forbidden = ("gum.store", "gum.infer", "gum.daemon", "gum.api.app", "gum_models", "gum_observers")
    assert not {name for name in modules if name.startswith(forbidden)}
