"""Every family of models, from a screenshot and a text to propositions in the store; and kills in between."""

from __future__ import annotations

import io
import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from gum import plugins
from gum.daemon.agent import Agent
from gum.daemon.understanding.sittings import UNDERSTAND
from gum.infer.audit import CATEGORIES
from gum.paths import Home
from gum.perceive import encoding
from gum.records import Capture, Frame, InferenceState, Rect, Window

pytest.importorskip("llama_cpp", reason="the [llama] extra is not installed")
from gum_models.llama import LlamaEngine

from tests.models.llama.tiny_gguf import write_pair
from tests.models.llama.tiny_tensors import FAMILIES
from tests.models.material import recorded_screenshot
from tests.working import HandClock, settings, text, window

KILLS = int(os.environ.get("GUM_TEST_MODEL_KILLS", "5"))
SEED = int(os.environ.get("GUM_TEST_SEED", "0")) or random.SystemRandom().randrange(1 << 30)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def opened(home: Home, clock: HandClock, **llama: object) -> Agent:
    generous = {"calls_per_hour": 600, "images_per_hour": 600, "gather_s": 0.0}
    chosen = {"context": 4096, "temperature": 2.0} | llama
    # a random model names any of the categories; a reader of menus alone leaves every frame to the model
    inferring = {"engine": "llama", "reader": MenuReader.name, "allow_sensitive": CATEGORIES}
    return Agent.open(home, settings(infer=inferring, model=generous, llama=chosen), clock)


def model_of(agent: Agent) -> LlamaEngine:
    assert isinstance(agent.parts.model, LlamaEngine)
    return agent.parts.model


class MenuReader:
    """A reader that finds no more than a menu: what else the screen shows only its picture tells."""

    name = "menu"

    def read(self, frame: Frame, area: Rect) -> str:
        del frame, area
        return "File Edit View"

    def close(self) -> None:
        """There is nothing to close."""


@pytest.fixture(autouse=True)
def _menu_reader() -> Iterator[None]:
    plugins.register("gum.readers", MenuReader.name, MenuReader)
    yield
    plugins.unregister("gum.readers", MenuReader.name)


def picture(clock: HandClock) -> Capture:
    """Return a frame of the demonstration's recording, as an observer saw it."""
    with Image.open(io.BytesIO(recorded_screenshot())) as opened:
        shot = opened.convert("RGB")
    area = Rect(0, 0, shot.width, shot.height)
    place = Window(5, "Drawing", "lens.png - Drawing", None, area, area)
    frame = encoding.from_image(shot, area)
    return Capture("screen", "frame", clock.now, app=place.app, title=place.title, window=place, frame=frame)


def look_at_a_screen_and_a_letter(agent: Agent, clock: HandClock) -> None:
    agent.receive(window("lens.png - Drawing", clock.now, app="Drawing", id=5))
    agent.receive(picture(clock))
    agent.receive(window("letter.txt", clock.forward(minutes=3), app="Notes", id=6))
    agent.receive(text("Dear Birgit, the lamp is mended. Bring bread.", clock.forward(seconds=5), app="Notes"))
    for number in range(3):
        page = f"page {number} of the guide to the harbour"
        agent.receive(window(page, clock.forward(minutes=3), app=f"Viewer {number}", id=10 + number))
        agent.receive(text(page, clock.forward(seconds=5), app=f"Viewer {number}"))
    agent.receive(window("Desktop", clock.forward(minutes=3), app="Desktop", id=9))
    agent.advance(clock.forward(minutes=6))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_sees_a_screenshot_and_its_propositions_reach_the_store(
    family: str, tmp_path: Path, clock: HandClock
) -> None:
    home = Home(tmp_path / "home")
    home.create()
    write_pair(home.models, family)
    with opened(home, clock) as agent:
        look_at_a_screen_and_a_letter(agent, clock)
        for _ in range(6):
            agent.understand(clock.forward(minutes=6))
        model = model_of(agent)
        assert agent.problems.sentences() == []
        assert model.usage.images >= 1
        assert agent.store.jobs.counts(UNDERSTAND)["failed"] == 0
        stated = [one for one in agent.store.propositions.list() if one.engine == model.author]
        assert stated, "nothing that the model said reached the store"
        quotes = [one for known in stated for one in agent.store.propositions.evidence(known.id)]
        for one in quotes:
            seen = agent.store.observations.get(one.observation)
            assert one.quote in f"{seen.text}\n{seen.title}"


def test_no_episode_is_lost_or_doubled_when_the_worker_is_killed_at_any_instant(
    tmp_path: Path, clock: HandClock
) -> None:
    chance = random.Random(SEED)
    print(f"seed {SEED}, {KILLS} kills")
    home = Home(tmp_path / "home")
    home.create()
    write_pair(home.models)
    with opened(home, clock) as agent:
        model = model_of(agent)
        stop, killed = threading.Event(), 0

        def kill() -> None:
            nonlocal killed
            while killed < KILLS and not stop.wait(chance.uniform(0.05, 4.0)):
                pid = model.supervisor.pid
                if pid is not None:
                    os.killpg(pid, signal.SIGKILL)
                    killed += 1

        killer = threading.Thread(target=kill)
        killer.start()
        episodes = 0
        try:
            while killed < KILLS:
                words = f"page {episodes} of the guide to the harbour"
                agent.receive(window(words, clock.now, app=f"App {episodes}", id=episodes + 1))
                agent.receive(text(words, clock.forward(seconds=2), app=f"App {episodes}"))
                agent.advance(clock.forward(minutes=7))
                agent.understand(clock.forward(minutes=30))
                episodes += 1
                assert episodes < 60 * KILLS
        finally:
            stop.set()
            killer.join()
        for _ in range(10):
            agent.advance(clock.forward(hours=1))
            agent.understand(clock.forward(hours=1))
        done = agent.store.jobs.counts(UNDERSTAND)
        assert (done["waiting"], done["running"], done["failed"]) == (0, 0, 0)
        assert {one.state for one in agent.store.episodes.between(None, None)} == {InferenceState.INFERRED}
        rows = Counter(
            (known.id, one.observation, one.stance, one.quote)
            for known in agent.store.propositions.list()
            for one in agent.store.propositions.evidence(known.id)
        )
        assert not rows or max(rows.values()) == 1
        texts = Counter(one.text for one in agent.store.propositions.list())
        assert not texts or max(texts.values()) == 1
        assert model.supervisor.health.deaths >= 1


def test_a_model_whose_file_goes_bad_leaves_the_daemon_with_counting_and_comes_back(
    tmp_path: Path, clock: HandClock
) -> None:
    home = Home(tmp_path / "home")
    home.create()
    write_pair(home.models)
    file = home.models / "llama" / "model.gguf"
    whole = file.read_bytes()
    with opened(home, clock) as agent:
        look_at_a_screen_and_a_letter(agent, clock)
        file.write_bytes(whole[:-5000])
        for _ in range(4):
            agent.understand(clock.forward(minutes=6))
        assert any("could not be loaded" in one for one in agent.problems.sentences())
        waiting = agent.backlog(clock.now)
        assert waiting is not None
        assert waiting.waiting >= 1
        file.write_bytes(whole)
        agent.understand(clock.forward(hours=2))
        assert agent.problems.sentences() == []
        assert agent.store.jobs.counts(UNDERSTAND)["waiting"] == 0
