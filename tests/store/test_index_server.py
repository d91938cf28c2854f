"""The index on a real Chroma server: shared with others, away at times, and rid of what was forgotten."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from gum import choosing
from gum.config import Config
from gum.errors import StoreError
from gum.paths import Home
from gum.records import Proposition
from gum.store import SearchQuery, Store
from tests.ports import free_port
from tests.store.conftest import BagEmbedder

CHROMA = Path(sys.executable).parent / "chroma"
Make = Callable[..., Proposition]

pytestmark = pytest.mark.skipif(shutil.which(CHROMA) is None, reason="the chroma command is not installed")


class Server:
    """A Chroma server that can be away for a while."""

    def __init__(self, folder: Path) -> None:
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._folder = folder
        self.start()

    def start(self) -> None:
        command = [CHROMA, "run", "--path", self._folder, "--host", "127.0.0.1", "--port", str(self._port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not self._answers():
            assert time.monotonic() < deadline
            time.sleep(0.1)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/v2/heartbeat", timeout=1, trust_env=False).is_success
        except httpx.HTTPError:
            return False


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    one = Server(tmp_path / "chroma")
    yield one
    one.stop()


def _opened(folder: Path, server: Server) -> Store:
    return Store.open(Home(folder), embedder=BagEmbedder(), index_server=server.url)


@pytest.mark.timeout(120)
def test_a_server_holds_the_vectors_of_several_homes_apart_and_may_be_away(
    tmp_path: Path, server: Server, proposition: Make
) -> None:
    with _opened(tmp_path / "a", server) as one, _opened(tmp_path / "b", server) as two:
        tea = one.propositions.add(proposition("The user drinks tea."), "e", "c")
        two.propositions.add(proposition("The user plays the cello."), "e", "c")
        two.propositions.add(proposition("The user bakes bread."), "e", "c")
        one.index.flush()
        two.index.flush()
        assert (one.index.place, one.index.state) == ("server", "ready")
        assert one.index._collection is not None
        assert one.index._collection.ids() == {tea.id}
        assert not one.index.check().any
        server.stop()
        cake = one.propositions.add(proposition("The user bakes cake."), "e", "c")
        with pytest.raises(StoreError, match=server.url):
            one.index.flush()
        assert one.search(SearchQuery("cake"))[0].proposition.id == cake.id
        server.start()
        one.index.flush()
        assert one.index._collection.ids() == {tea.id, cake.id}
        assert not two.index.check().any
        one.index.renew()
        two.index.flush()
        assert one.index.check().missing == 2
        assert not two.index.check().any
    with _opened(tmp_path / "b", server) as two:
        two.index.flush()
        assert not two.index.check().any
    assert not any((tmp_path / "b" / "index").iterdir())
    assert b"cello" not in b"".join(path.read_bytes() for path in (tmp_path / "chroma").rglob("*") if path.is_file())


def test_the_daemon_may_reach_the_server_that_the_settings_name() -> None:
    there = Config.model_validate({"store": {"index_server": "http://box.example:8000"}})
    assert choosing.hosts(there) == ["box.example"]
    assert choosing.hosts(Config()) == []
