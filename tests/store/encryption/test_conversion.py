"""Encrypting, rekeying and decrypting a home: everything is there afterwards, and only the right key opens it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gum.errors import ConflictError, StoreCorruptError, StoreError, StoreKeyError
from gum.paths import Home
from gum.records import Observation, Proposition
from gum.store import SearchQuery, Store
from gum.store.encryption import conversion, holders
from gum.store.encryption.holders import FileHolder, KeyringHolder, PassphraseHolder
from gum.store.lock import OwnerLock
from tests.store.conftest import BagEmbedder, HandClock

Make = Callable[..., Observation]
MakeProposition = Callable[..., Proposition]

PAGE = 4096


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch passphrases a hundred times less; how long it takes is not what is tested."""
    monkeypatch.setattr(PassphraseHolder.__init__, "__defaults__", (2**10, 8, 1, "passphrase"))


def words(text: str) -> Callable[[], str]:
    return lambda: text


def passphrase(text: str) -> PassphraseHolder:
    return PassphraseHolder.new(words(text))


def bytes_of(home: Home) -> bytes:
    """Return every byte below a home, file names included."""
    return b"".join(str(file).encode() + file.read_bytes() for file in home.root.rglob("*") if file.is_file())


@pytest.fixture
def filled(home: Home, clock: HandClock, observation: Make, proposition: MakeProposition) -> Observation:
    """A home with an observation, its frame, a proposition and an index on disk; closed."""
    with Store.open(home, now=clock, embedder=BagEmbedder()) as store:
        seen = store.observations.add(observation(text="zebrafish budget", app="Ledger"), frame=b"zebrafish pixels")
        store.propositions.add(proposition("The user studies zebrafish."), "e", "c")
        store.index.flush()
    assert b"zebrafish" in bytes_of(home)
    return seen


def encrypted(home: Home, text: str = "correct horse") -> None:
    with OwnerLock(home):
        conversion.encrypt(home, passphrase(text))


def test_nothing_of_the_plain_text_is_left_and_everything_is_there(home: Home, filled: Observation) -> None:
    encrypted(home)
    found = bytes_of(home)
    assert b"zebrafish" not in found
    assert filled.frame.encode() not in found
    with Store.open(home, passphrase=words("correct horse"), embedder=BagEmbedder()) as store:
        assert store.observations.get(filled.id) == filled
        assert store.frames.get(filled.frame) == b"zebrafish pixels"
        assert store.search(SearchQuery("zebrafish"))[0].proposition.text == "The user studies zebrafish."
        store.index.flush()
        assert store.index.state == "ready"
        assert store.encrypted
        assert list(home.index.iterdir()) == []
        assert b"zebrafish" not in bytes_of(home)


def test_what_is_written_later_is_encrypted_too(home: Home, filled: Observation, observation: Make) -> None:
    encrypted(home)
    with Store.open(home, passphrase=words("correct horse")) as store:
        later = store.observations.add(observation(5, text="quokka"), frame=b"quokka pixels")
        assert b"quokka" not in bytes_of(home)
    with Store.open(home, passphrase=words("correct horse")) as store:
        assert store.frames.get(later.frame) == b"quokka pixels"


def test_the_wrong_passphrase_changes_nothing(home: Home, filled: Observation) -> None:
    encrypted(home)
    before = bytes_of(home)
    with pytest.raises(StoreKeyError, match="passphrase does not open this store; nothing was changed"):
        Store.open(home, passphrase=words("wrong horse"))
    with OwnerLock(home), pytest.raises(StoreKeyError):
        conversion.rekey(home, passphrase("another horse"), words("wrong horse"))
    with OwnerLock(home), pytest.raises(StoreKeyError):
        conversion.decrypt(home, words("wrong horse"))
    assert bytes_of(home) == before


def test_where_nobody_can_be_asked_the_refusal_says_what_to_run(home: Home, filled: Observation) -> None:
    encrypted(home)
    with pytest.raises(StoreKeyError, match="gumctl start"):
        Store.open(home)


def test_after_rekeying_only_the_new_passphrase_opens_it(home: Home, filled: Observation) -> None:
    encrypted(home)
    before = home.database.read_bytes()
    with OwnerLock(home):
        conversion.rekey(home, passphrase("battery staple"), words("correct horse"))
    assert home.database.read_bytes()[:64] != before[:64]
    with pytest.raises(StoreKeyError):
        Store.open(home, passphrase=words("correct horse"))
    with Store.open(home, passphrase=words("battery staple")) as store:
        assert store.frames.get(filled.frame) == b"zebrafish pixels"


def test_decrypting_gives_back_the_plain_home(home: Home, filled: Observation) -> None:
    encrypted(home)
    with OwnerLock(home):
        conversion.decrypt(home, words("correct horse"))
    assert not home.encryption.exists()
    with Store.open(home) as store:
        assert store.observations.get(filled.id) == filled
        assert store.frames.path(filled.frame).read_bytes() == b"zebrafish pixels"
        assert not store.encrypted


def test_a_change_that_makes_no_sense_is_refused(home: Home, filled: Observation) -> None:
    with OwnerLock(home):
        for change in (lambda: conversion.decrypt(home, str), lambda: conversion.rekey(home, passphrase("x" * 9), str)):
            with pytest.raises(ConflictError, match="not encrypted"):
                change()
        conversion.encrypt(home, passphrase("correct horse"))
        with pytest.raises(ConflictError, match="encrypted already"):
            conversion.encrypt(home, passphrase("correct horse"))


def test_a_plain_database_put_in_the_place_of_an_encrypted_one_is_refused(
    home: Home, filled: Observation, tmp_path: Path
) -> None:
    encrypted(home)
    other = Home(tmp_path / "other")
    Store.open(other).close()
    home.database.write_bytes(other.database.read_bytes())
    with pytest.raises(StoreCorruptError):
        Store.open(home, passphrase=words("correct horse"))


def test_a_changed_page_or_frame_is_noticed(home: Home, filled: Observation) -> None:
    encrypted(home)
    with Store.open(home, passphrase=words("correct horse")) as store:
        place = store.frames.path(filled.frame)
        place.write_bytes(place.read_bytes()[:-1] + b"\0")
        with pytest.raises(StoreCorruptError, match="was changed"):
            store.frames.get(filled.frame)
    data = bytearray(home.database.read_bytes())
    for place_in_page in range(PAGE + PAGE // 2, len(data), PAGE):  # in each page but the first, so in one that is read
        data[place_in_page] ^= 1
    home.database.write_bytes(data)
    with pytest.raises(StoreCorruptError):
        _read_everything(home)


def _read_everything(home: Home) -> None:
    with Store.open(home, passphrase=words("correct horse")) as store:
        for row in store._sql.rows("SELECT name FROM sqlite_master WHERE type='table'"):
            store._sql.rows(f'SELECT * FROM "{row["name"]}"')


def test_a_damaged_envelope_is_refused_in_a_sentence(home: Home, filled: Observation) -> None:
    encrypted(home)
    place = home.encryption
    whole = json.loads(place.read_text())
    for damage in ("", "{}", json.dumps(whole | {"version": 9}), json.dumps(whole | {"holder": {"kind": "x"}})):
        place.write_text(damage)
        with pytest.raises(StoreKeyError, match=r"damaged|newer"):
            Store.open(home, passphrase=words("correct horse"))
    place.write_text(json.dumps(whole | {"holder": whole["holder"] | {"n": 2**40}}))
    with pytest.raises(StoreKeyError, match="was changed"):
        Store.open(home, passphrase=words("correct horse"))


def test_a_short_passphrase_is_refused_before_anything_changes(home: Home, filled: Observation) -> None:
    before = bytes_of(home)
    with OwnerLock(home), pytest.raises(StoreKeyError, match="at least 8"):
        conversion.encrypt(home, passphrase("short"))
    assert bytes_of(home) == before


def test_a_key_file_opens_it_only_while_nobody_else_can_read_it(
    home: Home, filled: Observation, tmp_path: Path
) -> None:
    place = tmp_path / "key"
    with OwnerLock(home):
        conversion.encrypt(home, FileHolder.new(place))
    Store.open(home).close()
    place.chmod(0o640)
    with pytest.raises(StoreKeyError, match="chmod 600"):
        Store.open(home)
    place.unlink()
    with pytest.raises(StoreKeyError, match="Put it back"):
        Store.open(home)
    with pytest.raises(StoreError, match="there already"):
        FileHolder.new(home.database)


def test_the_system_keyring_holds_the_key(home: Home, filled: Observation, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = _register_keyring(monkeypatch)
    with OwnerLock(home):
        conversion.encrypt(home, KeyringHolder.new())
    assert len(kept) == 1
    Store.open(home).close()
    with OwnerLock(home):
        conversion.rekey(home, KeyringHolder.new(), str)
    assert len(kept) == 1
    kept.clear()
    with pytest.raises(StoreKeyError, match="no entry"):
        Store.open(home)


def test_a_keyring_that_writes_the_key_in_the_clear_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _register_keyring(monkeypatch)
    monkeypatch.setattr(holders, "TRUSTED_BACKENDS", ("keyring.backends.SecretService",))
    with pytest.raises(StoreKeyError, match="--passphrase"):
        KeyringHolder.new()


def _register_keyring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """Put a keyring at the outer edge, in the place of the system's."""
    from keyring import backend

    kept: dict[tuple[str, str], str] = {}

    class Ring(backend.KeyringBackend):
        priority = 5  # type: ignore[assignment]

        def get_password(self, service: str, username: str) -> str | None:
            return kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del kept[service, username]

    monkeypatch.setattr(backend, "get_all_keyring", lambda: [Ring()])
    monkeypatch.setattr(holders, "TRUSTED_BACKENDS", (Ring.__module__,))
    return kept
