"""Who may load whom, as a fresh interpreter really does it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

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
