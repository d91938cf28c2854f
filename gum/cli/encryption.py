"""encrypt, decrypt, rekey: on the files themselves, while no daemon runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from gum import paths
from gum.cli.output import emit, json_option
from gum.cli.passphrases import chosen, passphrase_option
from gum.errors import NotFoundError

if TYPE_CHECKING:
    from gum.store.encryption.conversion import Converted
    from gum.store.encryption.holders import Holder, Passphrase

Command = TypeVar("Command", bound=Callable[..., Any])


def _holder_options(command: Command) -> Command:
    for option in (
        click.option("--passphrase", "by_passphrase", is_flag=True, help="Hold the key by a passphrase."),
        click.option("--keyring", "by_keyring", is_flag=True, help="Hold the key in the system keyring (the default)."),
        click.option("--key-file", type=click.Path(path_type=Path), help="Hold the key in a new file, mode 0600."),
        click.option("--new-passphrase-fd", type=int, metavar="N", help="Read a new passphrase from here."),
    ):
        command = option(command)
    return command


@click.command(help="Encrypt the database and the frames; the index of meanings is then kept in memory.")
@_holder_options
@json_option
def encrypt(
    by_passphrase: bool, by_keyring: bool, key_file: Path | None, new_passphrase_fd: int | None, as_json: bool
) -> None:
    from gum.store.encryption import conversion

    with _owned() as home:
        holder = _holder(by_passphrase, by_keyring, key_file, new_passphrase_fd)
        _tell("encrypted", conversion.encrypt(home, holder), holder.kind, as_json)


@click.command(help="Encrypt anew under a new key; the old one opens nothing any more.")
@_holder_options
@passphrase_option
@json_option
def rekey(
    passphrase: Passphrase,
    by_passphrase: bool,
    by_keyring: bool,
    key_file: Path | None,
    new_passphrase_fd: int | None,
    as_json: bool,
) -> None:
    from gum.store.encryption import conversion

    with _owned() as home:
        conversion.unlock(home, passphrase)
        holder = _holder(by_passphrase, by_keyring, key_file, new_passphrase_fd)
        _tell("encrypted under a new key", conversion.rekey(home, holder, passphrase), holder.kind, as_json)


@click.command(help="Make the database and the frames plain files again.")
@passphrase_option
@json_option
def decrypt(passphrase: Passphrase, as_json: bool) -> None:
    from gum.store.encryption import conversion

    with _owned() as home:
        _tell("plain", conversion.decrypt(home, passphrase), "", as_json)


def _owned() -> Any:
    """Return a context that owns the home in force and yields it.  Raises NotFoundError when nothing is kept yet."""
    from contextlib import contextmanager

    from gum.store.lock import OwnerLock

    @contextmanager
    def owning() -> Any:
        home = paths.home()
        if not home.database.exists():
            raise NotFoundError(f"Nothing is kept in {home.root} yet; start the daemon once: gumctl start")
        home.create()
        with OwnerLock(home):
            yield home

    return owning()


def _holder(by_passphrase: bool, by_keyring: bool, key_file: Path | None, descriptor: int | None) -> Holder:
    from gum.store.encryption.holders import FileHolder, KeyringHolder, PassphraseHolder, from_descriptor

    if sum((by_passphrase or descriptor is not None, by_keyring, key_file is not None)) > 1:
        raise click.UsageError("Choose one of --passphrase, --keyring and --key-file.")
    if key_file is not None:
        return FileHolder.new(key_file)
    if by_passphrase or descriptor is not None:
        return PassphraseHolder.new(chosen if descriptor is None else from_descriptor(descriptor))
    return KeyringHolder.new()


def _tell(state: str, done: Converted, held_by: str, as_json: bool) -> None:
    if as_json:
        emit(
            {
                "state": state,
                "held_by": held_by,
                "database_bytes": done.database_bytes,
                "frames": done.frames,
            }
        )
        return
    where = {
        "passphrase": " The passphrase is the only way in: nobody can bring it back.",
        "keyring": " The key is in the system keyring.",
        "file": " Keep the key file apart from the disk that it opens, and a copy of it.",
    }.get(held_by, "")
    click.echo(f"{state}: the database ({done.database_bytes / 1e6:.1f} MB) and {done.frames} frames.{where}")
