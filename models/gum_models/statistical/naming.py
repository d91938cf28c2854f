"""How a subject is called in a sentence: by the words of a title that name it, in their own letters."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from gum_models.statistical.language import plain, stem

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SMALL = 2  # so many small words more than words of the subject may stand in its name
_BREAK = re.compile(r"[.:;,!?()|–—]|\s-\s")


def subject(titles: Sequence[str], stems: Sequence[str]) -> str:
    """Return the shortest run of words in one title that holds all the stems; else the stems' words with commas."""
    runs = [(run, plain(title)) for title in titles if (run := _run(plain(title), frozenset(stems)))]
    if runs:
        # Behind a title's first word capitals are those of names.
        return min(runs, key=lambda run: (len(run[0]), run[1].startswith(run[0])))[0]
    return ", ".join(_parts(map(plain, titles), stems))


def _run(title: str, stems: Collection[str]) -> str:
    """Return the shortest piece of the title with every stem, no sentence mark inside; empty when there is none."""
    said = list(_WORD.finditer(title))
    roots = [stem(hit[0].casefold()) for hit in said]
    best = ""
    for first in range(len(said)):
        for last in range(first, min(len(said), first + len(stems) + _SMALL)):
            piece = title[said[first].start() : said[last].end()]
            if set(stems) <= set(roots[first : last + 1]):
                if not _BREAK.search(piece) and (not best or len(piece) < len(best)):
                    best = piece
                break
    return best


def _parts(titles: Iterable[str], stems: Sequence[str]) -> list[str]:
    """Return the stems' words as the titles write them, neighbours of one title together."""
    rest = list(stems)
    parts: list[str] = []
    for title in titles:
        end = -1
        for hit in _WORD.finditer(title):
            root = stem(hit[0].casefold())
            if root not in rest:
                continue
            rest.remove(root)
            if end >= 0 and not title[end : hit.start()].strip():
                parts[-1] += f" {hit[0]}"
            else:
                parts.append(hit[0])
            end = hit.end()
    return parts + rest
