"""Writes requirements.lock and requirements-dev.lock: pinned by hash, for every platform, with no index address."""

import subprocess
import sys
from pathlib import Path

UV = str(Path(sys.executable).with_name("uv"))
OPTIONS = [
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
]
QUIET = ["--quiet", "--no-header", "--no-annotate"]


def main() -> None:
    """Compile both files; llama-cpp-python itself is left out, scripts/llama_wheel.sh builds it."""
    for output, extras in (
        ("requirements.lock", []),
        ("requirements-dev.lock", ["--extra", "dev", "--extra", "llama", "--no-emit-package", "llama-cpp-python"]),
    ):
        subprocess.run([UV, "pip", "compile", *OPTIONS, *QUIET, *extras, "pyproject.toml", "-o", output], check=True)


if __name__ == "__main__":
    main()
