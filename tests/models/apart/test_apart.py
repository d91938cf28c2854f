"""Reader and embedder in processes of their own: the same answers, and whatever happens there costs one retry."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psutil
import pytest
from gum_models.apart import child, service
from gum_models.embedders import minilm
from gum_models.readers import apart, tesseract
from gum_models.readers.apart import ApartReader
from gum_models.readers.tesseract import TesseractReader

from gum.errors import EmbedderError, ReaderError
from gum.protocols import Apart
from gum.records import Frame, Rect
from tests.models.test_tesseract_reader import frame
from tests.threads import at_once
from tests.waiting import has_ended, until

FOLDER = Path(os.environ.get("GUM_TEST_MINILM", "not set up"))
set_up = pytest.mark.skipif(not FOLDER.is_dir(), reason="GUM_TEST_MINILM names no folder with the model")
SHOWN = frame(lines=("The lamp burns for the two of you.",))


@pytest.fixture
def reader() -> Iterator[ApartReader]:
    made = ApartReader("tesseract", "eng", 60)
    yield made
    made.close()


def pid_of(reader: Apart) -> int:
    pid = reader.worker().pid
    assert pid is not None
    return pid


def stop(pid: int) -> None:
    """Let a process hang; it may still read a request until the signal has reached it."""
    os.kill(pid, signal.SIGSTOP)
    until(lambda: psutil.Process(pid).status() == psutil.STATUS_STOPPED)


def test_the_text_is_that_of_the_reader_within_for_every_area(reader: ApartReader) -> None:
    shown, within = frame(at=(40, 30)), TesseractReader()
    for area in (shown.rect, Rect(40, 60, 700, 40), Rect(100, 0, 300, 90), Rect(0, 0, 5, 5), Rect(900, 900, 50, 50)):
        assert reader.read(shown, area) == within.read(shown, area)
    assert "strangers at sea" in reader.read(shown, shown.rect)
    assert reader.worker().starts == 1


def test_only_the_rows_asked_for_are_sent() -> None:
    shown = frame()
    rows = apart.rows_of(shown, Rect(300, 20, 10, 30))
    assert rows is not None
    assert rows.rect == Rect(0, 20, 700, 30)
    assert rows.pixels == shown.pixels[20 * 2800 : 50 * 2800]
    assert apart.rows_of(shown, shown.rect) is shown


def test_pixels_that_do_not_fill_the_frame_are_refused_before_they_are_sent(reader: ApartReader) -> None:
    with pytest.raises(ReaderError, match="cannot be read as pixels"):
        reader.read(Frame(Rect(0, 0, 100, 100), b"abc"), Rect(0, 0, 100, 100))
    assert reader.worker().starts == 0


def test_the_daemon_s_offer_decides_where_it_works() -> None:
    assert isinstance(tesseract.reader("eng"), TesseractReader)
    assert isinstance(tesseract.reader("eng", apart_s=5.0), ApartReader)
    with pytest.raises(ReaderError, match="tlh"):
        tesseract.reader("tlh", apart_s=5.0)


@pytest.mark.parametrize("death", [signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV])
def test_a_process_that_died_at_rest_is_replaced_and_counted(reader: ApartReader, death: signal.Signals) -> None:
    said = reader.read(SHOWN, SHOWN.rect)
    gone = psutil.Process(pid_of(reader))
    os.killpg(gone.pid, death)
    until(lambda: not gone.is_running() or gone.status() == psutil.STATUS_ZOMBIE)
    assert reader.read(SHOWN, SHOWN.rect) == said
    assert reader.worker().starts == 2
    assert reader.worker().deaths == 1
    assert death.name in reader.worker().trouble


def test_a_death_in_the_middle_of_reading_costs_one_retry_and_is_told(reader: ApartReader) -> None:
    said = reader.read(SHOWN, SHOWN.rect)
    pid = pid_of(reader)
    stop(pid)
    reading = Reading(reader)
    until(reader._apart._keeper.turn.locked)
    time.sleep(0.2)  # the request is on its way
    os.killpg(pid, signal.SIGSEGV)
    os.kill(pid, signal.SIGCONT)
    assert reading.result() == said
    assert (reader.worker().deaths, reader.worker().trouble) == (1, "The reader's process ended (SIGSEGV).")


def test_a_process_that_hangs_is_ended_and_the_frame_read_by_another(
    reader: ApartReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = reader.read(SHOWN, SHOWN.rect)
    pid = pid_of(reader)
    monkeypatch.setattr(child, "GRACE_S", 0.5)
    monkeypatch.setattr(apart, "LONGEST_S", 4.0)
    stop(pid)
    assert reader.read(SHOWN, SHOWN.rect) == said
    assert not psutil.pid_exists(pid)
    assert "in its time" in reader.worker().trouble


def test_a_hanging_process_that_takes_no_pixels_is_ended_too(
    reader: ApartReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.read(SHOWN, SHOWN.rect)
    monkeypatch.setattr(child, "GRACE_S", 0.5)
    monkeypatch.setattr(apart, "LONGEST_S", 4.0)
    large = Frame(Rect(0, 0, 1000, 1000), bytes(4_000_000))  # more than the pipe holds
    stop(pid_of(reader))
    assert reader.read(large, large.rect) == ""
    assert "took no request in its time" in reader.worker().trouble


def test_two_deaths_in_a_row_are_an_error_and_then_it_is_left_alone_for_a_while(
    reader: ApartReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = service.Child
    monkeypatch.setattr(service, "Child", lambda what, module, argument: made(what, "gum_models.no_such", argument))
    with pytest.raises(ReaderError, match=r"The reader's process ended \(exit code 1\)"):
        reader.read(SHOWN, SHOWN.rect)
    assert reader.worker().starts == 2
    with pytest.raises(ReaderError, match="tried again in"):
        reader.read(SHOWN, SHOWN.rect)
    assert reader.worker().starts == 2, "it was not left alone"
    monkeypatch.undo()
    reader._apart._rests_until = 0.0
    assert "lamp" in reader.read(SHOWN, SHOWN.rect)


class Reading:
    """A frame read in a thread of its own."""

    def __init__(self, reader: ApartReader) -> None:
        self._reader = reader
        self._said: str | ReaderError = ""
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._said = self._reader.read(SHOWN, SHOWN.rect)
        except ReaderError as error:
            self._said = error

    def result(self) -> str | ReaderError:
        self._thread.join(60)
        assert not self._thread.is_alive()
        return self._said


def test_closing_ends_it_in_the_middle_of_its_work(reader: ApartReader) -> None:
    reader.read(SHOWN, SHOWN.rect)
    pid = pid_of(reader)
    stop(pid)
    reading = Reading(reader)
    until(reader._apart._keeper.turn.locked)
    reader.close()
    assert isinstance(reading.result(), ReaderError)
    assert not psutil.pid_exists(pid)
    with pytest.raises(ReaderError, match="closed"):
        reader.read(SHOWN, SHOWN.rect)


def test_it_leaves_memory_when_nothing_is_asked_and_comes_back() -> None:
    reader = ApartReader("tesseract", "eng", 0.3)
    try:
        reader.read(SHOWN, SHOWN.rect)
        until(lambda: reader.worker().pid is None)
        assert reader.worker().memory_bytes == 0
        assert "lamp" in reader.read(SHOWN, SHOWN.rect)
        assert reader.worker().memory_bytes > 20e6
        assert (reader.worker().starts, reader.worker().deaths) == (2, 0)
    finally:
        reader.close()


def test_it_is_humble_and_leaves_no_trace(reader: ApartReader) -> None:
    reader.read(SHOWN, SHOWN.rect)
    worker = psutil.Process(pid_of(reader))
    assert worker.nice() >= 5
    assert os.getpgid(worker.pid) == worker.pid != os.getpgid(0)
    assert "Max core file size        0                    0" in Path(f"/proc/{worker.pid}/limits").read_text()
    assert int(Path(f"/proc/{worker.pid}/oom_score_adj").read_text()) >= 500
    assert {str(Path(f"/proc/{worker.pid}/fd/{fd}").readlink()) for fd in (0, 1, 2)} == {"/dev/null"}


def test_it_ends_with_the_process_that_started_it() -> None:
    program = """
        import os, signal
        from gum.records import Frame, Rect
        from gum_models.readers.apart import ApartReader
        reader = ApartReader("tesseract", "eng", 60)
        reader.read(Frame(Rect(0, 0, 50, 50), bytes(10_000)), Rect(0, 0, 50, 50))
        print(reader.worker().pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    said = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=False)
    until(lambda: has_ended(int(said.stdout)))


@set_up
def test_vectors_are_those_of_the_embedder_within_to_the_last_bit() -> None:
    texts = ["The user drinks tea.", "", "用户喜欢喝茶。", "\ud83d", *(f"The user reads page {n}." for n in range(20))]
    beside = minilm.embedder(FOLDER, apart_s=60.0)
    try:
        assert beside.embed(texts) == minilm.embedder(FOLDER).embed(texts)
        assert isinstance(beside, Apart)
        assert beside.worker().starts == 1
    finally:
        beside.close()  # type: ignore[attr-defined]


@set_up
def test_asked_from_many_threads_each_gets_its_own_answer() -> None:
    beside, within = minilm.embedder(FOLDER, apart_s=60.0), minilm.embedder(FOLDER)
    found: dict[str, list[float]] = {}

    def ask(text: str) -> None:
        found[text] = beside.embed([text])[0]

    try:
        at_once([partial(ask, f"The user likes song {n}.") for n in range(8)])
        assert found == {text: within.embed([text])[0] for text in found}
        assert len(found) == 8
    finally:
        beside.close()  # type: ignore[attr-defined]


def test_a_model_that_is_absent_is_told_at_once_and_one_that_is_damaged_when_it_is_used(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="not set up"):
        minilm.embedder(tmp_path, apart_s=60.0)
    (tmp_path / minilm.MODEL).write_bytes(b"no model")
    (tmp_path / minilm.TOKENIZER).write_bytes(b"no tokenizer")
    damaged = minilm.embedder(tmp_path, apart_s=60.0)
    with pytest.raises(EmbedderError, match="cannot be loaded"):
        damaged.embed(["The user drinks tea."])
    with pytest.raises(EmbedderError, match="tried again in"):
        damaged.embed(["The user drinks tea."])
