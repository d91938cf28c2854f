"""Words of adverts, prizes and phishing: text that is meant to work on the person and tells nothing of them."""

from __future__ import annotations

import re

_LURE = re.compile(
    r"\b(won|winner|prize|lottery|jackpot|gift ?card|free (gift|iphone)|congratulations|claim (now|your)|"
    r"verify your|account (suspended|locked|limited)|urgent|act now|limited (time )?offer|sponsored|"
    r"advert(isement)?|\d+ ?% off|sale ends|buy now|click here|hot deals?)\b",
    re.I,
)


def is_lure(text: str) -> bool:
    """Say whether the text reads like an advert, a prize or a phishing mail."""
    return bool(_LURE.search(text))
