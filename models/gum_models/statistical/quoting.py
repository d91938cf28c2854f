"""Verbatim quotes: which words of which observation stand for a finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from gum.records import Quote
from gum_models.statistical.apps import Role
from gum_models.statistical.digest import Sighting, Text, View
from gum_models.statistical.errors import is_error
from gum_models.statistical.language import (
    begins,
    content,
    lines,
    plain,
    sentences,
    similar,
    skeleton,
    typed_sentences,
    words,
)
from gum_models.statistical.lures import is_lure

MOST_QUOTES = 10
LONGEST_QUOTE = 240
_PART = 12
_BARE = 6  # so many words or more are a sentence without a full stop
_LABEL = 4  # so many words or fewer may be a button
_CHROME = re.compile(
    r"\b(?:From|To|Subject|Cc):|https?:|www\.|\b[\w-]+\.[a-z]{2,6}/|©|[|<>]{2,}|"
    r"^\W*(?:file|edit|view|search|help)\b.*\b(?:edit|view|help|document)\b",
    re.I,
)
_SPACES = re.compile(r"\s+")


def quoted(
    view: View,
    sightings: Sequence[Sighting],
    reached: Callable[[Sequence[Sighting]], bool],
    pick: Callable[[Sighting], Iterable[Quote]],
) -> tuple[Quote, ...]:
    """Return the quotes of this episode for a finding that the sightings support, or nothing.

    When this episode is the one that tips the finding over its bar, quotes of the earlier ones,
    one a day, come first.
    """
    current = [sighting for sighting in sightings if sighting.episode == view.current.episode]
    if not current or not reached(sightings):
        return ()
    past = [sighting for sighting in sightings if sighting.episode != view.current.episode]
    chosen = list(current)
    if past and not reached(past):
        chosen = [*one_a_day(past), *current]
    each = max(2, MOST_QUOTES // len(chosen))
    return tuple(quote for sighting in chosen for quote in distinct(pick(sighting))[:each])


def one_a_day(sightings: Sequence[Sighting], most: int = 5) -> list[Sighting]:
    """Return the longest sighting of each of the last days; the last ones when all are of one day."""
    best: dict[object, Sighting] = {}
    for sighting in sightings:
        held = best.get(sighting.day)
        if held is None or sighting.seconds > held.seconds:
            best[sighting.day] = sighting
    return list(best.values() if len(best) > 1 else sightings)[-most:]


def distinct(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return the quotes without repeats and without beginnings of others, the first ones kept."""
    kept: list[Quote] = []
    for quote in quotes:
        if quote.text and not any(_holds(held.text, quote.text) for held in kept):
            kept.append(quote)
    return tuple(kept[:MOST_QUOTES])


def _holds(whole: str, part: str) -> bool:
    """Say whether a quote says all that another says: the same, or its full form."""
    one, two = skeleton(whole), skeleton(part)
    return one == two or begins(part, whole)


def of_title(sighting: Sighting, piece: str = "") -> Quote:
    """Return a quote from the title: the piece where it stands there verbatim, else the whole title."""
    shown = _SPACES.sub(" ", sighting.shown.title)
    return Quote(sighting.shown.id, piece if piece and piece in shown else shown.strip())


def of_typed(sighting: Sighting, most: int = 3) -> list[Quote]:
    """Return the longest sentences that the person typed."""
    found = [(seen, sentence) for seen in sighting.typed for sentence in typed_sentences(new_text(sighting, seen))]
    best = sorted(found, key=lambda item: -len(words(item[1])))
    return list(distinct(clipped(seen, text) for seen, text in best if len(words(text)) > 1))[:most]


def new_text(sighting: Sighting, seen: Text) -> str:
    """Return a text without the buttons and headings of its page.

    An empty line takes their place, so that no sentence goes on behind a button.
    """
    if sighting.role not in (Role.BROWSER, Role.MAIL, Role.CHAT):
        return seen.text
    furniture = sighting.once(_furniture)
    return "\n".join("" if skeleton(line) in furniture else line for line in seen.text.splitlines())


def _furniture(sighting: Sighting) -> frozenset[str]:
    """Return the lines that stood on screen before anything was typed, and are a few words or the window's subject.

    A whole sentence is left: keys may be counted late, so that it is told to be typed only at a later reading.
    """
    first = min((seen.captured_at for seen in sighting.typed), default=None)
    before = [seen.text for seen in sighting.texts if first and seen.kind != "typed" and seen.captured_at < first]
    subject = skeleton(sighting.title.subject)
    return frozenset(
        skeleton(line)
        for text in before
        for line in lines(text)
        if (len(words(line)) <= _LABEL and not line.endswith((",", ".", "!", "?", ":", ";")))
        or (subject and skeleton(line).endswith(subject))
    )


def of_content(sighting: Sighting, about: Iterable[str], most: int = 4) -> list[Quote]:
    """Return the sentences on screen that tell most of the subject: its words, numbers and names.

    What the person typed there is left to `of_typed`.
    """
    stems = set(about)
    typed = skeleton(" ".join(seen.text for seen in sighting.typed))
    scored: list[tuple[float, int, Text, str]] = []
    for seen in sighting.texts:
        if seen.kind == "typed":
            continue
        for sentence in statements(sighting, seen):
            score = _told(sentence, stems)
            own = len(sentence) >= _PART and skeleton(sentence)[:-2] in typed
            if score > 0 and not own and not any(similar(sentence, held[3]) for held in scored):
                scored.append((score, len(scored), seen, sentence))
    best = sorted(sorted(scored, key=lambda item: -item[0])[:most], key=lambda item: item[1])
    return [clipped(seen, sentence) for _, _, seen, sentence in best]


def of_line(sighting: Sighting, wanted: Callable[[str], bool]) -> list[Quote]:
    """Return the first line on screen that is wanted, or nothing."""
    for seen in sighting.texts:
        for line in lines(seen.text):
            if wanted(line):
                return [clipped(seen, line)]
    return []


def statements(sighting: Sighting, seen: Text) -> Iterable[str]:
    """Return what an observation says piece by piece: sentences of prose, lines of programs and terminals."""
    by_line = sighting.role is Role.TERMINAL or sighting.title.code
    return lines(seen.text) if by_line else sentences(seen.text)


def clipped(seen: Text, text: str) -> Quote:
    """Return a quote of bounded length, cut at a word."""
    body = _SPACES.sub(" ", text).strip()
    if len(body) > LONGEST_QUOTE:
        body = body[:LONGEST_QUOTE].rsplit(" ", 1)[0]
    return Quote(seen.id, body)


def _told(sentence: str, stems: set[str]) -> float:
    """Score a sentence: a word of the subject 2, a number 1.5, a name 0.5; an error 6; not a sentence, nothing."""
    said = words(sentence)
    if is_error(sentence):
        return 6.0
    if (
        len(said) < 4
        or _CHROME.search(sentence)
        or is_lure(sentence)
        or sum(map(str.isalpha, sentence)) < 0.6 * len(sentence)
    ):
        return 0.0
    subject = len(stems & set(content(sentence)))
    if not subject and len(said) < _BARE and not sentence.endswith((".", "!", "?")):
        return 0.0
    numbers = len(re.findall(r"\b\d[\d:.,]*\b", sentence))
    named = len(re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", plain(sentence)))
    return 0.1 + 2 * min(subject, 2) + 1.5 * min(numbers, 2) + 0.5 * min(named, 2)
