"""Getting models, from a real server on this machine; keeping several, taking over those of other programs."""

from __future__ import annotations

import hashlib
import http.server
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from gum_models import extras
from gum_models.llama import LlamaEngine
from gum_models.llama import catalogue as catalogues
from gum_models.llama.catalogue import catalogue, fitting, named
from gum_models.llama.download import download
from gum_models.llama.header import architecture
from gum_models.llama.installed import ABSENT, installed
from gum_models.llama.setup import LlamaSetup
from hypothesis import given
from hypothesis import strategies as st

from gum.cli import gumctl
from gum.config import Config
from gum.errors import EngineError, EngineUnavailableError
from tests.models.llama.tiny_gguf import write_model, write_pair
from tests.models.llama.tiny_projector import write_projector
from tests.models.llama.tiny_tensors import FAMILIES

CONTENT = bytes(range(256)) * 5000
SUM = hashlib.sha256(CONTENT).hexdigest()
SMALL = """
[[model]]
name = "small"
title = "Small"
memory_gb = 4
needs_mb = 10
licence = "MIT"
handler = "mtmd"
repository = "us/small-GGUF"
files = [
    {{ name = "small.gguf", bytes = 1280000, sha256 = "{sum}" }},
    {{ name = "mm.gguf", bytes = {bytes}, sha256 = "" }},
]
"""


class _Hub(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        wanted = self.headers.get("Range", "")
        self.server.asked.append((self.path, wanted))  # type: ignore[attr-defined]
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        if start >= len(CONTENT) or "absent" in self.path:
            self.send_response(416 if start else 404)
            self.end_headers()
            return
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(CONTENT) - start))
        self.end_headers()
        self.wfile.write(CONTENT[start:])

    def log_message(self, *args: object) -> None:
        """The test's output stays clean."""


class Hub(http.server.ThreadingHTTPServer):
    """Serves the same bytes at every path, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Hub)
        self.asked: list[tuple[str, str]] = []
        self.address = f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def hub() -> Iterator[Hub]:
    server = Hub()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue has one model, whose files the hub serves."""
    _write_catalogue(tmp_path, monkeypatch, SUM, len(CONTENT))


def _write_catalogue(folder: Path, monkeypatch: pytest.MonkeyPatch, sum: str, size: int) -> None:
    (folder / "catalogue.toml").write_text(SMALL.format(sum=sum, bytes=size))
    monkeypatch.setattr(catalogues, "files", lambda _: folder)


def untold(*_: object) -> None:
    """Nobody listens."""


def test_a_model_is_got_checked_and_used_when_it_is_the_first(small: None, hub: Hub, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    kept = LlamaSetup().pull(tmp_path, "small", hub.address, lambda *step: told.append(step))
    assert kept.in_use
    assert kept.sees
    assert told[-1] == ("model.gguf", len(CONTENT), len(CONTENT))
    place = "/us/small-GGUF/resolve/main"
    assert [path for path, _ in hub.asked] == [f"{place}/mm.gguf", f"{place}/small.gguf"]
    one = installed(tmp_path)
    assert one.sums == {"model": SUM, "projector": SUM}
    assert one.pinned_here == {"projector"}, "only the sum that nobody published is pinned"


def test_a_second_pull_asks_for_nothing(small: None, hub: Hub, tmp_path: Path) -> None:
    LlamaSetup().pull(tmp_path, "small", hub.address, untold)
    hub.asked.clear()
    assert LlamaSetup().pull(tmp_path, "small", hub.address, untold).in_use
    assert hub.asked == []


def test_a_model_too_large_for_the_disk_is_refused_before_anything_is_got(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write_catalogue(tmp_path, monkeypatch, SUM, 1 << 60)
    with pytest.raises(EngineError, match="MB are free"):
        LlamaSetup().pull(tmp_path, "small", hub.address, untold)
    assert hub.asked == []


def test_two_pulls_at_once_are_one_too_many(small: None, hub: Hub, tmp_path: Path) -> None:
    refused: list[str] = []

    def meanwhile(*_: object) -> None:
        if not refused:
            with pytest.raises(EngineError, match="already") as told:
                LlamaSetup().pull(tmp_path, "small", hub.address, untold)
            refused.append(str(told.value))

    LlamaSetup().pull(tmp_path, "small", hub.address, meanwhile)
    assert len(refused) == 1


def test_a_broken_download_goes_on_where_it_ended(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "x.part").write_bytes(CONTENT[:1000])
    download(hub.address, tmp_path / "x", "", untold)
    assert (tmp_path / "x").read_bytes() == CONTENT
    assert [wanted for _, wanted in hub.asked] == ["bytes=1000-"]


def test_a_file_with_another_sum_is_thrown_away(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="thrown away"):
        download(hub.address, tmp_path / "x", "0" * 64, untold)
    assert list(tmp_path.iterdir()) == []


def test_no_server_and_no_file_are_said_plainly(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="could not be reached"):
        download("http://127.0.0.1:9", tmp_path / "x", "", untold)
    with pytest.raises(EngineError, match=r"404.*models import"):
        download(f"{hub.address}/absent", tmp_path / "x", "", untold)


def test_no_network_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"no network.*--mirror"):
        download("http://no-such-host.invalid/x", tmp_path / "x", "", untold)


@pytest.mark.parametrize(
    ("gigabytes", "name"), [(2, "qwen3.5-0.8b"), (7.7, "qwen3-vl-2b"), (15.5, "qwen3-vl-4b"), (64, "qwen3-vl-8b")]
)
def test_the_first_model_of_the_machines_tier_is_proposed(gigabytes: float, name: str) -> None:
    assert fitting(int(gigabytes * 2**30)).name == name


def test_the_catalogue_is_whole() -> None:
    models = catalogue()
    assert len({model.name for model in models}) == len(models)
    assert {model.memory_gb for model in models} == {4, 8, 16, 32}
    for model in models:
        assert model.licence == "Apache-2.0"
        assert model.handler.removeprefix("mtmd (").removesuffix(")") in FAMILIES, "the tests load none of its kind"
        assert [file.name.lower().startswith("mmproj") for file in model.files] == [False, True]
        assert all(len(file.sha256) in (0, 64) for file in model.files)
        assert model.needs_mb * 1e6 > model.bytes > 1e8


def test_an_unknown_model_names_the_nearest() -> None:
    with pytest.raises(EngineError, match="Did you mean 'qwen3-vl-2b'"):
        named("qwen3-vl-2")


# ---------------------------------------------------------------------------------- several models


def write_files(folder: Path, seed: int = 1) -> Path:
    """Write a model and a projector as a person may have them; return the model."""
    folder.mkdir(parents=True)
    write_model(folder / f"Tiny-{seed}-Q8_0.gguf", seed=seed)
    write_projector(folder / "mmproj-tiny.gguf")
    return folder / f"Tiny-{seed}-Q8_0.gguf"


def test_several_models_are_kept_and_one_is_used(tmp_path: Path) -> None:
    setup = LlamaSetup()
    for seed in (1, 2):
        setup.take(tmp_path, str(write_files(tmp_path / f"mine{seed}", seed)), "", "", untold)
    assert [(one.name, one.in_use) for one in setup.kept(tmp_path)] == [("tiny-1", True), ("tiny-2", False)]
    assert setup.use(tmp_path, "tiny-2").in_use
    assert installed(tmp_path).name == "tiny-2"
    assert setup.remove(tmp_path, "tiny-2") > 100_000
    with pytest.raises(EngineUnavailableError, match="models pull"):
        installed(tmp_path)
    assert [one.name for one in setup.kept(tmp_path)] == ["tiny-1"]


def test_a_model_that_an_earlier_version_left_is_still_there(tmp_path: Path) -> None:
    write_pair(tmp_path)
    setup = LlamaSetup()
    setup.take(tmp_path, str(write_files(tmp_path / "mine")), "", "newer", untold)
    assert [(one.name, one.in_use) for one in setup.kept(tmp_path)] == [("model", True), ("newer", False)]
    setup.use(tmp_path, "newer")
    setup.use(tmp_path, "model")
    assert installed(tmp_path).name == "model"
    setup.remove(tmp_path, "model")
    assert [one.name for one in setup.kept(tmp_path)] == ["newer"]


def test_an_unknown_name_is_told_which_there_are(tmp_path: Path) -> None:
    setup = LlamaSetup()
    setup.take(tmp_path, str(write_files(tmp_path / "mine")), "", "", untold)
    for call in (setup.use, setup.remove):
        with pytest.raises(EngineError, match="there is tiny-1"):
            call(tmp_path, "tiny")


def test_a_change_after_the_pinning_is_found(tmp_path: Path) -> None:
    setup = LlamaSetup()
    setup.take(tmp_path, str(write_files(tmp_path / "mine")), "", "", untold)
    assert all(one.intact for one in setup.verify(tmp_path, "tiny-1", untold))
    file = installed(tmp_path).model
    data = bytearray(file.read_bytes())
    file.unlink()  # it is a link to the person's own
    data[-5] ^= 1
    file.write_bytes(data)
    rows = {one.file: one for one in setup.verify(tmp_path, "tiny-1", untold)}
    assert not rows["model.gguf"].intact
    assert rows["projector.gguf"].intact


def test_the_first_check_of_a_model_without_sums_pins_them(tmp_path: Path) -> None:
    write_pair(tmp_path)
    first = LlamaSetup().verify(tmp_path, "model", untold)
    assert {one.against for one in first} == {"nothing: pinned now"}
    assert installed(tmp_path).sums["model"] == first[0].sha256


# ---------------------------------------------------------------------------------- taking over


def test_files_are_taken_over_with_the_projector_beside_them(tmp_path: Path) -> None:
    model = write_files(tmp_path / "mine")
    kept = LlamaSetup().take(tmp_path, str(model), "", "", untold)
    assert kept.sees
    assert model.samefile(installed(tmp_path).model), "on one disk nothing is copied"
    with pytest.raises(EngineError, match="already"):
        LlamaSetup().take(tmp_path, str(model), "", "", untold)


def test_what_is_no_model_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    model = write_files(tmp_path / "mine")
    (tmp_path / "letter.gguf").write_text("Dear Birgit")
    for source, projector, said in (
        (str(tmp_path / "letter.gguf"), "", "no whole GGUF"),
        (str(tmp_path / "none.gguf"), "", "no file"),
        (str(model.parent / "mmproj-tiny.gguf"), "", "a projector"),
        (str(model), str(model), "no projector"),
    ):
        with pytest.raises(EngineError, match=said):
            LlamaSetup().take(tmp_path / "home", source, projector, "", untold)
    with pytest.raises(EngineError, match="cannot be called"):
        LlamaSetup().take(tmp_path / "home", str(model), "", "../../outside", untold)
    assert LlamaSetup().kept(tmp_path / "home") == []


@pytest.fixture
def stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's folder with one model in Ollama's store and one in LM Studio's."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("OLLAMA_MODELS", raising=False)
    model = write_files(tmp_path / "mine")
    ollama = tmp_path / ".ollama/models"
    manifest = ollama / "manifests/registry.ollama.ai/library/tiny-vl/2b"
    manifest.parent.mkdir(parents=True)
    (ollama / "blobs").mkdir()
    layers = []
    for kind, file in (("model", model), ("projector", model.parent / "mmproj-tiny.gguf")):
        sum = hashlib.sha256(file.read_bytes()).hexdigest()
        (ollama / "blobs" / f"sha256-{sum}").write_bytes(file.read_bytes())
        layers.append({"mediaType": f"application/vnd.ollama.image.{kind}", "digest": f"sha256:{sum}"})
    layers.append({"mediaType": "application/vnd.ollama.image.license", "digest": "sha256:0"})
    manifest.write_text(json.dumps({"layers": layers}))
    (manifest.parent / "broken").write_text("{")
    write_files(tmp_path / ".lmstudio/models/us/tiny", 3)
    return tmp_path


def test_models_of_other_programs_are_found_and_taken_over(stores: Path) -> None:
    setup = LlamaSetup()
    assert setup.elsewhere() == ["ollama:tiny-vl:2b", "lmstudio:us/tiny/Tiny-3-Q8_0.gguf"]
    names = [setup.take(stores / "home", one, "", "", untold).name for one in setup.elsewhere()]
    assert names == ["tiny-vl-2b", "tiny-3"]
    assert [one.sees for one in setup.kept(stores / "home")] == [True, True]
    assert installed(stores / "home").pinned_here == set(), "Ollama's store names files by their sums"


def test_a_damaged_blob_is_not_taken_over(stores: Path) -> None:
    blob = max((stores / ".ollama/models/blobs").iterdir(), key=lambda file: file.stat().st_size)
    data = bytearray(blob.read_bytes())
    data[-1] ^= 1
    blob.write_bytes(data)
    with pytest.raises(EngineError, match="damaged"):
        LlamaSetup().take(stores / "home", "ollama:tiny-vl:2b", "", "", untold)
    assert LlamaSetup().kept(stores / "home") == []


def test_an_unknown_model_of_another_program_names_the_nearest(stores: Path) -> None:
    with pytest.raises(EngineError, match="Did you mean 'ollama:tiny-vl:2b'"):
        LlamaSetup().take(stores / "home", "ollama:tiny-vl:4b", "", "", untold)


@given(damage=st.binary(max_size=200), keep=st.integers(0, 60))
def test_no_bytes_make_the_header_fail_otherwise_than_in_words(
    tmp_path_factory: pytest.TempPathFactory, damage: bytes, keep: int
) -> None:
    file = tmp_path_factory.getbasetemp() / "header.gguf"
    start = b"GGUF" + (3).to_bytes(4, "little") + (0).to_bytes(8, "little") + (2).to_bytes(8, "little")
    file.write_bytes(start[:keep] + damage)
    try:
        said = architecture(file)
    except EngineError as error:
        said = str(error)
    assert isinstance(said, str)


def test_measuring_tells_speed_and_work_beside_the_library_alone(tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp", reason="the [llama] extra is not installed")
    write_pair(tmp_path)
    steps: list[int] = []
    found = LlamaSetup().bench(tmp_path, Config(), lambda _, done, __: steps.append(done))
    assert steps == sorted(steps)
    for key in (
        "prompt_tokens_per_s",
        "generation_tokens_per_s",
        "episode_s",
        "episode_cpu_s",
        "library_alone_s",
        "through_engine_s",
        "engine_to_library_ratio",
    ):
        assert found[key] > 0, key
    assert 0 < found["second_question_read_anew_share"] < 0.5
    assert "episode_with_image_s" in found
    assert LlamaSetup().kept(tmp_path)[0].bench == found


def test_without_the_library_every_command_that_needs_it_says_how_to_add_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GUM_HOME", str(tmp_path / "home"))
    monkeypatch.setitem(sys.modules, "llama_cpp", None)
    source = str(write_files(tmp_path / "mine"))
    runner = CliRunner()
    add = extras.command("llama")
    assert add in runner.invoke(gumctl, ["models", "import", source]).stderr
    assert add in runner.invoke(gumctl, ["models", "use", "tiny-1"]).stderr
    assert add in runner.invoke(gumctl, ["models", "list"]).stdout
    assert add in str(runner.invoke(gumctl, ["models", "bench"]).exception)
    checks = json.loads(runner.invoke(gumctl, ["doctor", "--json"]).stdout)["checks"]
    engine = next(one for one in checks if one["name"] == "engine")
    assert engine["state"] == "fail"
    assert add in engine["sentence"]
    assert "infer.engine" in engine["fix"]
    with pytest.raises(EngineUnavailableError, match="pip install"):
        LlamaEngine(tmp_path / "home/models")


def test_the_sentence_on_a_missing_model_names_the_command() -> None:
    assert "gumctl models pull" in ABSENT
