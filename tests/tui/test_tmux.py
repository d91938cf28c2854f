"""The journeys through the interface in a real terminal, over the demonstration and its own daemon."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gum.client import Client
from gum.config import Config
from gum.daemon import demo, lifecycle
from gum.paths import Home
from gum.records import Status
from tests.tui.test_tour import MOST_KEYS
from tests.tui.tmux import Tmux

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")

COLOUR = re.compile(r"[34]8;5;(\d+)")
GREYS = range(232, 256)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The demonstration, played; its daemon is started by the first `gumctl tui`."""
    place = Home(tmp_path_factory.mktemp("demo"))
    agent, _ = demo.play(place, Config(), lambda *_: None)
    agent.close()
    yield demo.home_of(place)
    lifecycle.stop(demo.home_of(place))


@pytest.fixture
def terminal(home: Home, tmp_path: Path) -> Iterator[Tmux]:
    with Tmux(tmp_path, home.root) as one:
        one.shows("Beliefs to review  2", "demonstration")
        yield one


def asking(home: Home) -> Client:
    return lifecycle.connect(home)


def test_today_says_what_it_does_and_pauses_with_one_key(terminal: Tmux) -> None:
    terminal.shows("A recorded week is shown", "Now", "Friday 6 March 2026", "a  Chromium", "Suggestions  5")
    terminal.press("p")
    terminal.shows("Paused until")
    terminal.press("p")
    terminal.shows_no_more("Paused until")
    terminal.press("q")
    assert terminal.ended_with() == 0


def test_a_belief_is_found_by_words_filtered_and_opened(terminal: Tmux) -> None:
    terminal.press("2")
    terminal.shows("search by words", "The user")
    terminal.press("/")
    terminal.type("Birgit")
    terminal.shows_no_more("exhibition-guide.txt")
    terminal.press("Enter", "Enter")
    terminal.shows("Evidence for", "Birgit", "0        25       50       75    100")
    terminal.press("Escape", "Escape")
    terminal.shows("exhibition-guide.txt")
    terminal.press("f")
    terminal.shows("Filter by what?")
    terminal.press("Enter")
    terminal.shows("Beliefs of which kind?")
    terminal.press("j", "Enter")
    terminal.shows_no_more("every belief")


def test_beliefs_are_judged_one_after_the_other_and_a_verdict_is_taken_back(terminal: Tmux, home: Home) -> None:
    def confirmed() -> int:
        with asking(home) as client:
            return len(client.propositions(status=(Status.CONFIRMED,)).items)

    before = confirmed()
    terminal.press("3")
    terminal.shows("Asked because", "0 of")
    terminal.press("c")
    terminal.shows("1 of")
    terminal.press("u")
    terminal.shows("0 of")
    assert confirmed() == before


def test_a_suggestion_is_seen_accepted_and_undone(terminal: Tmux, home: Home) -> None:
    terminal.press("4")
    terminal.shows("s open", "Put 'call Yusra Amadi")
    terminal.press("Enter")
    terminal.shows("Why now")
    terminal.press("Escape", "a")
    terminal.shows("This will be done", "BEGIN:VCALENDAR")
    terminal.press("Enter")
    terminal.shows("Wrote")
    with asking(home) as client:
        assert [one.title[:22] for one in client.suggestions(("accepted",))] == ["Put 'call Yusra Amadi "]
    terminal.press("s")
    terminal.shows("s answered", "Put 'call Yusra Amadi", "done")
    terminal.press("u")
    terminal.shows("Taken back")
    with asking(home) as client:
        assert not client.suggestions(("accepted",))


def test_the_timeline_goes_from_the_week_down_to_the_text(terminal: Tmux) -> None:
    terminal.press("5")
    terminal.shows("gum-desktop was off", "Chromium")
    terminal.press("w")
    terminal.shows("Week 10", "Fri  6")
    terminal.press("Enter")
    terminal.shows("gum-desktop was off")
    terminal.press("g", "Enter")
    terminal.shows("›")
    terminal.press("Enter")
    terminal.shows("Rowan Mail")


def test_insights_ask_privacy_and_models_answer(terminal: Tmux) -> None:
    terminal.press("6")
    terminal.shows("Can the probabilities be relied on?")
    terminal.press("j", "j", "j")
    terminal.shows("Mon", "Sun")
    terminal.press("7")
    terminal.shows("Ask about yourself")
    terminal.type("deadline")
    terminal.press("Enter")
    terminal.shows("17 March 2026")
    terminal.press("Escape", "8")
    terminal.shows("Programs with access", "p stops it for 15 minutes")
    terminal.press("9")
    terminal.shows("Catalogue", "Nothing waits")
    terminal.press("j")
    terminal.shows("GB")


def test_help_and_palette_lead_everywhere(terminal: Tmux) -> None:
    terminal.press("?")
    terminal.shows("Keys of this screen")
    terminal.press("Escape", "C-p")
    terminal.shows("Search")
    terminal.type("timeline")
    terminal.shows("Go to Timeline.")
    terminal.press("Enter")
    terminal.shows("gum-desktop was off")


def test_a_wrong_belief_is_understood_and_never_inferred_again(terminal: Tmux, home: Home) -> None:
    wrong = "night train"
    keys = ["j", "Enter", "r", "n"]
    assert len(keys) <= MOST_KEYS
    terminal.press(*keys[:2])
    terminal.shows(wrong, "Evidence for", "“")
    terminal.press(keys[2])
    terminal.shows("✗ rejected by you")
    terminal.press(keys[3])
    terminal.shows("Never inferred again.")
    with asking(home) as client:
        told = client.propositions(status=(Status.REJECTED,)).items
        assert [wrong in one.text for one in told] == [True]
        assert "never_infer" in [one.verdict for one in client.proposition(told[0].id).verdicts]


def test_a_terminal_without_colour_gets_none_and_another_size_is_filled(home: Home, tmp_path: Path) -> None:
    with Tmux(tmp_path, home.root, NO_COLOR="1", COLUMNS="80", LINES="24") as terminal:
        terminal.shows("Beliefs to review")
        shades = {int(one) for one in COLOUR.findall(terminal.screen(styled=True))}
        assert shades <= set(GREYS) | {16, 231}
        terminal.press("2")
        terminal.shows("search by words")
        terminal.resize(160, 48)
        lines = terminal.shows("most probable first", "Evidence for", "9 Models").splitlines()
        assert len(lines) >= 48
        terminal.resize(40, 12)
        terminal.shows_no_more("most probable first")
