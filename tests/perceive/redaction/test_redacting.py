"""Secrets never reach the store."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gum.perceive.redaction import redact
from gum.perceive.redaction.personal import card, iban

LETTERS = string.ascii_letters + string.digits


def made(alphabet: str, length: int, seed: int) -> str:
    """Return a random run, put together here so that no secret stands in the source."""
    chosen = random.Random(seed)
    return "".join(chosen.choice(alphabet) for _ in range(length - 3)) + "x7Q"


def token(kind: str, seed: int) -> str:
    upper, hexa = string.ascii_uppercase + string.digits, "0123456789abcdef"
    return {
        "aws": "AKIA" + made(upper, 16, seed).upper(),
        "github": "ghp_" + made(LETTERS, 36, seed),
        "gitlab": "glpat-" + made(LETTERS, 20, seed),
        "slack": "xoxb-" + made(string.digits, 12, seed) + "-" + made(LETTERS, 24, seed),
        "google": "AIza" + made(LETTERS + "-_", 35, seed),
        "stripe": "sk_live_" + made(LETTERS, 24, seed),
        "openai": "sk-proj-" + made(LETTERS, 48, seed),
        "jwt": "eyJhbGciOiJIUzI1"
        + made(LETTERS, 20, seed)
        + "."
        + "eyJ"
        + made(LETTERS, 40, seed)
        + "."
        + made(LETTERS, 43, seed),
        "bearer": "Authorization: Bearer " + made(LETTERS, 40, seed),
        "password": "password=" + made(LETTERS + "!#%", 14, seed),
        "address": "https://petra:" + made(LETTERS, 16, seed) + "@db.example/",
        "key": 'api_key: "' + made(hexa, 32, seed) + '"',
    }[kind]


KINDS = [
    "aws",
    "github",
    "gitlab",
    "slack",
    "google",
    "stripe",
    "openai",
    "jwt",
    "bearer",
    "password",
    "address",
    "key",
]
PROSE = st.text(st.sampled_from("abcdefg hijklmn\n.,;()'"), max_size=60)


@settings(deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 10**6), PROSE, PROSE)
def test_no_eight_characters_of_a_token_survive(kind: str, seed: int, before: str, after: str) -> None:
    secret = token(kind, seed)
    result = redact(f"{before} {secret} {after}")
    hidden = secret.removeprefix("Authorization: Bearer ").removeprefix("password=").removeprefix("https://petra:")
    hidden = hidden.removesuffix("@db.example/").removeprefix('api_key: "').rstrip('"')
    assert result.kinds
    assert not any(hidden[at : at + 8] in result.text for at in range(len(hidden) - 7))


@settings(deadline=None)
@given(st.lists(st.sampled_from(KINDS), max_size=4), st.integers(0, 10**6), st.text(max_size=80))
def test_redacting_twice_changes_nothing(kinds: list[str], seed: int, text: str) -> None:
    once = redact(" ".join([text, *(token(kind, seed + place) for place, kind in enumerate(kinds)), text]))
    assert redact(once.text).text == once.text
    assert not redact(once.text).kinds


@settings(deadline=None)
@given(st.text(st.sampled_from("abcdefghijklmnop qrstuvwxyz,.\n"), max_size=300))
def test_prose_without_a_secret_is_left_as_it_is(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "commit 2312c852908dda5fbc43d903fad5929a9dec649d",
        "Password strength: required",
        "password: ********",
        "token: str, key: int = 3",
        "keyboard = qwerty",
        "the monkeys-audio codec, keyword: Befaehigung",
        "export API_KEY=$SECRET",
        "def getCustomerAddressByIdentifier2(self)",
        "call 0176 1234 5678 at 10:30, order 1234567890123",
        "https://docs.example/lists#slicing-2",
        "github.com/owner/repository/blob/main/README.md",
        "https://host.example:8080/@someone",
        "GB82 is the start of an account number",
    ],
)
def test_what_only_looks_like_a_secret_stays(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize(
    ("text", "kept", "hidden"),
    [
        ("login petra password: hunter2!x ok", "login petra password: ", "hunter2"),
        ("my password is korvapuusti", "my password is ", "korvapuusti"),
        ('"db_password": "sea lamp 1878",', '"db_password": "', "sea lamp"),
        ("curl -u petra:seALamp99 https://a.test", "curl -u ", "seALamp99"),
        ("redis://:longpassphrase@cache.test/0", "redis://", "longpassphrase"),
        ("pay with 4111 1111 1111 1111 today", "pay with ", "1111 1111"),
        ("IBAN DE89 3704 0044 0532 0130 00 please", "IBAN ", "0532"),
        ("set MAIL_PASS=tulips4ever", "set MAIL_PASS=", "tulips4ever"),
    ],
)
def test_the_secret_goes_and_its_surroundings_stay(text: str, kept: str, hidden: str) -> None:
    result = redact(text)
    assert result.text.startswith(kept + "[redacted: ")
    assert hidden not in result.text


def test_a_private_key_goes_whole_even_when_its_end_is_not_on_screen() -> None:
    begin, end = "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----"
    body = "\n".join(made(LETTERS, 64, line) for line in range(5))
    assert redact(f"notes\n{begin}\n{body}\n{end}\nmore").text == "notes\n[redacted: private key]\nmore"
    assert redact(f"notes\n{begin}\n{body}").text == "notes\n[redacted: private key]"


def test_a_token_that_a_narrow_terminal_wrapped_goes_with_its_tail() -> None:
    secret = token("github", 5)
    result = redact(f"$ echo {secret[:24]}\n{secret[24:]}\n$ ls")
    assert result.text == "$ echo [redacted: GitHub token]\n$ ls"


def test_an_issued_key_is_known_while_it_is_being_typed() -> None:
    for length in range(12, 40):
        assert redact("export T=" + token("github", 9)[:length]).kinds


def test_checksums_tell_account_numbers_from_other_numbers() -> None:
    assert card("4111 1111 1111 1111")
    assert not card("4111 1111 1111 1112")
    assert iban("GB82 WEST 1234 5698 7654 32")
    assert not iban("GB82 WEST 1234 5698 7654 33")


def test_one_word_said_over_and_over_is_no_recovery_phrase() -> None:
    said = "word " * 200
    assert redact(said).text == said
