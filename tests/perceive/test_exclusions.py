"""Exclusions are added, lifted and removed while the program runs, and are still there when it starts again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.config import Exclude
from gum.errors import ConfigError, ConflictError, NotFoundError
from gum.perceive.exclusion import Exclusion, Exclusions
from gum.perceive.exclusion.kept import pattern_of
from gum.perceive.exclusion.rules import checked
from gum.perceive.exclusion.seeded import seeded
from gum.records import Observation, Trust
from gum.store import Store
from tests.perceive.reading_pixels import START, window


def exclusions(store: Store, config: Exclude | None = None) -> Exclusions:
    return Exclusions(store.settings, config or Exclude())


def test_a_rule_holds_at_once_for_everybody_who_asks_and_after_a_restart(store: Store) -> None:
    kept = exclusions(store)
    judge = kept.judge
    assert not judge(window("Gedit", "diary.txt"))
    kept.add("app", "GEDIT")
    assert judge(window("Gedit", "diary.txt"))
    assert exclusions(store).judge(window("gedit", "notes.txt"))
    kept.remove("app", "Gedit")
    assert not judge(window("Gedit", "diary.txt"))
    assert not exclusions(store).judge(window("Gedit", "diary.txt"))


def test_adding_twice_changes_nothing(store: Store) -> None:
    kept = exclusions(store)
    before = len(kept.rules())
    assert kept.add("site", "https://www.kelp.example/shop").pattern == "kelp.example"
    assert kept.add("site", "kelp.example").source == "you"
    assert len(kept.rules()) == before + 1


def test_a_seeded_rule_can_be_lifted_and_put_back(store: Store) -> None:
    kept = exclusions(store)
    assert kept.judge.of_url("https://www.paypal.com/home") == "site"
    assert kept.remove("site", "paypal.com").source == "seeded"
    assert kept.judge.of_url("https://www.paypal.com/home") == ""
    assert exclusions(store).judge.of_url("https://paypal.com/") == ""
    assert kept.add("site", "paypal.com").source == "seeded"
    assert kept.judge.of_url("https://www.paypal.com/home") == "site"


def test_a_rule_of_the_settings_file_is_removed_there(store: Store) -> None:
    kept = exclusions(store, Exclude(apps=("Gedit",)))
    with pytest.raises(ConflictError, match=r"exclude\.apps"):
        kept.remove("app", "gedit")


def test_an_unknown_rule_is_answered_with_the_nearest(store: Store) -> None:
    with pytest.raises(NotFoundError, match=r"Did you mean 'paypal\.com'"):
        exclusions(store).remove("site", "paypall.com")


@pytest.mark.parametrize(
    ("kind", "pattern", "why"),
    [
        ("title", "(open", "not a regular expression"),
        ("title", ".*", "every title"),
        ("title", "", "1 to 300"),
        ("app", "x" * 301, "1 to 300"),
        ("site", "no site", "no site"),
        ("site", "bank", "no site"),
    ],
)
def test_a_rule_that_cannot_be_one_is_refused_with_the_reason(store: Store, kind: str, pattern: str, why: str) -> None:
    kept = exclusions(store)
    before = kept.rules()
    with pytest.raises(ConfigError, match=why):
        kept.add(kind, pattern)  # type: ignore[arg-type]
    assert kept.rules() == before


def test_settings_add_to_what_is_seeded_unless_they_say_otherwise(store: Store) -> None:
    kept = exclusions(store, Exclude(sites=("kelp.example",)))
    assert kept.judge.of_url("https://kelp.example") == "site"
    assert kept.judge.of_url("https://paypal.com") == "site"
    assert [rule.pattern for rule in exclusions(store, Exclude(seeded=False)).rules()] == []


def test_the_rule_that_hides_a_window_is_named(store: Store) -> None:
    kept = exclusions(store)
    found = kept.matching("Firefox", "News — Navigation privée", "")
    assert found is not None
    assert (found.kind, found.why) == ("title", "private browsing")
    assert kept.matching("Firefox", "News", "https://kelp.example") is None


def test_each_seeded_rule_says_what_it_is_for_and_stands_once() -> None:
    rules = seeded()
    assert len({rule.key for rule in rules}) == len(rules)
    assert {rule.why for rule in rules} >= {
        "passwords and keys",
        "private browsing",
        "banking",
        "health",
        "video calls",
    }


@pytest.mark.parametrize(
    "title",
    [
        "Nyheter – Privat surfning – Mozilla Firefox",
        "Neuer Inkognito-Tab - Chromium",
        "Novedades - Navegación privada",
        "ニュース — プライベートブラウジング",
        "新闻 - 隐私浏览",
        "My Bank: Online-Banking",
        "MyChart - Test results",
        "Meet - abc-defg-hij",
    ],
)
def test_private_windows_banks_clinics_and_calls_are_hidden_from_the_start(title: str) -> None:
    assert Exclusion(Exclude()).of_name("Chromium", title) == "title"


@pytest.mark.parametrize(
    "title", ["bank_statement_parser.py", "The meeting notes", "Zoom lenses - shop", "Private Eye"]
)
def test_ordinary_titles_are_seen(title: str) -> None:
    assert Exclusion(Exclude()).of_name("Chromium", title) == ""


def test_a_private_window_is_known_by_what_the_browser_shows_beside_the_address() -> None:
    judge = Exclusion(Exclude())
    assert judge.of_page("Chromium", "New Tab x +\nC ferry.example/times   Incognito\nLast ferry") == "private"
    assert judge.of_page("Mousepad", "an incognito note") == ""


def test_an_observation_gives_the_pattern_that_hides_its_like() -> None:
    seen = Observation(
        observer="screen", kind="screen", captured_at=START, until=START, app="Gedit", title="a (b).txt",
        url="https://www.kelp.example/x", text="", trust=Trust.SCREEN,
    )  # fmt: skip
    assert pattern_of("app", seen) == "Gedit"
    assert pattern_of("site", seen) == "kelp.example"
    assert Exclusion([checked("title", pattern_of("title", seen))]).of_name("Gedit", "a (b).txt") == "title"
    with pytest.raises(ConflictError, match="names no site"):
        pattern_of("site", replace(seen, url=""))


@given(st.sampled_from(["app", "title", "site"]), st.text(max_size=40))
def test_a_checked_rule_is_checked_again_to_the_same(kind: str, pattern: str) -> None:
    try:
        rule = checked(kind, pattern)  # type: ignore[arg-type]
    except ConfigError:
        return
    assert checked(rule.kind, rule.pattern).key == rule.key
