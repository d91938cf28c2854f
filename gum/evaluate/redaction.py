"""How well redaction does on collected secrets, on what only looks like one, and on personal data.

Counted per secret: it is hidden when no run of 8 of its characters is left in the text, and none in a second reading
of the pixels that would be kept.  Through a reader, case, spaces and characters that readers take for one another are
made one before the comparison, so that a misread character hides nothing.  A look-alike counts as a false positive when
anything of its text was redacted.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gum.errors import RecordingError
from gum.evaluate.rendering import EDITOR, TERMINAL, render
from gum.perceive.contacts import without_contacts
from gum.perceive.encoding import decode, encode, from_image
from gum.perceive.reading import Readings
from gum.perceive.redaction import redact
from gum.perceive.redaction.looks import entropy, fragment
from gum.protocols import Reader
from gum.records import Frame

RUN = 8
KEPT_QUALITY = 60
_MASKS = re.compile(r"\[(?:redacted|contact): [^\]]*\]")
_RUN = re.compile(r"[A-Za-z0-9+/=_~!$%^&*.\-]{8,}")
_SIGN_IN = re.compile(r"//([^\s/@]+:[^\s/@]+)@")
_ADDRESS = re.compile(r"(?i)\bhttps?://(?!hooks\.)(?![^\s/@]+@)[^\s\"'?]+")
_IS_NAME = re.compile(r"[\"'”]?\s*[:=](?!\d)")
_NAMED = re.compile(r"^.*?[A-Za-z]=+(?=[^=])")
_INTERNET = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}")
_ONE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "!": "l", "5": "s", "8": "b", "2": "z", "q": "o"})
#: Kinds of personal data that are taken out of what is kept; of others the recall is told as well.
COVERED = frozenset(
    [
        "CREDIT_CARD",
        "IBAN_CODE",
        "US_SSN",
        "US_DRIVER_LICENSE",
        "PHONE_NUMBER",
        "EMAIL_ADDRESS",
        "IP_ADDRESS",
        "STREET_ADDRESS",
    ]
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One text; `secrets` are what must not be left of it, none in a look-alike."""

    rule: str
    text: str
    secrets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many secrets of a rule were hidden, and how many look-alikes were redacted."""

    secrets: int = 0
    hidden: int = 0
    look_alikes: int = 0
    redacted: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.secrets + other.secrets,
            self.hidden + other.hidden,
            self.look_alikes + other.look_alikes,
            self.redacted + other.redacted,
        )

    @property
    def recall(self) -> float | None:
        """The share of the secrets that were hidden; None when there were none."""
        return self.hidden / self.secrets if self.secrets else None

    @property
    def false_positive_rate(self) -> float | None:
        """The share of the look-alikes that were redacted; None when there were none."""
        return self.redacted / self.look_alikes if self.look_alikes else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The counts by rule, and over all."""

    per_rule: dict[str, Count]
    total: Count


def load(path: Path) -> list[Sample]:
    """Read samples of one of the forms that the secrets and the personal data have, plain or gzip-compressed.

    Lines of JSON with `rule, label, text` (label 'tp' or 'fp'), or `plugin, text, secret`; or one JSON list, or lines,
    of `full_text, spans`.  Raises RecordingError that names the file and the row.
    """
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise RecordingError(f"{path} cannot be read ({type(error).__name__}).") from error
    samples: list[Sample] = []
    for number, row in enumerate(_rows(path, text), 1):
        try:
            samples += _samples(row)
        except (KeyError, TypeError) as error:
            raise RecordingError(f"{path}, row {number}: the key {error} is missing or of another type.") from error
    if not samples:
        raise RecordingError(f"{path} holds no samples.")
    return samples


def _rows(path: Path, text: str) -> list[dict[str, Any]]:
    try:
        if text.lstrip().startswith("["):
            return list(json.loads(text))
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except ValueError as error:
        raise RecordingError(f"{path} is neither lines of JSON nor one JSON list: {error}.") from error


def _samples(row: dict[str, Any]) -> list[Sample]:
    if "full_text" in row:
        text = str(row["full_text"])
        spans = [(str(span["entity_type"]), str(span["entity_value"])) for span in row["spans"]]
        if not any(kind in COVERED for kind, _ in spans):
            return [Sample("ordinary", text, ()), *(Sample(kind, text, (value,)) for kind, value in spans)]
        return [Sample(kind, text, (value,)) for kind, value in spans]
    true = row["label"] == "tp" if "label" in row else bool(row["secret"])
    text = str(row["text"])
    return [Sample(str(row.get("rule") or row["plugin"]), text, secrets_of(text) if true else ())]


def secrets_of(text: str) -> tuple[str, ...]:
    """Return what of a text that is known to hold a secret is the secret.

    A private key; what signs in before the '@' of an address; else of the runs of 8 characters or more outside of
    addresses the most random one that has letters and digits, or an address of numbers, or the last; else all.
    """
    if "PRIVATE KEY" in text:
        return tuple(line for line in text.splitlines() if len(line) >= RUN and "-----" not in line) or (text,)
    if signed := _SIGN_IN.search(text):
        return (signed[1].rpartition(":")[2],)
    plain = _ADDRESS.sub(" ", text)
    whole = [match[0] for match in _RUN.finditer(plain)]
    values = [match[0] for match in _RUN.finditer(plain) if not _IS_NAME.match(plain, match.end())]
    runs = [run for one in values or whole if len(run := _NAMED.sub("", one)) >= RUN]
    mixed = [run for run in runs if any(map(str.isdigit, run)) and any(map(str.isalpha, run))]
    telling = mixed or [run for run in runs if _INTERNET.fullmatch(run)] or [run for run in runs if fragment(run)]
    return (max(telling, key=_weight) if telling else runs[-1] if runs else text.strip(),)


def _weight(run: str) -> float:
    return entropy(run) * math.sqrt(len(run))


def survives(secret: str, text: str, *, read: bool = False) -> bool:
    """Return whether a run of 8 characters of a secret, or all of a shorter one, is left in a text."""
    text = _MASKS.sub(" ", text)
    known, shown = (_folded(secret), _folded(text)) if read else (secret, text)
    if len(known) <= RUN:
        return known in shown
    return any(known[at : at + RUN] in shown for at in range(len(known) - RUN + 1))


def _folded(text: str) -> str:
    return re.sub(r"\s", "", text.casefold()).translate(_ONE)


def measure(samples: Sequence[Sample], reader: Reader | None = None, threads: int = 2) -> Outcome:
    """Return how redaction does on the texts, or on what the reader reads of them on a terminal and in an editor."""
    texts = list(dict.fromkeys(sample.text for sample in samples))
    if reader is None:
        left = {text: _raw(text) for text in texts}
    else:
        readings = Readings(reader)
        with ThreadPoolExecutor(threads) as pool:
            shown = pool.map(lambda item: _through(item[1], item[0], readings, reader), enumerate(texts))
            left = dict(zip(texts, shown, strict=True))
    counts: dict[str, Count] = defaultdict(Count)
    for sample in samples:
        counts[sample.rule] += _count(sample, *left[sample.text], read=reader is not None)
    named = {rule: counts[rule] for rule in sorted(counts)}
    return Outcome(named, sum(_of_total(named), Count()))


def _of_total(counts: dict[str, Count]) -> Iterable[Count]:
    """Leave out of the total the kinds of personal data that are not meant to be hidden."""
    personal = bool(COVERED & counts.keys())
    return (count for rule, count in counts.items() if not personal or rule in COVERED or count.look_alikes)


def _count(sample: Sample, left: str, changed: bool, *, read: bool) -> Count:
    if not sample.secrets:
        return Count(look_alikes=1, redacted=int(changed))
    return Count(secrets=1, hidden=int(not any(survives(one, left, read=read) for one in sample.secrets)))


def _raw(text: str) -> tuple[str, bool]:
    """Return what is left of a text, and whether anything was taken out."""
    left = without_contacts(redact(text).text)
    return left, left != text


def _through(text: str, number: int, readings: Readings, reader: Reader) -> tuple[str, bool]:
    """Return what is left of a text shown in a window: as read, and read again from the pixels that would be kept."""
    frame = render(text, (TERMINAL, EDITOR)[number % 2])
    reading = readings.read(frame)
    left = without_contacts(reading.text)
    changed = reading.secret or left != reading.text
    if not reading.secret:
        kept = _kept(frame)
        left += "\n" + without_contacts(redact(reader.read(kept, kept.rect)).text)
    return left, changed


def _kept(frame: Frame) -> Frame:
    return from_image(decode(encode(frame, KEPT_QUALITY), "of the evaluation"), frame.rect)
