"""Contact data in a text: mail addresses, telephone numbers, postal addresses, accounts of messengers.

Whose they are cannot be told from a text, so that all of them count, but those that the person has named as their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

ContactKind = Literal["mail address", "telephone number", "postal address"]

_MAIL = re.compile(
    r"(?<![\w.+\-])[\w.+\-]{1,64}\s?@\s?(?:[\w\-]{1,63}\s?\.\s?){1,4}[a-z]{2,18}(?![\w@])", re.IGNORECASE
)
_PHONE = re.compile(
    r"(?<![\w.\-/:@#])(?:\+|00)?\(?\d[\d ().\-/]{5,20}\d(?:\s?(?:x|ext\.?|Durchwahl)\s?\d{1,6})?(?![\w/:@]|\.\d|-\d)"
)
_CALL = re.compile(
    r"(?i)\b(?:tel|phone|telephone|telefon|mobile|mobil|handy|cell|fax|call|ring|whatsapp|sms|text|number"
    r"|nummer|dial|contact|answer(?:ing|s|ed)?|registered)\b"
)
_CALLED = re.compile(r"(?i)[ \t\-,(]{1,3}(?:office|fax|home|work|mobile|mobil|cell|privat|direct|ext)\b")
_DATE = re.compile(r"(?:19|20)\d\d[.\-/ ]\d{1,2}[.\-/ ]\d{1,2}|\d{1,2}[.\-/]\d{1,2}[.\-/](?:19|20)?\d\d")
_REGIONS = ("US", "GB", "DE", "FR", "IT", "ES", "NL", "BR", "IN", "AU", "PL", "SE", "AT", "CH")
_STREET = (
    r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|square|sq|way|terrace|close"
    r"|crescent|parkway|pkwy|highway|hwy|circle|alley|mews)"
)
_BEHIND = (
    r"(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|gata|gatan|vägen|vej|gade|katu|tie|straat|laan|plein"
    r"|kade|utca|ulica)"
)
_BEFORE = (
    r"(?:rue|avenue|boulevard|place|chemin|via|viale|piazza|corso|calle|avenida|plaza|paseo|rua|travessa|largo|ul\."
    r"|ulica|al\.|os\.|nám\.)"
)
_NAME = r"[A-ZÀ-ÝŁŚŻ][\w.'’\-]+"
_POSTAL = (
    re.compile(
        rf"(?<![\w.])\d{{1,5}}[A-Za-z]?,? (?:(?:{_NAME}|\d+(?:st|nd|rd"
        rf"|th)) ){{1,4}}(?i:{_STREET})\b\.?(?:,? (?:Apt|Suite|Unit|Flat|#)\.? ?\w+)?"
    ),
    re.compile(
        rf"(?<!\w)(?:{_NAME}[ \-])?[A-ZÀ-Ý][\w\-]*(?:{_BEHIND}|(?<= )(?i:{_BEHIND})) ?\d{{1,4}} ?[a-z]?(?![\w])"
    ),
    re.compile(
        rf"(?<!\w)(?i:{_BEFORE}) (?:(?:de|du|des|della?|do|da|dos|la|le|el|of|[A-Z]\."
        rf"|{_NAME}),? ){{0,4}}{_NAME},? (?:n[°º.]? ?)?\d{{1,4}}(?!\w)"
    ),
    re.compile(rf"(?<!\w)\d{{1,4}}(?: ?bis)?,? (?i:{_BEFORE}) (?:(?:de|du|des|la|le|l'|{_NAME}) ?){{1,4}}"),
    re.compile(r"(?i)(?<!\w)(?:p\.? ?o\.? box|postfach|apartado|boîte postale) ?\d{1,6}(?!\w)"),
    re.compile(r"(?<!\w)(?:Apt|Suite|Unit|Flat)\.? ?\d{1,5}[A-Z]?(?!\w)"),
)


@dataclass(frozen=True, slots=True)
class Contact:
    """Where contact data stand in a text, and of what kind they are."""

    kind: ContactKind
    start: int
    end: int


def contacts_in(text: str, own: Iterable[str] = ()) -> list[Contact]:
    """Return the contact data in a text, in order, without overlaps; `own` are the person's own, which do not count."""
    mine = {_plain(one) for one in own if one}
    found = sorted((*_mails(text), *_phones(text), *_addresses(text)), key=lambda one: (one.start, -one.end))
    kept: list[Contact] = []
    for one in found:
        if _plain(text[one.start : one.end]) not in mine and (not kept or one.start >= kept[-1].end):
            kept.append(one)
    return kept


def without_contacts(text: str, own: Iterable[str] = ()) -> str:
    """Return the text with '[contact: kind]' in place of each."""
    parts, at = [], 0
    for one in contacts_in(text, own):
        parts += [text[at : one.start], f"[contact: {one.kind}]"]
        at = one.end
    return "".join([*parts, text[at:]])


def _mails(text: str) -> Iterator[Contact]:
    return (Contact("mail address", *match.span()) for match in _MAIL.finditer(text))


def _phones(text: str) -> Iterator[Contact]:
    for match in _PHONE.finditer(text):
        digits = sum(character.isdigit() for character in match[0])
        if 7 <= digits <= 17 and not _DATE.fullmatch(match[0]) and _is_phone(text, match, digits):
            yield Contact("telephone number", *match.span())


def _is_phone(text: str, match: re.Match[str], digits: int) -> bool:
    """Return whether a number can be called: it is written like one or named one, and some country has such numbers."""
    import phonenumbers

    number = match[0]
    named = bool(_CALL.search(text, max(0, match.start() - 40), match.start()) or _CALLED.match(text, match.end()))
    written = number.startswith(("+", "00", "(")) or (len(re.findall(r"\d+", number)) >= 3 and number[0] != "1")
    if not named and (not written or digits < 9):
        return False
    for region in (None,) if number.startswith("+") else _REGIONS:
        try:
            if phonenumbers.is_possible_number(phonenumbers.parse(number, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False


def _addresses(text: str) -> Iterator[Contact]:
    return (Contact("postal address", *match.span()) for form in _POSTAL for match in form.finditer(text))


def _plain(text: str) -> str:
    return re.sub(r"[\s().\-/]", "", text).casefold()
