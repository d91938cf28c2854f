"""Asking for the passphrase of an encrypted store: at the terminal, or from a file descriptor for a script."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from gum.store.encryption.holders import Passphrase

Command = TypeVar("Command", bound=Callable[..., Any])


@functools.cache
def prompted() -> str:
    """Ask for the passphrase once, without showing it."""
    answer: str = click.prompt("Passphrase", hide_input=True, err=True)
    return answer


@functools.cache
def chosen() -> str:
    """Ask for a new passphrase twice, without showing it."""
    answer: str = click.prompt("New passphrase", hide_input=True, confirmation_prompt="Once more", err=True)
    return answer


def _source(_context: click.Context, _parameter: click.Parameter, number: int | None) -> Passphrase:
    from gum.store.encryption.holders import from_descriptor

    return prompted if number is None else from_descriptor(number)


passphrase_option: Callable[[Command], Command] = click.option(
    "--passphrase-fd",
    "passphrase",
    type=int,
    callback=_source,
    metavar="N",
    help="Read the passphrase of an encrypted store from this file descriptor.",
)
