"""A page may choose its title: the title names what the person dealt with, and says nothing about them."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from gum.infer.trust import trust_of
from gum.records import Claim, Observation, Trust
from tests.infer.life import START

ENGAGED, GLANCED = 60, 5
TITLE = "Barn owl boxes - Nature Notes"


def seen(app: str, *, kind: str = "window", lasts: float = ENGAGED, trust: Trust = Trust.SYSTEM) -> Observation:
    return Observation(
        "test", kind, START, START + timedelta(seconds=lasts), app, TITLE, text="Owls nest.", trust=trust
    )


def test_the_title_of_a_local_application_is_told_by_the_system() -> None:
    assert trust_of("Barn owl boxes", seen("mousepad"), None, ()) is Trust.SYSTEM


@pytest.mark.parametrize("app", ["firefox", "org.mozilla.firefox", "thunderbird"])
def test_the_title_of_a_page_or_mail_says_nothing_about_the_person(app: str) -> None:
    page = seen(app)
    assert trust_of("Barn owl boxes", page, None, (page,)) is Trust.UNTRUSTED
    claim = Claim("has_commitment", "barn owl boxes")
    assert trust_of("Barn owl boxes", page, claim, (page,)) is Trust.UNTRUSTED


def test_where_the_person_stayed_or_acted_the_title_names_what_they_dealt_with() -> None:
    claim = Claim("researches", "barn owl")
    page, glance = seen("firefox"), seen("firefox", lasts=GLANCED)
    assert trust_of("Barn owl boxes", page, claim, (page,)) is Trust.SCREEN
    assert trust_of("Barn owl boxes", glance, claim, (glance,)) is Trust.UNTRUSTED
    scrolled = dataclasses.replace(glance, kind="activity", scrolls=3)
    assert trust_of("Barn owl boxes", glance, claim, (glance, scrolled)) is Trust.SCREEN


def test_a_claim_of_something_else_than_the_title_names_stays_untrusted() -> None:
    page = seen("firefox")
    assert trust_of("Barn owl boxes", page, Claim("researches", "acme cola"), (page,)) is Trust.UNTRUSTED


def test_which_application_was_in_front_is_the_systems_to_say() -> None:
    page = seen("firefox-esr")
    assert trust_of("Barn owl boxes", page, Claim("prefers_tool", "firefox", "reading"), (page,)) is Trust.SYSTEM


def test_a_title_does_not_borrow_the_trust_of_what_was_typed_under_it() -> None:
    typed = seen("firefox", kind="typed", trust=Trust.TYPED)
    assert trust_of("Barn owl boxes", typed, None, (typed,)) is Trust.UNTRUSTED
    assert trust_of("Owls nest.", typed, None, (typed,)) is Trust.TYPED
    local = seen("mousepad", kind="typed", trust=Trust.TYPED)
    assert trust_of("Barn owl boxes", local, None, (local,)) is Trust.SYSTEM


def test_what_stands_in_the_persons_calendar_counts_as_seen_on_screen_for_a_deadline_only() -> None:
    shown = seen("gnome-calendar", kind="screen", trust=Trust.SCREEN)
    assert trust_of("Owls nest.", shown, Claim("has_deadline", "owls nest", "2026-03-20"), (shown,)) is Trust.SCREEN
    assert trust_of("Owls nest.", shown, Claim("lives_in", "owls nest"), (shown,)) is Trust.UNTRUSTED
