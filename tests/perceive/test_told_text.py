"""A text that the application itself told stands in for reading the pixels, and the pixels are not kept."""

from __future__ import annotations

from dataclasses import replace

from gum.config import Config, Exclude
from gum.perceive.perceiver import Perceiver
from gum.records import Observation
from gum.store import Store
from tests.perceive.reading_pixels import PixelReader, seen, window


def screens(store: Store) -> list[Observation]:
    return [one for one in store.observations.between(None, None) if one.kind == "screen"]


def test_it_is_kept_instead_of_what_the_pixels_spell_and_without_them(store: Store) -> None:
    Perceiver(store, PixelReader(), Config()).perceive(replace(seen("pixels spell this"), text="The lamp is mended."))
    (kept,) = screens(store)
    assert kept.text == "The lamp is mended."
    assert kept.frame == ""
    assert store.frames.bytes_used() == 0


def test_its_secrets_are_redacted(store: Store) -> None:
    told = "the key is ghp_" + "a1B2" * 9
    Perceiver(store, PixelReader(), Config()).perceive(replace(seen("pixels"), text=told))
    (kept,) = screens(store)
    assert "a1B2a1B2" not in kept.text
    assert "[redacted" in kept.text


def test_a_browser_is_read_from_its_pixels_where_the_address_stands(store: Store) -> None:
    config = Config(exclude=Exclude(sites=("bank.test",)))
    browser = window("Chromium", "Accounts - Chromium", 2)
    shown = seen("bank.test/accounts\nYour balance is 12", of=browser)
    Perceiver(store, PixelReader(), config).perceive(replace(shown, text="Your balance is 12"))
    assert screens(store) == []
