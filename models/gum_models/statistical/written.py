"""The person's own sentences: typed, or standing in a document that they edit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gum.records import Quote
from gum_models.statistical import quoting
from gum_models.statistical.apps import Role
from gum_models.statistical.digest import Sighting, Text, View, trusted
from gum_models.statistical.language import (
    CURSOR,
    begins,
    lines,
    plain,
    sentences,
    similar,
    skeleton,
    typed_sentences,
    words,
)

# What an editor tells of itself at the foot of its window.
_STATUS_LINE = re.compile(r"\b(?:Ln|Line|Zeile) ?\d+, ?(?:Col|Column|Spalte) ?\d+|\bTab (?:Width|Size): ?\d")
_LONG = 15
_COMPLETE = 0.6  # of a sentence's words, the share that must have been seen being typed


@dataclass(frozen=True, slots=True)
class Own:
    """A sentence of the person's, and the words of it that stand verbatim in one observation."""

    seen: Text
    quote: str
    text: str


@dataclass(slots=True)
class Written:
    """One sentence with every place where it stands, oldest first; `text` is its fullest form."""

    text: str
    places: list[tuple[Sighting, Own]]

    @property
    def at(self) -> datetime:
        """When it was first seen."""
        return self.places[0][1].seen.captured_at

    @property
    def typed(self) -> bool:
        """Say whether the person was seen typing it."""
        return any(own.seen.kind == "typed" for _, own in self.places)

    @property
    def days(self) -> int:
        """On how many days it was seen."""
        return len({sighting.day for sighting, _ in self.places})

    def quotes(self, view: View) -> tuple[Quote, ...]:
        """Return where it stands in this episode, typed and fullest forms first."""
        here = [own for sighting, own in self.places if sighting.episode == view.current.episode]
        here.sort(key=lambda own: (own.seen.kind != "typed", -len(own.quote)))
        return quoting.distinct(quoting.clipped(own.seen, own.quote) for own in here)


def own(sighting: Sighting) -> list[Own]:
    """Return the person's own sentences in a window.

    What is still being typed gives way to its later form, and pieces typed apart to the sentence on screen that
    they make up.
    """
    typed = [
        Own(seen, sentence, sentence)
        for seen in sighting.typed
        if not _came_with_page(sighting, seen)
        for sentence in typed_sentences(quoting.new_text(sighting, seen))
    ]
    kept = [
        Own(seen, sentence, sentence)
        for seen in sighting.texts
        if seen.kind != "typed" and (trusted(seen) or sighting.role is Role.CALENDAR)
        for sentence in (lines(seen.text) if sighting.role is Role.CALENDAR else sentences(seen.text))
        if not _STATUS_LINE.search(sentence)
    ]
    found = _mended([*_completed(sighting, typed), *kept])
    texts = sorted({one.text for one in found})
    passing = {text for text in texts if any(begins(text, other) for other in texts)}
    found = [one for one in found if one.text not in passing]
    return sorted(found, key=lambda one: (one.seen.captured_at, one.seen.id))


def _came_with_page(sighting: Sighting, seen: Text) -> bool:
    """Say whether a text counts as typed though it came with the first reading of a page: keys went into the address.

    A mail that is being written may be read for the first time after its first words.
    """
    if sighting.role is not Role.BROWSER or sighting.title.reply:
        return False
    return not any(other.kind != "typed" and other.captured_at < seen.captured_at for other in sighting.texts)


def _mended(found: Sequence[Own]) -> list[Own]:
    """Give a sentence whose first word is misread the beginning that it had while it was being typed."""
    forms = {one.text: _Form.of(one.text) for one in found}
    beginnings = [form for form in forms.values() if form.words_after >= 2]
    whole = {
        text: next((said for begun in beginnings if (said := begun.mends(form))), text) for text, form in forms.items()
    }
    return [Own(one.seen, one.quote, whole[one.text]) for one in found]


@dataclass(frozen=True, slots=True)
class _Form:
    """A sentence as it is compared with many: its first word and the rest, plain and as skeletons."""

    plain: str
    word: str
    rest: str
    words_after: int
    bones: str
    word_bones: str
    rest_bones: str

    @classmethod
    def of(cls, text: str) -> _Form:
        """Return the form of a sentence."""
        said = plain(text)
        word, _, rest = said.partition(" ")
        return cls(said, word, rest, len(words(rest)), skeleton(text), skeleton(word), skeleton(rest))

    def mends(self, later: _Form) -> str:
        """Return a later reading with the first word that it has in this beginning of it; empty when it is none of it.

        What covers a word, such as the pointer, leaves its end or nothing: 'ort is due 2026-03-09' after 'Report is
        due'.
        """
        if self.words_after < 2 or self.word_bones == later.word_bones:
            return ""
        onward = self.rest_bones[:-CURSOR]
        if later.rest_bones.startswith(onward):
            covered = len(later.word) < len(self.word) and self.word[-1:].casefold() == later.word[-1:].casefold()
            if covered:
                return f"{self.word} {later.rest}"
        return f"{self.word} {later.plain}" if later.bones.startswith(onward) else ""


def written(view: View, read: Callable[[Sighting], Iterable[Own]]) -> list[Written]:
    """Return the sentences that `read` picks from all windows; near-equal readings are one."""
    found: list[Written] = []
    known: dict[str, Written] = {}
    for sighting in view.sightings():
        for one in sighting.once(read):
            key = skeleton(one.text)
            held = known.get(key) or next((other for other in found if _same(other.text, one.text)), None)
            if held is None:
                held = Written(one.text, [])
                found.append(held)
            elif len(one.text) > len(held.text) and begins(held.text, one.text):
                held.text = one.text
            known[key] = held
            held.places.append((sighting, one))
    return found


def _completed(sighting: Sighting, typed: Sequence[Own]) -> list[Own]:
    """Return the typed pieces, each with the sentence on screen that typed pieces make up, where there is one.

    A piece of two words or more may be a part of one.
    """
    whole: dict[int, str] = {}
    lengths = [len(words(piece.text)) for piece in typed]
    pieces = [(n, skeleton(piece.text)) for n, piece in enumerate(typed) if lengths[n] >= 2]
    for seen in sighting.texts if typed else ():
        if seen.kind == "typed":
            continue
        for sentence in sentences(quoting.new_text(sighting, seen)):
            bones = skeleton(sentence)
            parts = [n for n, part in pieces if len(part) < len(bones) and part[: len(part) - CURSOR] in bones]
            said = sum(lengths[n] for n in _longest(parts, typed))
            if parts and said >= _COMPLETE * len(words(sentence)):
                whole |= {n: sentence for n in parts if len(sentence) > len(whole.get(n, typed[n].text))}
    return [Own(piece.seen, piece.quote, whole.get(n, piece.text)) for n, piece in enumerate(typed)]


def _longest(parts: Sequence[int], typed: Sequence[Own]) -> list[int]:
    """Return the parts that are no beginnings of others, each text once, so that no word is counted twice."""
    texts = {typed[n].text: n for n in reversed(parts)}
    return [n for text, n in texts.items() if not any(begins(text, other) for other in texts)]


def _same(first: str, second: str) -> bool:
    if similar(first, second, 0.9):
        return True
    return len(first) >= _LONG and len(second) >= _LONG and (begins(first, second) or begins(second, first))
