"""Damaged and hostile pictures never take the process with them."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(os.environ.get("GUM_TEST_DATA", Path(__file__).parents[3] / "shared" / "data")) / "malformed"
MEMORY = 2 << 30
SECONDS = 60

CHILD = """
import json, sys
from pathlib import Path
from gum.errors import RecordingError
from gum.perceive.encoding import decode
outcome = {}
for path in sys.argv[1:]:
    try:
        outcome[path] = list(decode(Path(path).read_bytes(), path).size)
    except RecordingError as error:
        outcome[path] = str(error)
print(json.dumps(outcome))
"""


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def decoded(paths: list[Path]) -> dict[str, list[int] | str]:
    """Decode the files in a process of limited memory and time."""
    command = [sys.executable, "-W", "error", "-c", CHILD, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, preexec_fn=limit, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, list[int] | str] = json.loads(done.stdout)
    return found


def test_every_damaged_sample_is_named_or_read() -> None:
    folder = SAMPLES / "pillow_malformed"
    if not folder.is_dir():
        pytest.skip(f"the samples of damaged pictures are not at {folder}")
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    outcome = decoded(paths)
    assert len(outcome) == len(paths) > 40
    for path, result in outcome.items():
        assert isinstance(result, list) or path in result


@pytest.mark.parametrize("suffix", ["webp", "jpg", "png"])
def test_pictures_cut_short_or_with_flipped_bytes_are_named_or_read(tmp_path: Path, suffix: str) -> None:
    from PIL import Image

    whole = tmp_path / f"whole.{suffix}"
    Image.linear_gradient("L").convert("RGB").save(whole)
    data = whole.read_bytes()
    paths = []
    for number, at in enumerate(range(4, len(data), max(1, len(data) // 24))):
        for name, changed in (("cut", data[:at]), ("flipped", data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])):
            path = tmp_path / f"{name}{number}.{suffix}"
            path.write_bytes(changed)
            paths.append(path)
    outcome = decoded(paths)
    assert len(outcome) == len(paths)
    assert any(isinstance(result, str) for result in outcome.values())
