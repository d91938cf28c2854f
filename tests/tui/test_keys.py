"""One table makes bindings, footer and help, and every key in it does something."""

from __future__ import annotations

import pytest
from gum_tui import keys
from gum_tui.app import GumApp
from gum_tui.dialogs.dialog import Dialog
from gum_tui.dialogs.preview import PreviewDialog
from gum_tui.dialogs.wording import WordingDialog
from gum_tui.screens.propositions import PropositionsSection
from gum_tui.screens.review import ReviewSection
from gum_tui.screens.section import Section
from gum_tui.screens.suggestions import SuggestionsSection
from gum_tui.screens.timeline import TimelineSection
from gum_tui.screens.today import TodaySection
from gum_tui.widgets.belief_table import BeliefTable
from gum_tui.widgets.items import Items
from gum_tui.widgets.reading import Reading
from textual.dom import DOMNode

SECTIONS = (TodaySection, PropositionsSection, ReviewSection, SuggestionsSection, TimelineSection)
TABLES: tuple[tuple[type[DOMNode], tuple[keys.Key, ...]], ...] = (
    (GumApp, keys.EVERYWHERE),
    (Items, keys.LIST),
    (BeliefTable, keys.LIST),
    (Reading, keys.WALKING),
    (TodaySection, keys.TODAY),
    (PropositionsSection, keys.PROPOSITIONS),
    (ReviewSection, keys.REVIEW),
    (SuggestionsSection, keys.SUGGESTIONS),
    (TimelineSection, keys.TIMELINE),
    (Dialog, keys.DIALOG),
    (WordingDialog, keys.WORDING),
    (PreviewDialog, keys.PREVIEW),
)


@pytest.mark.parametrize(("owner", "table"), TABLES, ids=lambda each: getattr(each, "__name__", ""))
def test_every_key_has_an_action_that_is_there(owner: type[DOMNode], table: tuple[keys.Key, ...]) -> None:
    for key in table:
        target = GumApp if key.action.startswith("app.") else owner
        name = key.action.removeprefix("app.").split("(")[0]
        assert hasattr(target, f"action_{name}"), key


@pytest.mark.parametrize("section", SECTIONS)
def test_no_key_of_a_screen_is_taken_twice(section: type[Section]) -> None:
    taken = [each for key in (*section.KEYS, *keys.EVERYWHERE) for each in key.keys.split(",")]
    assert len(taken) == len(set(taken))


@pytest.mark.parametrize("section", SECTIONS)
def test_every_screen_says_what_it_is_for(section: type[Section]) -> None:
    assert section.HELP_TEXT.endswith(".")
    assert all(key.meaning.endswith(".") for key in section.KEYS)


def test_the_refusal_for_good_says_that_the_sentence_is_kept() -> None:
    (never,) = [key for key in keys.PROPOSITIONS if key.action == "never"]
    assert "kept" in never.meaning
