"""What a secret looks like: one table of rules.

Issued keys are known from a few characters on, because a key may be seen while it is being typed.
A rule finds spans; its `accept` says whether a span is really one (a checksum, the look of randomness).
Rules for keys of a known issuer go by their prefix and take any longer run of the same characters, so that no tail
survives.  `group` is the part to hide.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import log2

Accept = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of secret."""

    kind: str
    pattern: re.Pattern[str]
    accept: Accept = bool
    group: int = 0


def entropy(text: str) -> float:
    """Return the Shannon entropy in bits a character."""
    counts = [text.count(character) for character in set(text)]
    return -sum(count / len(text) * log2(count / len(text)) for count in counts) if text else 0.0


def real(value: str) -> bool:
    """Return whether a value is more than a row of one character, as in 'ghp_xxxxxxxx'."""
    return len(set(value)) >= 3 and not re.search(r"(?i)(.)\1{7,}$", value)


def random_looking(value: str) -> bool:
    """Return whether a value has the mix of characters that no word and no number has."""
    letters = sum(character.isalpha() for character in value)
    digits = sum(character.isdigit() for character in value)
    mixed = digits == 1 and len(value) >= 12 and value.lower() != value != value.upper()
    return len(value) >= 8 and letters > 0 and (digits > 1 or mixed) and entropy(value) >= 2.5


def opaque(value: str) -> bool:
    """Return whether a long run is random by itself: all classes of characters, often changing, high entropy."""
    value = max(re.split(r"[_\-]", value), key=len)
    kinds = ["d" if character.isdigit() else "u" if character.isupper() else "l" for character in value]
    changes = sum(left != right for left, right in pairwise(kinds))
    return len(value) >= 16 and set(kinds) == {"d", "u", "l"} and changes >= 0.4 * len(kinds) and entropy(value) >= 3.7


def luhn(value: str) -> bool:
    """Return whether the digits carry a payment card's check digit."""
    digits = [int(character) for character in value if character.isdigit()]
    doubled = [digit if place % 2 == 0 else sum(divmod(digit * 2, 10)) for place, digit in enumerate(reversed(digits))]
    return 13 <= len(digits) <= 19 and len(set(digits)) > 1 and sum(doubled) % 10 == 0


def iban(value: str) -> bool:
    """Return whether the letters and digits carry the check sum of an IBAN."""
    plain = re.sub(r"[^A-Z0-9]", "", value.upper())
    turned = plain[4:] + plain[:4]
    return 15 <= len(plain) <= 34 and int("".join(str(int(character, 36)) for character in turned)) % 97 == 1


_PLACEHOLDER = re.compile(
    r"""(?ix) \[redacted | [$%<{*`] | \.{3} | •  # a variable, a mask, a template
    | (?:none|null|nil|true|false|undefined|required|optional|string|str|int|bool|password|passwort|secret|token|value
        |todo|empty|hidden|forgot|forgotten|reset|incorrect|wrong|invalid|changed|expired|strength|protected|manager)
      [\s.,;:!?)"'\]]* $
    | (?:get|process\.env|os\.environ|env\.|config\.|self\.|request\.|args\.|settings\.)"""
)


def password(value: str) -> bool:
    """Return whether what follows 'password:' can be one, not a variable, a mask or a word of a form."""
    return len(value) >= 3 and not _PLACEHOLDER.match(value) and len(set(value)) > 1


def keyed(value: str) -> bool:
    """Return whether what follows 'token:' or 'api_key=' can be one."""
    return not _PLACEHOLDER.match(value) and real(value) and any(map(random_looking, re.split(r"[./:]", value)))


def _rule(kind: str, pattern: str, accept: Accept = bool, group: int = 0) -> Rule:
    return Rule(kind, re.compile(pattern), accept, group)


_FREE = r"(?<![A-Za-z0-9])"  # nothing of the same word before it
_QUOTE = r"[\"'`]?"
_IS = r"(?:\s*[\"'\])]{0,2}\s*(?:=>|:{1,3}=|\?=|\|\|:|=|:)\s*|\s+is\s+|[\"']?,?\s+(?=[\"']))"
_CALLED = r"(?:pass(?:word|wd|phrase|code)|(?<=[_\-])pass(?![a-z])|passwort|kennwort|pwd|mot de passe|contraseña)"
_KEYS = (
    r"(?:(?<![A-Za-z])(?i:(?:api|access|auth|secret|private|client|signing|session|service|encryption)?[_\-. ]?"
    r"(?:secret|token|key|credentials?|login|pat|access_?id))"
    r"|(?<=[a-z0-9])(?:Secret|Token|Key|Credentials?|Login|AccessId))"
    r"(?:s|\d{1,2}|[_\-.][A-Za-z0-9_\-]{1,12})?"
)

# Keys of known issuers.  {n,} always takes the whole run.
_ISSUED = (
    ("AWS key", r"(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}"),
    ("AWS key", r"ABSK[A-Za-z0-9+/=]{60,}|bedrock-api-key-[A-Za-z0-9+/=]{20,}"),
    ("GitHub token", r"gh[pousr]_[A-Za-z0-9]{8,}|github_pat_[A-Za-z0-9_]{8,}"),
    ("GitLab token", r"(?:gl(?:pat|dt|rt|rtr|ptt|soat|cbt|imt|agent|oas|ffct|ft)-|GR1348941)[A-Za-z0-9_.\-]{18,}"),
    ("Slack token", r"xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9\-]{10,}|xapp-[A-Za-z0-9\-]{10,}"),
    ("Slack token", r"hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/]{20,}"),
    ("Google key", r"AIza[A-Za-z0-9_\-]{12,}|ya29\.[A-Za-z0-9_\-]{20,}|GOCSPX-[A-Za-z0-9_\-]{20,}"),
    ("Stripe key", r"(?:sk|rk|pk)_(?:live|test|prod)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{20,}"),
    ("OpenAI key", r"sk-(?:[a-z0-9]{2,8}-){0,3}[A-Za-z0-9_\-]{20,}"),
    ("Hugging Face token", r"(?:hf|api_org)_[A-Za-z0-9]{34,40}(?![A-Za-z0-9])"),
    ("SendGrid key", r"SG\.[A-Za-z0-9_\-]{16,}\.[A-Za-z0-9_\-]{16,}"),
    ("Discord token", r"=?[MNOA][A-Za-z0-9_\-]{23,27}\.[A-Za-z0-9_\-]{6}\.[A-Za-z0-9_\-]{27,}"),
    ("Telegram token", r"\d{8,10}:AA[A-Za-z0-9_\-]{33,}"),
    ("Twilio key", r"(?:SK|AC)[0-9a-f]{32,}"),
    ("Mailchimp key", r"[0-9a-f]{32}-us\d{1,2}"),
    ("Square key", r"sq0[a-z]{3}-[A-Za-z0-9_\-]{20,}|EAAA[A-Za-z0-9_\-+=]{55,}"),
    ("Facebook token", r"EAA[MC][A-Za-z0-9]{20,}|\d{15,16}(?:\||%)[A-Za-z0-9\-_]{25,}"),
    ("Vault token", r"hv[sb]\.[A-Za-z0-9_\-]{24,}|s\.(?=[A-Za-z]*\d)[A-Za-z0-9]{24,}"),
    ("1Password key", r"A3-[A-Z0-9]{6}-(?:[A-Z0-9]{5,11}-){3,4}[A-Z0-9]{5,}|ops_eyJ[A-Za-z0-9+/=]{100,}"),
    ("Azure secret", r"[A-Za-z0-9_~.\-]{3}\dQ~[A-Za-z0-9_~.\-]{31,}"),
    ("Fly.io token", r"(?:fo1_|fm[12][ar]?_)[A-Za-z0-9_\-+/=,]{20,}"),
    (
        "access token",
        r"(?:npm_|pypi-|dop_v1_|doo_v1_|shp(?:at|ca|pa|ss)_|glc_|glsa_|sntry[su]_|sgp_|squ_|sqp_|sqa_|dapi|ico-|pnu_|rdme_"
        r"|ATATT3|ATCTT3|PMAK-|lin_api_|figd_|nfp_|pul-|ntn_|secret_|dckr_pat_|dt0c01\.|xkeysib-|tk-us-|HRKU-"
        r"|API-|r8_|gsk_|AGE-SECRET-KEY-1|s-s4t2ud-|AP[\dABCDEF]|AKC)[A-Za-z0-9_\-+/=.]{20,}",
    ),
)
_CHECKED = {"access token", "Vault token", "OpenAI key", "GitLab token"}  # prefixes that ordinary names may have too

RULES: tuple[Rule, ...] = (
    _rule(
        "private key",
        r"(?s)-{2,}\s?BEGIN[A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-{2,}.*?(?:-{2,}\s?END[^-\n]{0,60}-{2,}|\Z)"
        r"|PuTTY-User-Key-File-\d.*\Z",
    ),
    *(
        _rule(kind, f"{_FREE}(?:{pattern})", (lambda v: real(v) and random_looking(v)) if kind in _CHECKED else real)
        for kind, pattern in _ISSUED
    ),
    _rule("JSON web token", _FREE + r"ey[IJ][A-Za-z0-9_\-=]{10,}\.[A-Za-z0-9_\-=+/]{10,}(?:\.[A-Za-z0-9_\-=+/]*)?"),
    _rule("JSON web token", _FREE + r"(?:eyJhbGci|eyJ0eXAi|ZXlKaGJHY2lP)[A-Za-z0-9_\-=+/]{16,}"),
    _rule(
        "authorization",
        r"(?i)\b(?:authorization\s*[:=]\s*)(?:(?:bearer|basic|token|digest|apikey)\s+)?([^\s\"',;]{8,})",
        lambda value: not _PLACEHOLDER.match(value) and real(value),
        1,
    ),
    _rule("authorization", r"(?i)\b(?:bearer|basic)\s+([A-Za-z0-9._~+/=\-]{16,})", random_looking, 1),
    _rule("authorization", r"(?i)\bx-[a-z\-]*(?:key|token|secret|auth)[a-z\-]*\s*:\s*([^\s\"',;]{8,})", keyed, 1),
    _rule(
        "password in an address",
        r"(?i)\b[a-z][a-z0-9+.\-]{1,12}://([^\s/:@\"'<>]{0,80}:[^\s/@\"'<>]{2,120})(?=@)",
        real,
        1,
    ),
    _rule(
        "password",
        r"\bcurl\b(?:[^\n]|\\\n){0,300}?\s(?:-u|--user|-U|--proxy-user)[\s=]+[\"']?([^\s$<]{0,80}:[^\s$]{0,80})",
        lambda value: len(value) >= 6 and real(value),
        1,
    ),
    _rule("password", r"\bBUNDLE_[A-Z_]*CONTRIBSYS__COM[\"']?\s*[=:]\s*[\"']?([^\s\"';]+)", real, 1),
    _rule(
        "password",
        rf"(?i){_CALLED}[a-z0-9_\-]{{0,16}}{_IS}{_QUOTE}(?<=[\"'`])([^\"'`\n]{{3,120}})",
        password,
        1,
    ),
    _rule("password", rf"(?i){_CALLED}[a-z0-9_\-]{{0,16}}{_IS}([^\s\"'`,;&]{{3,120}})", password, 1),
    _rule("key", rf"{_KEYS}{_IS}{_QUOTE}([A-Za-z0-9_\-+/=.~:]{{8,}})", keyed, 1),
    _rule("card number", r"(?<![\d.,\-])[2-6]\d{3}(?:[ \-]?\d){9,15}(?![\d\-])", luhn),
    _rule("IBAN", r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Za-z0-9])", iban),
    _rule("opaque string", r"(?<![A-Za-z0-9_\-/+.])[A-Za-z0-9_\-+]{24,}={0,2}(?![A-Za-z0-9_\-])", opaque),
)
