"""The rules of detect-secrets (Yelp), applied line by line.

Of its detectors only the patterns are used; whether a secret is valid they could ask its issuer, which is never done
here.  What its rules take for a key although it only stands for one is left out, save where its authors
count that too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from gum.perceive.redaction.looks import real

#: Module and class of each detector, the kind that it finds, and whether a placeholder counts.
_DETECTORS = (
    ("artifactory", "ArtifactoryDetector", "Artifactory key", True),
    ("aws", "AWSKeyDetector", "AWS key", True),
    ("azure_storage_key", "AzureStorageKeyDetector", "Azure key", False),
    ("basic_auth", "BasicAuthDetector", "password in an address", False),
    ("cloudant", "CloudantDetector", "Cloudant key", False),
    ("discord", "DiscordBotTokenDetector", "Discord token", False),
    ("github_token", "GitHubTokenDetector", "GitHub token", False),
    ("gitlab_token", "GitLabTokenDetector", "GitLab token", False),
    ("ibm_cloud_iam", "IbmCloudIamDetector", "IBM Cloud key", False),
    ("ibm_cos_hmac", "IbmCosHmacDetector", "IBM Cloud key", False),
    ("mailchimp", "MailchimpDetector", "Mailchimp key", False),
    ("npm", "NpmDetector", "npm token", True),
    ("openai", "OpenAIDetector", "OpenAI key", False),
    ("pypi_token", "PypiTokenDetector", "PyPI token", False),
    ("sendgrid", "SendGridDetector", "SendGrid key", False),
    ("softlayer", "SoftlayerDetector", "SoftLayer key", False),
    ("square_oauth", "SquareOAuthDetector", "Square key", False),
    ("stripe", "StripeDetector", "Stripe key", False),
    ("telegram_token", "TelegramBotTokenDetector", "Telegram token", False),
    ("twilio", "TwilioKeyDetector", "Twilio key", True),
)
_X_ROW = re.compile(r"(?:A[KSB]IA|ACCA|A3T[A-Z0-9])X{8,}|\*{4,}")
_BASES = frozenset("ACGTN")
_WORD = re.compile(r"[A-Za-z0-9]")
_EDGES = " \t\"'=:,;"
LEAST = 8


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where the detectors find secrets."""
    start = 0
    for line in text.splitlines(keepends=True):
        if any(len(word) >= LEAST for word in line.split()):
            yield from ((start + begin, start + end, kind) for begin, end, kind in _of_line(line))
        start += len(line)


def _of_line(line: str) -> Iterator[tuple[int, int, str]]:
    for pattern, kind, placeholders in _patterns():
        for match in pattern.finditer(line.rstrip("\r\n")):
            begin, end = _secret(match)
            if _counts(line, begin, line[begin:end], placeholders):
                yield begin, end, kind


def _secret(match: re.Match[str]) -> tuple[int, int]:
    """Return where the secret of a match stands: in a group that is long enough for one, or the whole match."""
    groups = [group for group, text in enumerate(match.groups(), 1) if text and len(text) >= LEAST]
    begin, end = match.span(max(groups, key=lambda group: len(match[group]), default=0))
    text = match.string[begin:end]
    return begin + len(text) - len(text.lstrip(_EDGES)), end - (len(text) - len(text.rstrip(_EDGES)))


def _counts(line: str, at: int, secret: str, placeholders: bool) -> bool:
    """Return whether a find stands by itself, is no row of fillers and no sequence of DNA."""
    joined = at > 0 and bool(_WORD.match(line[at - 1])) and bool(_WORD.match(secret))
    dna = set(secret) <= _BASES
    return (
        len(secret) >= LEAST and not joined and not dna and not _X_ROW.search(secret) and (placeholders or real(secret))
    )


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    return tuple(
        (pattern, kind, placeholders)
        for module, name, kind, placeholders in _DETECTORS
        for pattern in getattr(import_module(f"detect_secrets.plugins.{module}"), name)().denylist
    )
