"""A chat over a result: each version is kept and taken back on its own, and a model makes no address of its own."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from gum import plugins
from gum.errors import ActionError, ConflictError, EngineError, EngineUnavailableError
from gum.suggest.actions.checklist import ChecklistAction
from gum.suggest.pipeline import Suggesting
from gum.suggest.plain import LEFT_OUT
from tests.suggest.test_pipeline import SETTLED, Desk

PAGE = "https://herons.test/nests"
NOTE = {"title": "Herons", "markdown": f"# Herons\n\nThey nest in trees: {PAGE}\n"}


class Writer:
    """An engine that rewrites by a table."""

    author = "scripted/1"

    def __init__(self) -> None:
        self.says: dict[str, str] = {}
        self.asked: list[tuple[str, str, Sequence[str]]] = []

    def rewrite(self, text: str, wish: str, statements: Sequence[str]) -> str:
        self.asked.append((text, wish, statements))
        return self.says[wish]


@dataclasses.dataclass
class Chat:
    """A desk with an accepted note, and the engine that writes it anew."""

    desk: Desk
    writer: Writer
    suggesting: Suggesting
    id: int

    def texts(self) -> dict[str, str]:
        return {name: (self.desk.output / name).read_text() for name in self.desk.files()}

    def wishes(self) -> list[str]:
        return [one["wish"] for one in self.desk.store.suggestions.get(self.id).result.get("versions", ())]


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    desk, writer = Desk(tmp_path), Writer()
    desk.actions |= {name: kind() for name, kind in plugins.load_all("gum.actions", ["table", "reply"]).items()}
    with desk.store:
        suggesting = Suggesting(desk.store, {}, desk.actions, SETTLED, desk.output, lambda: desk.now, writer=writer)
        yield Chat(desk, writer, suggesting, accepted(desk, suggesting))


def accepted(desk: Desk, suggesting: Suggesting, **changes: object) -> int:
    offer = desk.note(key=f"n{len(desk.store.suggestions.list())}", **({"payload": NOTE} | changes))  # type: ignore[arg-type]
    desk.suggesting._settings = SETTLED.suggest.model_copy(update={"per_minute": 50})
    assert desk.offer(offer)
    id = desk.store.suggestions.list(["shown"])[0].id
    suggesting.accept(id)
    return id


def test_each_wish_makes_a_version_beside_the_ones_before_and_each_undo_takes_one_back(chat: Chat) -> None:
    first = NOTE["markdown"]
    chat.writer.says = {"shorter": "# Herons\n\nIn trees.\n", "in French": "# Hérons\n\nDans les arbres.\n"}
    chat.suggesting.refine(chat.id, "shorter")
    made = chat.suggesting.refine(chat.id, "in French")
    assert made.status == "accepted"
    assert made.result["summary"] == "Wrote Herons-3.md"
    assert chat.texts() == {
        "note/Herons.md": first,
        "note/Herons-2.md": "# Herons\n\nIn trees.\n",
        "note/Herons-3.md": "# Hérons\n\nDans les arbres.\n",
    }
    assert chat.wishes() == ["", "shorter", "in French"]
    assert [text for text, _, _ in chat.writer.asked] == [first, "# Herons\n\nIn trees.\n"]
    assert chat.suggesting.undo(chat.id).status == "accepted"
    assert set(chat.texts()) == {"note/Herons.md", "note/Herons-2.md"}
    chat.suggesting.undo(chat.id)
    assert chat.texts() == {"note/Herons.md": first}
    assert chat.suggesting.undo(chat.id).status == "undone"
    assert chat.texts() == {}
    assert [one.verdict for one in chat.desk.store.verdicts.list("suggestion", chat.id)] == ["accept", "undo"]


def test_redo_begins_with_the_first_version_again(chat: Chat) -> None:
    chat.writer.says = {"shorter": "Short.\n", "Write it again, in other words.": "Other words.\n"}
    chat.suggesting.refine(chat.id, "shorter")
    chat.suggesting.refine(chat.id, " Redo ")
    assert chat.writer.asked[-1][0] == NOTE["markdown"]


def test_what_the_person_wrote_into_the_file_is_what_is_written_anew(chat: Chat) -> None:
    (chat.desk.output / "note" / "Herons.md").write_text("# Mine\n")
    chat.writer.says = {"shorter": "Mine, shorter.\n"}
    chat.suggesting.refine(chat.id, "shorter")
    assert chat.writer.asked[0][0] == "# Mine\n"
    assert chat.texts()["note/Herons.md"] == "# Mine\n"
    chat.suggesting.undo(chat.id)
    with pytest.raises(ActionError, match="was changed since"):
        chat.suggesting.undo(chat.id)


def test_the_model_is_told_what_the_suggestion_rests_on(chat: Chat) -> None:
    chat.writer.says = {"shorter": "Short.\n"}
    chat.suggesting.refine(chat.id, "shorter")
    assert "The report is due on Friday." in chat.writer.asked[0][2]


def test_an_address_that_the_model_made_up_is_left_out(chat: Chat) -> None:
    chat.writer.says = {"more": f"See {PAGE} and [here](https://bad.test/x?y) or www.bad.test, mailto:a@bad.test.\n"}
    text = chat.suggesting.refine(chat.id, "more").result["versions"][-1]["text"]
    assert PAGE in text
    assert "bad.test" not in text
    assert text.count(LEFT_OUT) == 3


def test_it_is_a_use_of_what_was_made_and_counts_so(chat: Chat) -> None:
    before = chat.suggesting.learned().weights["kind scripted"]
    chat.writer.says = {"shorter": "Short.\n"}
    chat.suggesting.refine(chat.id, "shorter")
    assert chat.suggesting.learned().weights["kind scripted"] > before


def test_without_a_model_it_says_what_is_missing(chat: Chat) -> None:
    with pytest.raises(EngineUnavailableError, match="gumctl models pull"):
        chat.desk.suggesting.refine(chat.id, "shorter")


def test_what_is_no_text_and_what_is_not_accepted_is_not_written_anew(chat: Chat) -> None:
    table = {"title": "Two", "columns": ["a"], "rows": [["b"]]}
    id = accepted(chat.desk, chat.suggesting, action="table", payload=table, title="A table of two")
    with pytest.raises(ActionError, match="is no text"):
        chat.suggesting.refine(id, "shorter")
    chat.suggesting.undo(chat.id)
    with pytest.raises(ConflictError):
        chat.suggesting.refine(chat.id, "shorter")


@pytest.mark.parametrize("said", ["", "  \n", NOTE["markdown"]])
def test_a_model_that_says_nothing_new_makes_no_version(chat: Chat, said: str) -> None:
    chat.writer.says = {"shorter": said}
    with pytest.raises(ActionError, match="changed nothing"):
        chat.suggesting.refine(chat.id, "shorter")
    assert list(chat.texts()) == ["note/Herons.md"]


def test_a_result_that_was_taken_back_while_the_model_wrote_stays_taken_back(chat: Chat) -> None:
    class Slow(Writer):
        def rewrite(self, text: str, wish: str, statements: Sequence[str]) -> str:
            chat.suggesting.undo(chat.id)
            return "Short."

    chat.suggesting._writer = Slow()
    with pytest.raises(ConflictError):
        chat.suggesting.refine(chat.id, "shorter")
    assert chat.texts() == {}


def test_a_model_that_fails_leaves_everything_as_it_is(chat: Chat) -> None:
    class Broken(Writer):
        def rewrite(self, text: str, wish: str, statements: Sequence[str]) -> str:
            raise EngineError("The model broke off.")

    chat.suggesting._writer = Broken()
    with pytest.raises(EngineError, match="broke off"):
        chat.suggesting.refine(chat.id, "shorter")
    assert chat.wishes() == []


def test_a_version_that_was_cut_off_while_it_was_written_is_gone_at_the_next_start(chat: Chat) -> None:
    chat.writer.says = {"shorter": "Short.\n"}
    chat.suggesting.refine(chat.id, "shorter")
    kept = chat.desk.store.suggestions.get(chat.id)
    digests = {name: record.partition("  ")[0] for record in kept.result["files"] for name in [record[66:]]}
    before = kept.result | {"files": kept.result["files"][:1], "versions": kept.result["versions"][:1]}
    chat.desk.store.suggestions.set_status(chat.id, "accepted", before)
    chat.desk.store.suggestions.intend(chat.id, [f"{digests[name]}  note/{name}" for name in sorted(digests)])
    chat.desk.again()
    assert list(chat.texts()) == ["note/Herons.md"]
    assert chat.desk.store.suggestions.get(chat.id).intent == ()


def test_a_list_written_anew_keeps_its_boxes() -> None:
    action, payload = ChecklistAction(), {"title": "Trip", "items": ["passport", "tickets"]}
    assert action.text(payload) == "- passport\n- tickets"
    again = action.with_text(payload, "# Trip\n\n- [ ] Pack the passport\n* tickets\n3. shoes")
    assert again["items"] == ["Pack the passport", "tickets", "shoes"]
