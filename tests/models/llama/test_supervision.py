"""Whatever happens to the model's process, it is an error with a sentence, and the next question is answered."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from gum.config import Config
from gum.errors import EngineError, EngineInterruptedError, EngineUnavailableError

pytest.importorskip("llama_cpp", reason="the [llama] extra is not installed")
from gum_models.apart import child
from gum_models.llama import LlamaEngine
from gum_models.reasoning import Prompt

from tests.models.llama.tiny_gguf import write_model, write_pair
from tests.models.llama.tiny_projector import write_projector
from tests.models.material import proposition
from tests.waiting import has_ended, until

KNOWN = [proposition(3, "The user writes to Birgit.")]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pair(tmp_path_factory.mktemp("models"))


@pytest.fixture
def engine(models: Path) -> Iterator[LlamaEngine]:
    engine = LlamaEngine(models)
    yield engine
    engine.close()


def pid_of(engine: LlamaEngine) -> int:
    assert engine.supervisor.pid is not None
    return engine.supervisor.pid


@pytest.mark.parametrize("death", [signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV])
def test_a_worker_that_died_is_replaced_and_the_question_answered(engine: LlamaEngine, death: signal.Signals) -> None:
    said = engine.answer("Who?", KNOWN)
    os.killpg(pid_of(engine), death)
    until(lambda: has_ended(pid_of(engine)))
    assert engine.answer("Who?", KNOWN) == said
    assert engine.supervisor.health.starts == 2
    assert f"The model's process ended ({death.name})" in engine.condition(), (
        "also when it died while nothing was asked"
    )


def test_a_death_in_the_middle_of_an_answer_costs_one_retry_and_is_told(
    engine: LlamaEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.answer("Who?", KNOWN)
    os.kill(pid_of(engine), signal.SIGSTOP)
    asking = Asking(engine)
    until(lambda: engine.supervisor._running is not None)
    os.killpg(pid_of(engine), signal.SIGKILL)
    assert asking.result()
    assert "its process has died once, last trouble: The model's process ended (SIGKILL)." in engine.condition()


def test_a_death_before_the_first_word_of_a_streamed_answer_costs_one_retry(engine: LlamaEngine) -> None:
    said = engine.answer("Who?", KNOWN)
    os.kill(pid_of(engine), signal.SIGSTOP)
    asking = Asking(engine, lambda one: "".join(one.answer_stream("Who?", KNOWN)).strip())
    until(lambda: engine.supervisor._running is not None)
    os.killpg(pid_of(engine), signal.SIGKILL)
    assert asking.result() == said
    assert engine.supervisor.health.deaths == 1


def test_a_worker_that_hangs_is_ended_in_its_time(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "GRACE_S", 0.3)
    engine = LlamaEngine(models, Config.model_validate({"llama": {"timeout_s": 20}}))
    try:
        engine.answer("Who?", KNOWN)
        hung = pid_of(engine)
        object.__setattr__(engine.supervisor._settings, "timeout_s", 1.0)
        os.kill(hung, signal.SIGSTOP)
        began = time.monotonic()
        assert engine.answer("Who?", KNOWN)
        assert time.monotonic() - began < 15
        assert not psutil.pid_exists(hung)
        assert "no answer in its time" in engine.supervisor.health.trouble
    finally:
        engine.close()


def test_two_deaths_in_a_row_are_an_error_with_its_reason(engine: LlamaEngine) -> None:
    engine.answer("Who?", KNOWN)
    killed: set[int] = set()
    stop = threading.Event()

    def kill() -> None:
        while not stop.wait(0.002):
            pid = engine.supervisor.pid
            if pid is not None and engine.supervisor._running is not None and pid not in killed:
                killed.add(pid)
                os.killpg(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with pytest.raises(EngineError, match="process ended"):
            ask_often(engine)
    finally:
        stop.set()
        killer.join()
    assert engine.answer("Who?", KNOWN)


def ask_often(engine: LlamaEngine) -> None:
    for _ in range(20):
        engine.answer("Who?", KNOWN)


class Asking:
    """A question in a thread of its own."""

    def __init__(self, engine: LlamaEngine, task: Callable[[LlamaEngine], str] | None = None) -> None:
        self._task = task or (lambda one: one.answer("Who?", KNOWN))
        self._engine = engine
        self._said: str | EngineError = ""
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._said = self._task(self._engine)
        except EngineError as error:
            self._said = error

    def result(self) -> str | EngineError:
        self._thread.join(60)
        return self._said


def long() -> Prompt:
    """Return something to ask that takes long."""
    schema = {"type": "object", "properties": {"words": {"type": "string", "minLength": 1900, "maxLength": 2000}}}
    return Prompt("You write. " * 300, "", "Write much.", schema, 6000)


def slow(engine: LlamaEngine) -> str:
    """Ask something that is not urgent and takes long."""
    return engine.complete(long())


def test_a_question_of_the_person_interrupts_other_work(engine: LlamaEngine) -> None:
    engine.answer("Who?", KNOWN)
    working = Asking(engine, slow)
    until(lambda: engine.supervisor._running is not None)
    assert engine.answer("Who?", KNOWN)
    assert isinstance(working.result(), EngineInterruptedError)
    assert engine.supervisor.health.starts == 1


def test_cancelling_is_prompt_and_costs_no_worker(engine: LlamaEngine) -> None:
    engine.answer("Who?", KNOWN)
    working = Asking(engine, slow)
    until(lambda: engine.supervisor._running is not None)
    time.sleep(0.1)
    began = time.monotonic()
    engine.cancel()
    assert isinstance(working.result(), EngineInterruptedError)
    assert time.monotonic() - began < 2
    assert engine.answer("Who?", KNOWN)
    assert engine.supervisor.health.starts == 1


def test_a_reader_that_stops_listening_stops_the_model(engine: LlamaEngine) -> None:
    pieces = engine.answer_stream("Who?", KNOWN)
    assert next(iter(pieces))
    pieces.close()  # type: ignore[attr-defined]
    until(lambda: engine.supervisor._running is None, 5)
    assert engine.answer("Who?", KNOWN)


def test_a_question_that_is_stopped_stops_not_the_one_that_waits_behind_it(engine: LlamaEngine) -> None:
    engine.answer("Who?", KNOWN)
    for _ in range(3):
        first = engine.stream(long())
        assert next(first)
        second = Asking(engine, lambda engine: "".join(engine.stream(long())))
        until(lambda: engine.supervisor._urgent_waiting)
        engine.cancel()
        with pytest.raises(EngineInterruptedError):
            list(first)
        assert isinstance(second.result(), str)


def test_closing_ends_the_worker_in_the_middle_of_its_work(engine: LlamaEngine) -> None:
    engine.answer("Who?", KNOWN)
    pid = pid_of(engine)
    working = Asking(engine, slow)
    until(lambda: engine.supervisor._running is not None)
    engine.close()
    assert isinstance(working.result(), EngineInterruptedError)
    assert not psutil.pid_exists(pid)


def test_the_worker_is_humble_and_leaves_no_trace(engine: LlamaEngine) -> None:
    engine.answer("Who?", KNOWN)
    worker = psutil.Process(pid_of(engine))
    assert worker.nice() >= 10
    assert worker.ionice().ioclass == psutil.IOPRIO_CLASS_IDLE
    assert os.getpgid(worker.pid) == worker.pid != os.getpgid(0)
    assert worker.environ()["OMP_WAIT_POLICY"] == "passive"
    assert worker.environ()["GGML_NO_BACKTRACE"] == "1"
    limits = Path(f"/proc/{worker.pid}/limits").read_text()
    assert "Max core file size        0                    0" in limits
    assert int(Path(f"/proc/{worker.pid}/oom_score_adj").read_text()) >= 500
    assert {str(Path(f"/proc/{worker.pid}/fd/{fd}").readlink()) for fd in (0, 1, 2)} == {"/dev/null"}


def test_an_idle_model_leaves_memory(models: Path) -> None:
    engine = LlamaEngine(models, Config.model_validate({"llama": {"idle_unload_s": 0.3}}))
    try:
        engine.answer("Who?", KNOWN)
        pid = pid_of(engine)
        assert engine.supervisor.memory_bytes() > 20e6
        until(lambda: engine.supervisor.pid is None and not psutil.pid_exists(pid))
        assert engine.supervisor.memory_bytes() == 0
        assert "not in memory" in engine.condition()
        assert engine.answer("Who?", KNOWN)
    finally:
        engine.close()


def test_the_worker_ends_with_the_process_that_started_it(models: Path) -> None:
    program = f"""
        import os, signal
        from pathlib import Path
        from gum_models.llama import LlamaEngine
        engine = LlamaEngine(Path({str(models)!r}))
        engine.answer("Who?", [])
        print(engine.supervisor.pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    said = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=False)
    until(lambda: has_ended(int(said.stdout)))


# ------------------------------------------------------------------------- files


def refused(folder: Path) -> str:
    """Return why the model below a folder is not loaded."""
    engine = LlamaEngine(folder)
    try:
        with pytest.raises(EngineUnavailableError) as raised:
            engine.answer("Who?", KNOWN)
        assert engine.supervisor.pid is None
        assert str(raised.value) in engine.condition()
        return str(raised.value)
    finally:
        engine.close()


def damaged(tmp_path: Path, damage: bytes, name: str = "model.gguf") -> Path:
    write_pair(tmp_path)
    (tmp_path / "llama" / name).write_bytes(damage)
    return tmp_path


@pytest.mark.parametrize("damage", [b"", b"hello, I am a text", b"<html>404</html>", b"GGUF" + bytes(60)])
@pytest.mark.parametrize("name", ["model.gguf", "projector.gguf"])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, name: str, damage: bytes) -> None:
    assert "could not be loaded" in refused(damaged(tmp_path, damage, name))


def test_a_file_that_went_away_is_named_with_what_to_do(tmp_path: Path) -> None:
    engine = LlamaEngine(write_pair(tmp_path))
    try:
        (tmp_path / "llama" / "projector.gguf").unlink()
        with pytest.raises(EngineUnavailableError, match=r"projector.gguf cannot be read: .*gumctl models pull"):
            engine.answer("Who?", KNOWN)
    finally:
        engine.close()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_model_is_refused(tmp_path: Path, models: Path, share: float) -> None:
    whole = (models / "llama" / "model.gguf").read_bytes()
    assert "could not be loaded" in refused(damaged(tmp_path, whole[: int(len(whole) * share)]))


def test_a_projector_of_another_model_is_refused(tmp_path: Path) -> None:
    write_pair(tmp_path)
    write_projector(tmp_path / "llama" / "projector.gguf", text_width=96)
    assert "does not fit the model" in refused(tmp_path)


def test_a_model_in_the_place_of_the_projector_is_refused(tmp_path: Path) -> None:
    write_pair(tmp_path)
    write_model(tmp_path / "llama" / "projector.gguf")
    assert "could not be loaded" in refused(tmp_path)


def test_a_projector_short_of_one_byte_loads_in_silence_and_is_refused_by_its_sum(tmp_path: Path) -> None:
    engine = LlamaEngine(write_pair(tmp_path))
    engine.answer("Who?", KNOWN)
    engine.close()
    projector = tmp_path / "llama" / "projector.gguf"
    projector.write_bytes(projector.read_bytes()[:-1])
    assert "projector.gguf is damaged or was changed" in refused(tmp_path)


def test_a_published_sum_that_does_not_hold_is_said_with_what_to_do(tmp_path: Path) -> None:
    write_pair(tmp_path)
    (tmp_path / "llama" / "model.json").write_text(json.dumps({"name": "x", "sha256": {"model": "0" * 64}}))
    assert "gumctl models pull" in refused(tmp_path)


def test_a_model_larger_than_the_free_memory_is_refused_before_it_is_read(tmp_path: Path) -> None:
    write_pair(tmp_path)
    with (tmp_path / "llama" / "model.gguf").open("r+b") as file:
        file.truncate(psutil.virtual_memory().total + (1 << 30))  # sparse: it takes no space
    began = time.monotonic()
    assert "GB of memory" in refused(tmp_path)
    assert time.monotonic() - began < 20
