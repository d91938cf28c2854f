"""Text in a plain form, so that a word is found however it is written.

Without case, accents, characters that show nothing, and with the letters of other scripts that look like Latin ones as
those (a choice of Unicode's confusables, UTS 39: what shows up in tricks with English words).
"""

from __future__ import annotations

import unicodedata

_PAIRS = (
    "аa вb гr еe зz іi јj кk мm нh оo рp сc тt уy хx ѕs ԁd һh ӏl ԛq ԝw "
    "αa βb εe ηh ιi κk νn οo ρp τt υu χx ϲc ’' ‘' `' ´' “\" ”\" –- —- ‐- ‑-"
)
_LOOKALIKES = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})


def folded(text: str) -> str:
    """Return the plain form, with single blanks."""
    apart = unicodedata.normalize("NFKD", shown(text)).casefold()
    letters = "".join(one for one in apart if not unicodedata.combining(one))
    return " ".join(letters.translate(_LOOKALIKES).split())


def shown(text: str) -> str:
    """Return the text without the characters that show nothing or turn the direction of writing."""
    return "".join(one for one in text if unicodedata.category(one) not in ("Cf", "Cc") or one in "\n\t")
