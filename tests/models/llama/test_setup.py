"""Getting a model, from a real server on this machine."""

from __future__ import annotations

import hashlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gum.errors import EngineError

pytest.importorskip("llama_cpp", reason="the [llama] extra is not installed")
from gum_models.llama.catalogue import catalogue, fitting, named
from gum_models.llama.download import download
from gum_models.llama.setup import LlamaSetup

CONTENT = bytes(range(256)) * 5000


class _Hub(http.server.BaseHTTPRequestHandler):
    ranges: list[str]

    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        self.server.ranges.append(wanted)  # type: ignore[attr-defined]
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        if start >= len(CONTENT):
            self.send_response(416)
            self.end_headers()
            return
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(CONTENT) - start))
        self.end_headers()
        self.wfile.write(CONTENT[start:])

    def log_message(self, *args: object) -> None:
        """The test's output stays clean."""


@pytest.fixture
def hub() -> Iterator[http.server.ThreadingHTTPServer]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Hub)
    server.ranges = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def address(hub: http.server.ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{hub.server_port}"


def test_a_model_is_got_and_its_sums_are_pinned(hub: http.server.ThreadingHTTPServer, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    sentence = LlamaSetup().run(tmp_path, "", 8 * 2**30, address(hub), lambda *step: told.append(step))
    assert hashlib.sha256(CONTENT).hexdigest() in sentence
    assert (tmp_path / "llama" / "projector.gguf").read_bytes() == CONTENT
    assert told[-1][1] == told[-1][2] == len(CONTENT)


def test_a_broken_download_goes_on_where_it_ended(hub: http.server.ThreadingHTTPServer, tmp_path: Path) -> None:
    (tmp_path / "x.part").write_bytes(CONTENT[:1000])
    download(address(hub), tmp_path / "x", "", lambda *_: None)
    assert (tmp_path / "x").read_bytes() == CONTENT
    assert hub.ranges == ["bytes=1000-"]  # type: ignore[attr-defined]


def test_a_file_with_another_sum_is_thrown_away(hub: http.server.ThreadingHTTPServer, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="thrown away"):
        download(address(hub), tmp_path / "x", "0" * 64, lambda *_: None)
    assert list(tmp_path.iterdir()) == []


def test_no_server_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="could not be reached"):
        download("http://127.0.0.1:9", tmp_path / "x", "", lambda *_: None)


@pytest.mark.parametrize(("gigabytes", "name"), [(2, "smolvlm2-500m"), (7.7, "qwen3-vl-2b"), (64, "qwen3-vl-8b")])
def test_the_largest_model_that_suits_the_machine_is_chosen(gigabytes: float, name: str) -> None:
    assert fitting(int(gigabytes * 2**30)).name == name


def test_an_unknown_model_names_the_nearest() -> None:
    with pytest.raises(EngineError, match="Did you mean 'qwen3-vl-2b'"):
        named("qwen3-vl-2")
    assert len({model.name for model in catalogue()}) == len(catalogue())
