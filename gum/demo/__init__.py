"""The recorded work of an invented person, which `gumctl demo` plays through the pipeline.

Five working days of an exhibition maker, recorded with our own observers from real applications; see
`scenarios/personas/harbour_museum.yaml` for what was played and `recording/truth.json` for what is true.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

RECORDING = Path(str(files(__name__) / "recording"))
