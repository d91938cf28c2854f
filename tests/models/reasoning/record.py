"""`python -m tests.models.reasoning.record FOLDER WHAT [SEED]`: what the model in use below a folder of models says.

Writes `recorded/NAME.json` with the version and the digest of the prompts.  In it, `made` is what the engine makes of
a reply; add to the proposals as `kept` how many the pipeline keeps, after a look at them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from gum_models.llama import LlamaEngine
from gum_models.reasoning import Prompt, prompts

from gum.config import Config
from tests.models.reasoning.material import TASKS, fingerprint

RECORDED = Path(__file__).parent / "recorded"
LONGEST = 6000


class Recording(LlamaEngine):
    """Keeps every reply that it hears."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, Config.model_validate({"llama": {"temperature": 0.7, "seed": seed}}))
        self.heard: list[str] = []

    def complete(self, prompt: Prompt) -> str:
        self.heard.append(super().complete(prompt))
        return self.heard[-1]

    def stream(self, prompt: Prompt) -> Any:
        yield self.complete(prompt)


def main() -> None:
    """Record each task once."""
    model = Recording(Path(sys.argv[1]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    rows: list[dict[str, Any]] = []
    for task, ask in TASKS.items():
        before = model.usage.dropped
        made = ask(model)
        rows.append({"task": task, "reply": model.heard[-1][:LONGEST], "made": made})
        rows[-1]["dropped"] = model.usage.dropped - before
    model.close()
    text = {"recorded_from": sys.argv[2], "prompt_version": prompts.VERSION, "prompts": fingerprint(), "replies": rows}
    file = RECORDED / f"{model.files.name}.json"
    file.write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")
    print(file)


if __name__ == "__main__":
    main()
