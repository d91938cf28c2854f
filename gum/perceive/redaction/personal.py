"""Numbers that belong to a person: cards, accounts, identity numbers, codes that let somebody in.

Check digits, from python-stdnum, tell them from other numbers; digits that readers confuse with letters are put right
first.  A number without a form of its own counts only near a word that names it.
"""

from __future__ import annotations

import re
from importlib import import_module

from gum.perceive.redaction.looks import Accept, Rule, rule

_AS_DIGITS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1", "S": "5", "B": "8", "Z": "2"})


def checked(*modules: str) -> Accept:
    """Return whether one of these modules of python-stdnum calls a number valid, as it is or with letters as digits."""

    def accept(value: str) -> bool:
        forms = {value, value.translate(_AS_DIGITS)}
        return any(import_module(f"stdnum.{name}").is_valid(form) for name in modules for form in forms)

    return accept


def card(value: str) -> bool:
    """Return whether the digits carry a payment card's check digit."""
    digits = re.sub(r"\D", "", value.translate(_AS_DIGITS))
    return 13 <= len(digits) <= 19 and len(set(digits)) > 1 and checked("luhn")(digits)


def iban(value: str) -> bool:
    """Return whether the letters and digits carry the check sum of an IBAN, whichever way doubtful ones are read."""
    plain = re.sub(r"[^A-Z0-9]", "", value.upper())
    return checked("iban")(plain) or checked("iban")(plain[:2] + plain[2:].translate(_AS_DIGITS))


def _address(value: str) -> bool:
    """Return whether four numbers are an address on the internet rather than a version."""
    parts = [int(part) for part in value.partition(":")[0].split(".")]
    return all(part <= 255 for part in parts) and sum(part >= 20 for part in parts) >= 2


def _near(words: str, number: str, between: str = r"[^\n\d]{0,40}?") -> str:
    """Return the pattern of a number that stands behind one of the words."""
    return rf"(?i)(?<![a-z])(?:{words})(?![a-z]){between}(?<![\w\-])({number})(?![\w\-])"


_CODE = r"\d{3}[ \-]?\d{3}|\d{4,8}|[A-Z]-\d{5,8}|(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{6,8}"
_CODE_NAMES = (
    r"(?:verification|security|confirmation|authenti?cation|log-?in|sign-?in|one[ \-]time|access"
    r"|activation|2fa|mfa|sms)"
    r"[ \-](?:pass)?code|passcode|one[ \-]time[ \-](?:password|pin)|otp|einmal(?:code|passwort|kennwort)"
    r"|(?:bestätigungs|sicherheits|verifizierungs|anmelde|zugangs|freischalt)code|m?tan"
    r"|code de (?:vérification|sécurité|confirmation)"
    r"|código de (?:verificación|seguridad|acceso|verificação)|codice di (?:verifica|sicurezza)"
    r"|verificatiecode|验证码|驗證碼|認証コード|код (?:подтверждения|безопасности|доступа)"
)

RULES: tuple[Rule, ...] = (
    rule("card number", r"(?<![\d.,\-])[1-6][\dOIlSB]{3}(?:[ \-]?[\dOIlSB]){7,14}\d(?![\d\-])", card),
    rule(
        "card number",
        _near(
            "card(?: number| no)?|visa|mastercard|amex|kartennummer|carte|tarjeta", r"[1-6]\d{3}(?:[ \-]?\d{4}){2,3}"
        ),
        bool,
        1,
        "card visa amex karte carte tarjeta",
    ),
    rule(
        "card code",
        _near(r"cvc2?|cvv2?|card (?:security|verification) code|prüfnummer", r"\d{3,4}"),
        bool,
        1,
        "cvc cvv card prüfnummer",
    ),
    rule("IBAN", r"(?<![A-Za-z0-9])[A-Z]{2}[\dOIlSB]{2}(?:[ \-]?[A-Z0-9l]){11,30}(?![A-Za-z0-9])", iban),
    rule("IBAN", r"(?<![A-Za-z0-9])[a-z]{2}\d{2}[a-z0-9]{11,30}(?![A-Za-z0-9])", iban),
    rule(
        "account number",
        _near(
            r"account (?:number|no|nr|#)|acct\.?|kontonummer|konto-?nr|routing (?:number|no)|bank account"
            r"|sort code|número de cuenta",
            r"\d[\d \-]{5,20}\d",
        ),
        bool,
        1,
        "acc konto routing bank sort cuenta",
    ),
    rule("identity number", r"(?<![\d\-])(?!000|666|9)\d{3}[\- ](?!00)\d{2}[\- ](?!0000)\d{4}(?![\d\-])"),  # US SSN
    rule(
        "identity number",
        _near(
            r"ssn|social security(?: number| no)?|sozialversicherungsnummer|social insurance(?: number)?",
            r"\d{3}[\- ]?\d{2,3}[\- ]?\d{3,4}",
        ),
        bool,
        1,
        "ssn soci sozi",
    ),
    rule(
        "identity number",
        r"(?<![A-Za-z0-9])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![A-Za-z0-9])",
    ),
    rule(
        "identity number",
        r"(?<![A-Za-z0-9])[A-Z]{6}\d{2}[A-EHLMPR-T]\d{2}[A-Z]\d{3}[A-Z](?![A-Za-z0-9])",
        checked("it.codicefiscale"),
    ),
    rule(
        "identity number", r"(?<![A-Za-z0-9])(?:\d{8}|[XYZ]-?\d{7})-?[A-Z](?![A-Za-z0-9])", checked("es.dni", "es.nie")
    ),
    rule(
        "identity number",
        r"(?<![\d])[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?!\d)",
        checked("fr.nir"),
    ),
    rule("identity number", r"(?<!\d)756\.\d{4}\.\d{4}\.\d{2}(?!\d)", checked("ch.ssn")),
    rule("identity number", r"(?<!\d)\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)", checked("br.cpf")),
    rule("identity number", r"(?<!\d)\d{6}[-+A]\d{3}[0-9A-FHJ-NPR-Y](?![A-Za-z0-9])", checked("fi.hetu")),
    rule("identity number", r"(?<!\d)(?:19|20)?\d{6}[-+]\d{4}(?!\d)", checked("se.personnummer", "dk.cpr")),
    rule(
        "identity number",
        r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{2}\d{3}[\dX](?![\dA-Za-z])",
        checked("cn.ric"),
    ),
    rule("identity number", _near(r"aadhaar|आधार", r"\d{4} ?\d{4} ?\d{4}"), bool, 1, "aadhaar आधार"),
    rule(
        "identity number",
        _near(
            r"pesel|bsn|steuer-?(?:id|identifikationsnummer|nummer)|tax (?:id|number|identification)|idnr"
            r"|egn|jmbg|cnp|personnummer|national (?:id|insurance)(?: number| no)?|tc kimlik(?: no)?"
            r"|\bnif\b|\bdni\b|\bitin\b|vat id",
            r"[A-Z]{0,3} ?\d[\d \-/.]{6,16}[\dA-Z]",
        ),
        bool,
        1,
        "pesel bsn steuer tax id egn jmbg cnp personnummer national kimlik nif dni itin",
    ),
    rule(
        "document number",
        _near(
            r"passport(?: number| no| nr)?|reisepass(?:nummer|-nr)?|ausweis(?:nummer|-nr)|passeport"
            r"|pasaporte|driver'?s?'? ?licen[cs]e(?: number| no)?|driving licen[cs]e"
            r"|führerschein(?:nummer)?|id card (?:number|no)|personalausweis(?:nummer)?",
            r"(?=[A-Z]*\d)[A-Z0-9][A-Z0-9\-]{4,14}[A-Z0-9]",
        ),
        lambda value: sum(character.isdigit() for character in value) >= 4,
        1,
        "pass ausweis pasaporte licen führerschein id",
    ),
    rule(
        "one-time code",
        _near(_CODE_NAMES, _CODE, r"[^\n\d]{0,40}?(?:\n[ \t]*)?"),
        bool,
        1,
        "code otp pin tan einmal código codice 码 碼 コード код",
    ),
    rule(
        "one-time code",
        rf"(?i)(?<![\w\-])({_CODE})(?= (?:is|ist|est|es|è) (?:your|the|ihr|dein|votre|su|tu"
        rf"|il tuo)\b[^\n]{{0,40}}(?:code|pin|tan|password))",
        bool,
        1,
        "code pin tan passw",
    ),
    rule(
        "PIN",
        _near(r"pin(?:[ \-]?(?:code|number))?|geheimzahl", r"\d{4,8}", r"\s*(?::|=|is|ist|lautet|number|code)\s*"),
        bool,
        1,
        "pin geheimzahl",
    ),
    rule(
        "recovery key",
        r"(?<![\d\-])(?:\d{6}-){7}\d{6}(?![\d\-])|(?<![A-Z0-9\-])(?:[A-Z0-9]{4}-){5}[A-Z0-9]{4}(?![A-Z0-9\-])",
    ),
    rule(
        "public address",
        r"(?<![\w.\-])(?!0|10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|22[4-9]\."
        r"|2[345]\d\.)(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?(?![\w.])",
        _address,
    ),
)
