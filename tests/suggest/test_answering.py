"""Answers to suggestions, on a real store and real files: nothing twice, nothing lost, nothing undeclared."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gum.errors import ActionError, ConflictError
from gum.protocols import ReportStep
from gum.records import Claim, Outcome, Preview, Suggestion
from gum.suggest.answering import Answering
from gum.suggest.doing import Step
from tests.suggest.test_pipeline import NOON, Desk

NOTE = {"title": "Sources", "markdown": "# Sources\n"}


class Trying:
    """An action that does what the test says."""

    name = "trying"

    def __init__(self, work: Callable[[Path], Outcome | None], touches: frozenset[str] = frozenset({"files"})) -> None:
        self._work, self.touches = work, touches

    def preview(self, payload: dict[str, Any]) -> Preview:
        return Preview("Try", "")

    def perform(self, payload: dict[str, Any], folder: Path) -> Outcome:
        return self._work(folder) or Outcome()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    with made.store:
        yield made


def shown(desk: Desk, action: str = "note", key: str = "one", **more: Any) -> int:
    made = desk.store.suggestions.add(
        Suggestion("scripted", f"Do {key}", "", action, NOTE, (desk.known,), "shown", {"p": 0.7}, key, desk.now, **more)
    )
    assert made is not None
    return made.id


def trying(
    desk: Desk, work: Callable[[Path], Outcome | None], touches: frozenset[str] = frozenset({"files"})
) -> tuple[Answering, int]:
    desk.actions["trying"] = Trying(work, touches)
    return desk.suggesting, shown(desk, "trying")


class Death(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("step", ["placed", "recorded"])
def test_an_acceptance_that_was_cut_off_is_taken_up_without_writing_twice(
    desk: Desk, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = shown(desk)
    with monkeypatch.context() as dying:
        # what follows a death is not run: neither the clean-up nor the record
        dying.setattr(desk.suggesting, "_answered", _dies)
        dying.setattr(desk.suggesting._results, "remove", lambda *_: None)
        dying.setattr(desk.store.suggestions, "intend", _once(desk.store.suggestions.intend))
        with pytest.raises(Death):
            desk.suggesting.accept(id)
    assert desk.files() == ["note/Sources.md"]
    assert desk.store.suggestions.get(id).intent
    if step == "placed":
        (desk.output / "note" / "Sources.md").unlink()
    risen = desk.again()
    assert (desk.files(), desk.store.suggestions.get(id).intent) == ([], ())
    risen.accept(id)
    assert desk.files() == ["note/Sources.md"]
    risen.undo(id)
    assert desk.files() == []


def test_what_the_person_put_where_a_cut_off_acceptance_wrote_stays(desk: Desk) -> None:
    id = shown(desk)
    desk.store.suggestions.intend(id, ["0" * 64 + "  note/Sources.md", "0" * 64 + "  ../../outside.md"])
    outside = desk.output.parent / "outside.md"
    for mine in (desk.output / "note" / "Sources.md", outside):
        mine.parent.mkdir(parents=True, exist_ok=True)
        mine.write_text("mine")
    desk.again().accept(id)
    assert desk.files() == ["note/Sources-2.md", "note/Sources.md"]
    assert outside.read_text() == "mine"


def test_later_puts_it_off_until_then_and_not_longer_than_it_holds(desk: Desk) -> None:
    id = shown(desk)
    late = shown(desk, key="two", expires_at=NOON + timedelta(minutes=30))
    until = NOON + timedelta(hours=1)
    assert desk.suggesting.snooze(id, until).snoozed_until == until
    desk.suggesting.snooze(late, until)
    assert desk.suggesting.wake(until - timedelta(seconds=1)) == []
    desk.suggesting.withdraw(until)
    assert [one.id for one in desk.suggesting.wake(until)] == [id]
    assert [desk.store.suggestions.get(one).status for one in (id, late)] == ["shown", "expired"]
    assert [one.verdict for one in desk.store.verdicts.list("suggestion", id)] == ["later"]


def test_what_is_put_off_can_be_answered_and_what_is_answered_not_put_off(desk: Desk) -> None:
    id = shown(desk)
    with pytest.raises(ConflictError):
        desk.suggesting.snooze(id, NOON)
    desk.suggesting.snooze(id, NOON + timedelta(hours=1))
    assert desk.suggesting.accept(id).status == "accepted"
    with pytest.raises(ConflictError):
        desk.suggesting.snooze(id, NOON + timedelta(hours=1))


def test_results_lie_in_the_folder_of_their_project(desk: Desk) -> None:
    desk.store.propositions.update(desk.known, {"claim": Claim("works_on", "Harbour / survey")}, "test", "test")
    id = shown(desk)
    assert desk.suggesting.preview(id).files == ("Harbour-survey/Sources.md",)
    accepted = desk.suggesting.accept(id)
    assert desk.files() == ["Harbour-survey/Sources.md"]
    assert desk.suggesting.results() == {"Harbour / survey": [accepted]}
    desk.suggesting.undo(id)
    assert desk.suggesting.results() == {}
    assert list(desk.output.glob("[!.]*")) == []


def test_a_file_that_is_there_is_never_overwritten(desk: Desk) -> None:
    ids = [shown(desk, key=key) for key in ("one", "two")]
    for id in ids:
        desk.suggesting.accept(id)
    assert desk.files() == ["note/Sources-2.md", "note/Sources.md"]
    desk.suggesting.undo(ids[0])
    assert desk.files() == ["note/Sources-2.md"]


def test_a_link_in_place_of_the_folder_is_not_followed(desk: Desk, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    desk.output.mkdir(exist_ok=True)
    (desk.output / "note").symlink_to(elsewhere)
    with pytest.raises(ActionError, match="is a link"):
        desk.suggesting.accept(shown(desk))
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    "work",
    [
        lambda folder: (folder / "sub").mkdir(),
        lambda folder: os.mkfifo(folder / "pipe"),
        lambda folder: [(folder / f"{n}.md").write_text("x") for n in range(51)],
    ],
)
def test_anything_but_a_few_plain_files_is_refused(desk: Desk, work: Callable[[Path], Any]) -> None:
    suggesting, id = trying(desk, lambda folder: work(folder) and None)
    with pytest.raises(ActionError):
        suggesting.accept(id)
    assert (desk.files(), desk.store.suggestions.get(id).status) == ([], "shown")


def test_names_that_mean_harm_become_plain_and_files_are_the_persons_alone(desk: Desk) -> None:
    def work(folder: Path) -> None:
        (folder / ".bashrc").write_text("x")
        (folder / "..run me;.desktop file").write_text("x")
        (folder / "..run me;.desktop file").chmod(0o777)

    suggesting, id = trying(desk, work)
    suggesting.accept(id)
    assert desk.files() == ["trying/bashrc", "trying/run-me"]
    assert {stat.S_IMODE((desk.output / name).stat().st_mode) for name in desk.files()} == {0o600}


@pytest.mark.parametrize(
    ("outcome", "missing"),
    [
        (Outcome(clipboard="x"), "clipboard"),
        (Outcome(opens=("https://seen.test/",)), "opens"),
        (Outcome(entries=("BEGIN:VCALENDAR",)), "calendar"),
    ],
)
def test_an_action_gets_only_what_it_has_declared(desk: Desk, outcome: Outcome, missing: str) -> None:
    suggesting, id = trying(desk, lambda folder: (folder / "a.md").write_text("x") and outcome)
    for ask in (suggesting.preview, suggesting.accept):
        with pytest.raises(ActionError, match=f"may not touch {missing}"):
            ask(id)
    suggesting, _ = desk.suggesting, desk.actions.update(trying=Trying(lambda folder: outcome, frozenset({missing})))
    with pytest.raises(ActionError, match=r"never seen|no clipboard|No calendar"):
        suggesting.accept(id)
    assert desk.files() == []


def test_an_action_that_breaks_leaves_nothing(desk: Desk) -> None:
    def work(folder: Path) -> None:
        (folder / "half.md").write_text("x")
        raise ZeroDivisionError

    suggesting, id = trying(desk, work)
    with pytest.raises(ActionError, match="ZeroDivisionError"):
        suggesting.accept(id)
    assert (desk.files(), desk.store.suggestions.get(id).status) == ([], "shown")


def _dies(*_: object) -> None:
    raise Death


def _once(real: Callable[..., None]) -> Callable[..., None]:
    calls: list[object] = []

    def intend(*arguments: Any) -> None:
        if not calls:
            calls.append(arguments)
            real(*arguments)

    return intend


class Long(Trying):
    """An action that takes its time and tells its steps; it waits at the second until it is let go on."""

    def __init__(self) -> None:
        super().__init__(lambda _: None)
        self.halfway, self.go_on = threading.Event(), threading.Event()

    def perform_in_steps(self, payload: dict[str, Any], folder: Path, report: ReportStep) -> Outcome:
        report("Gathering")
        report("Writing\nit down", 0.5)
        self.halfway.set()
        assert self.go_on.wait(30)
        return Outcome("Done")


def test_a_long_action_tells_its_steps_while_it_works(desk: Desk) -> None:
    action = Long()
    desk.actions["trying"] = action
    id = shown(desk, "trying")
    doing = desk.suggesting.doing
    assert doing.now(id) is None
    with ThreadPoolExecutor(1) as other:
        accepted = other.submit(desk.suggesting.accept, id)
        assert action.halfway.wait(30)
        assert doing.now(id) == Step("Writing it down", 0.5)
        action.go_on.set()
        assert accepted.result(30).status == "accepted"
    assert doing.now(id) is None


def test_of_an_action_that_fails_no_step_is_left(desk: Desk) -> None:
    def fails(_: Path) -> None:
        raise ActionError("No.")

    answering, id = trying(desk, fails)
    with pytest.raises(ActionError):
        answering.accept(id)
    assert answering.doing.now(id) is None
