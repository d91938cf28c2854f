"""Real servers with a tiny random model: llama.cpp's own (embedded by xllamacpp), and llama-cpp-python's."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.models.llama import tiny_gguf
from tests.models.llama.tiny_gguf import write_pair
from tests.ports import free_port

KEY = "k3y-of-the-test"
#: A template that takes a text or a list of parts, as those of real models do; this server puts image addresses in it.
BOTH_FORMS = (
    "{%- for message in messages -%}{{- '<|im_start|>' + message.role + '\\n' -}}"
    "{%- if message.content is string -%}{{- message.content -}}{%- else -%}{%- for part in message.content -%}"
    "{%- if part.type == 'text' -%}{{- part.text -}}{%- else -%}"
    "{{- part.image_url if part.image_url is string else part.image_url.url -}}{%- endif -%}{%- endfor -%}{%- endif -%}"
    "{{- '<|im_end|>\\n' -}}{%- endfor -%}{%- if add_generation_prompt -%}"
    "{{- '<|im_start|>assistant\\n' -}}{%- endif -%}"
)


@contextmanager
def llama_server(folder: Path) -> Iterator[str]:
    """Run llama-server, as xllamacpp embeds it; give the address of its API."""
    write_pair(folder)
    port = free_port()
    model, projector = folder / "llama/model.gguf", folder / "llama/projector.gguf"
    script = Path(__file__).with_name("embedded.py")
    with _running([str(script), str(model), str(projector), str(port), KEY], port):
        yield f"http://127.0.0.1:{port}/v1"


@contextmanager
def python_server(folder: Path) -> Iterator[str]:
    """Run llama-cpp-python's server; give the address of its API."""
    plain, tiny_gguf.TEMPLATE = tiny_gguf.TEMPLATE, BOTH_FORMS
    try:
        write_pair(folder)
    finally:
        tiny_gguf.TEMPLATE = plain
    port = free_port()
    options = {
        "model": folder / "llama/model.gguf",
        "clip_model_path": folder / "llama/projector.gguf",
        "chat_format": "mtmd",
        "n_ctx": 8192,
        "n_threads": 1,
        "host": "127.0.0.1",
        "port": port,
        "api_key": KEY,
    }
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    with _running(["-m", "llama_cpp.server", *words], port):
        yield f"http://127.0.0.1:{port}/v1"


@contextmanager
def _running(words: list[str], port: int) -> Iterator[None]:
    environment = {**os.environ, "OMP_WAIT_POLICY": "passive"}
    process = subprocess.Popen(
        [sys.executable, *words], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 60
        while not _answers(port):
            assert process.poll() is None, "the server did not come up"
            assert time.monotonic() < deadline, "the server did not come up in time"
            time.sleep(0.1)
        yield
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    headers = {"Authorization": f"Bearer {KEY}"}
    try:
        return httpx.get(f"http://127.0.0.1:{port}/v1/models", headers=headers, timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False
