"""Forgetting: what goes, what stays, that it comes back whole, and that nothing of it is left in the end."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from datetime import timedelta

import pytest

from gum.errors import ConflictError, NotFoundError
from gum.forget.selection import Selection
from gum.infer.rescore import rescore
from gum.records import Claim, Status, Verdict
from gum.store import SearchQuery
from tests.forget.conftest import Life
from tests.store.conftest import START


def test_an_application_goes_with_what_rests_on_it_alone(life: Life) -> None:
    ours, other = (
        life.see(1, "Ledgerly", "Zebra accounts", "zebra totals", frame=b"zz"),
        life.see(9, "Mail", "Hi", "hi"),
    )
    gone = life.believe("The user counts zebras.", ours)
    stays = life.believe("The user mails Hi.", other)
    life.forgetter.forget(Selection(app="ledgerly"))
    assert [one.app for one in life.store.observations.between(None, None)] == ["Mail"]
    assert [one.document for one in life.store.episodes.between(None, None)] == ["Hi"]
    assert [one.id for one in life.store.propositions.list()] == [stays.id]
    with pytest.raises(NotFoundError):
        life.store.propositions.get(gone.id)
    with pytest.raises(NotFoundError):
        life.store.frames.get(ours.frame)


def test_a_preview_counts_and_shows_and_changes_nothing(life: Life) -> None:
    seen = life.see(1, "Ledgerly", "Zebra accounts", "zebra totals", frame=b"zz")
    life.suggest("Zebra note", life.believe("The user counts zebras.", seen))
    before = life.dump()
    found = life.forgetter.preview(Selection(app="Ledgerly"))
    assert found.counts == {"observations": 1, "episodes": 1, "propositions": 1, "suggestions": 1, "frames": 1}
    assert (found.titles, found.propositions) == (("Zebra accounts - Ledgerly",), ("The user counts zebras.",))
    assert life.dump() == before
    assert life.forgetter.preview(Selection(app="Nothing")).nothing


@pytest.mark.parametrize(
    "selection",
    [
        Selection(since=START, until=START + timedelta(minutes=5)),
        Selection(app="Ledgerly"),
        Selection(site="zebra.example"),
        Selection(title="zebra acc"),
        Selection(text="ZEBRA totals"),
        Selection(person="Zora Zebra"),
    ],
)
def test_each_way_of_choosing_finds_the_same_observation(life: Life, selection: Selection) -> None:
    life.see(1, "Ledgerly", "Zebra accounts", "Zebra totals of Zora Zebra", url="https://www.zebra.example/x")
    life.see(9, "Mail", "Zorabell", "azora zebrab", url="https://notzebra.example/")
    life.forgetter.forget(selection)
    assert [one.app for one in life.store.observations.between(None, None)] == ["Mail"]


def test_a_part_of_a_name_that_stands_alone_elsewhere_is_told_and_stays(life: Life) -> None:
    life.see(1, "Mail", "Letter", "from Zora Zebra of No Place")
    other = life.see(9, "Mail", "Plan", "call Zora on Monday")
    found = life.forgetter.preview(Selection(person="Zora Zebra"))
    assert (found.counts["observations"], found.alone) == (1, (("Zora", 1),))
    life.forgetter.forget(Selection(person="Zora Zebra"))
    assert [one.id for one in life.store.observations.between(None, None)] == [other.id]


def test_what_is_named_must_hold_all_together(life: Life) -> None:
    early, late = life.see(1, "Ledgerly", "A", "a"), life.see(60, "Ledgerly", "B", "b")
    life.forgetter.forget(Selection(app="Ledgerly", since=START + timedelta(minutes=30)))
    assert [one.id for one in life.store.observations.between(None, None)] == [early.id]
    assert late.id != early.id


def test_a_proposition_with_other_support_stays_with_less(life: Life) -> None:
    first, second = life.see(1, "Ledgerly", "Budget", "budget of march"), life.see(9, "Mail", "Budget", "budget again")
    known = life.believe("The user plans a budget.", first, second, reasoning="Seen in the march budget.")
    life.store.propositions.update(known.id, {"text": "The user plans a march budget."}, "e", "refined")
    life.store.propositions.update(known.id, {"text": "The user plans a budget."}, "e", "refined")
    _, shown = life.forgetter.forget(Selection(app="Ledgerly"))
    assert shown.counts["rescored"] == 1
    kept = life.store.propositions.get(known.id)
    assert [one.observation for one in life.store.propositions.evidence(known.id)] == [second.id]
    assert kept.text == "The user plans a budget."


def test_of_what_stays_reasons_and_earlier_wordings_that_tell_it_are_cleared(life: Life) -> None:
    first, second = life.see(1, "Ledgerly", "Z", "zebra budget"), life.see(9, "Mail", "Budget", "budget again")
    known = life.believe("The user plans a zebra budget.", first, second, reasoning="It said zebra budget.")
    life.store.propositions.update(known.id, {"text": "The user plans a budget."}, "e", "refined")
    life.forgetter.forget(Selection(app="Ledgerly"), now=True)
    assert life.store.propositions.get(known.id).text == "The user plans a budget."
    assert life.holds("zebra", "ledgerly") == set()
    assert life.holds("budget") == {"budget"}


def test_a_proposition_whose_wording_tells_what_only_forgotten_things_held_goes(life: Life) -> None:
    first, second = life.see(1, "Ledgerly", "Z", "zebra budget"), life.see(9, "Mail", "Budget", "budget again")
    life.believe("The user plans a zebra budget.", first, second)
    life.forgetter.forget(Selection(app="Ledgerly"), now=True)
    assert life.store.propositions.list() == []
    assert life.holds("zebra") == set()


def test_the_persons_own_words_stay_unless_they_are_named(life: Life) -> None:
    seen = life.see(1, "Ledgerly", "Z", "zebra budget")
    own = life.believe("I keep zebras.", seen, engine="person", status=Status.CONFIRMED)
    life.forgetter.forget(Selection(app="Ledgerly"))
    assert [one.id for one in life.store.propositions.list()] == [own.id]
    life.forgetter.forget(Selection(text="zebra"))
    assert life.store.propositions.list() == []


def test_a_confirmed_proposition_stays_without_support_when_it_tells_nothing(life: Life) -> None:
    seen = life.see(1, "Ledgerly", "Z", "zebra budget")
    life.see(9, "Mail", "Tea", "tea in the garden")
    known = life.believe("The user drinks tea.", seen, status=Status.CONFIRMED)
    life.forgetter.forget(Selection(app="Ledgerly"))
    assert life.store.propositions.get(known.id).status is Status.CONFIRMED


def test_one_proposition_goes_and_what_it_rests_on_stays(life: Life) -> None:
    seen = life.see(1, "Ledgerly", "Z", "zebra budget")
    known = life.believe("The user counts quaggas.", seen)
    life.store.verdicts.add(Verdict("proposition", known.id, "confirm", "quagga!", START))
    life.suggest("Quagga note", known)
    life.forgetter.forget(Selection(proposition=known.id), now=True)
    assert life.store.observations.count() == 1
    assert life.store.verdicts.list() == []
    assert life.holds("quagga") == set()
    with pytest.raises(NotFoundError, match="no proposition 99"):
        life.forgetter.forget(Selection(proposition=99))


def test_everything_goes(life: Life) -> None:
    seen = life.see(1, "Ledgerly", "Zebra", "zebra totals", frame=b"zebra pixels")
    known = life.believe("The user counts zebras.", seen, claim=Claim("works_on", "zebra"))
    life.store.tombstones.add("The user is a zebra.", None, known.id, START)
    life.store.questions.ask("Is it a zebra?", (known.id,), START)
    life.suggest("Zebra note", known)
    life.store.index.flush()
    life.forgetter.forget(Selection(everything=True), now=True)
    assert life.holds("zebra", "ledgerly") == set()
    assert [name for name, rows in life.dump().items() if rows] == []
    life.store.index.flush()
    assert life.store.search(SearchQuery("zebra")) == []


def test_tombstones_stay_unless_their_words_are_named_and_that_is_told(life: Life) -> None:
    seen = life.see(1, "Ledgerly", "Zebra", "zebra totals")
    life.believe("The user counts zebra totals.", seen)
    life.store.tombstones.add("The user is a zebra.", None, None, START)
    _, shown = life.forgetter.forget(Selection(app="Ledgerly"))
    assert shown.counts["tombstones_kept"] == 1
    assert len(life.store.tombstones.list()) == 1
    life.forgetter.forget(Selection(text="zebra"))
    assert life.store.tombstones.list() == []


def test_undoing_brings_everything_back_as_it_was(life: Life) -> None:
    first, second = life.see(1, "Ledgerly", "Z", "zebra budget", frame=b"zz"), life.see(9, "Mail", "Budget", "budget")
    gone = life.believe("The user counts zebras.", first, reasoning="zebra")
    both = life.believe("The user plans a budget.", first, second, reasoning="zebra budget")
    life.store.propositions.update(both.id, {"theme": "work"}, "e", "zebra")
    life.store.verdicts.add(Verdict("proposition", gone.id, "confirm", "", START))
    life.store.questions.ask("Zebra?", (gone.id,), START)
    life.suggest("Zebra note", gone)
    life.store.jobs.put("infer", first.episode or 0, START)
    life.store.index.flush()
    rescore(life.store, life.clock())
    before = life.dump()
    done, _ = life.forgetter.forget(Selection(app="Ledgerly"))
    assert life.dump() != before
    assert gone.id not in [hit.proposition.id for hit in life.store.search(SearchQuery("zebras"))]
    life.forgetter.undo(done.id)
    after = life.dump()
    assert {name: after[name] for name in before} == before
    assert life.store.frames.get(first.frame) == b"zz"
    life.store.index.flush()
    assert life.store.index.check().any is False
    assert life.store.search(SearchQuery("zebras"))[0].proposition.id == gone.id
    with pytest.raises(ConflictError, match="undone"):
        life.forgetter.undo(done.id)


def test_the_bytes_are_there_until_the_undo_window_ends_and_gone_then(life: Life) -> None:
    seen = life.see(1, "Ledgerly", "Zebra", "zebra totals", frame=b"zebra pixels")
    life.believe("The user counts zebras.", seen)
    life.store.index.flush()
    vector = life.store.sql.value("SELECT vector FROM vectors")
    done, _ = life.forgetter.forget(Selection(text="zebra"), window=timedelta(minutes=10))
    life.clock.move(minutes=9)
    assert life.forgetter.erase_due() == 0
    assert life.holds("zebra") == {"zebra"}
    life.clock.move(minutes=2)
    assert life.forgetter.erase_due() == 1
    assert life.holds("zebra", "ledgerly") == set()
    assert not any(vector[:64] in file.read_bytes() for file in life.store.home.root.rglob("*") if file.is_file())
    (kept,) = life.forgetter.list()
    assert (kept.state, kept.selection, kept.counts["observations"]) == ("erased", {}, 1)
    with pytest.raises(ConflictError, match="erased"):
        life.forgetter.undo(done.id)
    life.store.index.flush()
    assert life.store.index.check().any is False


def test_what_a_killed_process_was_erasing_is_erased_by_the_next(life: Life) -> None:
    life.see(1, "Ledgerly", "Zebra", "zebra totals", frame=b"zebra pixels")
    done, _ = life.forgetter.forget(Selection(text="zebra"))
    life.store.forgotten.set_erasing(done.id)
    assert life.forgetter.erase_due() == 1
    assert life.holds("zebra") == set()


def test_a_frame_that_something_else_shows_stays(life: Life) -> None:
    life.see(1, "Ledgerly", "A", "a", frame=b"same")
    other = life.see(9, "Mail", "B", "b", frame=b"same")
    life.forgetter.forget(Selection(app="Ledgerly"), now=True)
    assert life.store.frames.get(other.frame) == b"same"


def test_trimming_leaves_the_frames_that_may_come_back(life: Life) -> None:
    seen = life.see(1, "Ledgerly", "A", "a", frame=b"zz" * 50)
    os.utime(life.store.frames.path(seen.frame), (1, 1))
    done, _ = life.forgetter.forget(Selection(app="Ledgerly"))
    life.store.frames.trim(0)
    life.forgetter.undo(done.id)
    assert life.store.frames.get(seen.frame) == b"zz" * 50


def test_files_that_suggestions_wrote_go_unless_the_person_changed_them(life: Life) -> None:
    known = life.believe("The user counts zebras.", life.see(1, "Ledgerly", "Z", "zebra"))
    folder = life.store.home.output / "note"
    folder.mkdir()
    records = []
    for name in ("same.md", "changed.md"):
        (folder / name).write_bytes(b"zebra\n")
        records.append(f"{hashlib.sha256(b'zebra' + bytes([10])).hexdigest()}  {name}")
    (folder / "changed.md").write_text("my own zebra\n")
    life.suggest("Zebra note", known, status="accepted", result={"summary": "", "files": records})
    done, shown = life.forgetter.forget(Selection(app="Ledgerly"))
    assert (shown.counts["outputs"], shown.left) == (1, (folder / "changed.md",))
    assert not (folder / "same.md").exists()
    life.forgetter.undo(done.id)
    assert (folder / "same.md").read_bytes() == b"zebra\n"
    life.forgetter.forget(Selection(app="Ledgerly"), now=True)
    assert sorted(path.name for path in life.store.home.root.rglob("*.md")) == ["changed.md"]


def test_exports_that_may_hold_it_are_named(life: Life) -> None:
    folder = life.store.home.root.parent
    for name, minute in (("before", 0), ("after", 5), ("gone", 5)):
        (folder / name).write_text("x")
        life.store.exports.add(folder / name, START + timedelta(minutes=minute))
    (folder / "gone").unlink()
    life.see(1, "Ledgerly", "A", "a")
    assert life.forgetter.preview(Selection(app="Ledgerly")).exports == (folder / "after",)


def test_forgetting_is_counted_and_makes_no_tombstone(life: Life) -> None:
    life.believe("The user counts zebras.", life.see(1, "Ledgerly", "Z", "zebra"))
    life.forgetter.forget(Selection(app="Ledgerly"), now=True)
    counted = {one.what: one.count for one in life.store.ledger.between()}
    assert counted == {"forgotten observations": 1, "forgotten episodes": 1, "forgotten propositions": 1}
    assert life.store.tombstones.list() == []


def test_an_episode_says_only_what_is_left_of_it(life: Life) -> None:
    first = life.see(1, "Mail", "Zebra letter", "zebra")
    second = life.store.observations.add(
        type(first)("s", "screen", START + timedelta(minutes=2), START + timedelta(minutes=2), app="Mail", title="Tea")
    )
    known = life.store.episodes.get(first.episode or 0)
    life.store.episodes.replace(known.id, dataclasses.replace(known, observations=(first.id, second.id)))
    life.forgetter.forget(Selection(title="zebra"), now=True)
    (left,) = life.store.episodes.between(None, None)
    assert (left.id, left.document, left.observations) == (first.episode, "Tea", (second.id,))
    assert life.holds("zebra") == set()


def test_a_selection_must_say_something_that_makes_sense() -> None:
    for wrong in ({}, {"everything": True, "app": "x"}, {"proposition": 1, "text": "x"}, {"app": "  "}):
        with pytest.raises(ConflictError, match="Say what to forget"):
            Selection(**wrong)  # type: ignore[arg-type]
    with pytest.raises(ConflictError, match="end before"):
        Selection(since=START, until=START)
