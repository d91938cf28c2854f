"""Where the server is and how it is asked."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from gum.errors import EngineUnavailableError

EXAMPLE = "http://127.0.0.1:8080/v1"


@dataclass(frozen=True, slots=True)
class Settings:
    """The section `openai`; `address` ends where the paths of the API begin, without a slash."""

    address: str
    model: str = ""
    characters: int = 6000
    images: bool = True
    image_tokens: int = 256
    temperature: float = 0.2
    seed: int = 1
    timeout_s: float = 300.0
    tries: int = 4

    @property
    def host(self) -> str:
        """The server's name."""
        return urlsplit(self.address).hostname or ""

    @property
    def is_here(self) -> bool:
        """Whether the server is on this machine."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def where(self) -> str:
        """The server as `status` and the authors of propositions name it."""
        parts = urlsplit(self.address)
        return f"{self.host}:{parts.port}" if parts.port else self.host


def settled(config: Any) -> Settings:
    """Return the section's settings.

    Raises EngineUnavailableError when no address is named, or one on another machine that the settings do not let out.
    """
    chosen = getattr(config, "openai", None)
    if chosen is None or not chosen.address:
        raise EngineUnavailableError(f"No server is named; set openai.address, such as {EXAMPLE!r}.")
    address = chosen.address.rstrip("/").removesuffix("/chat/completions")
    settings = Settings(
        address=address,
        model=chosen.model,
        characters=chosen.characters,
        images=chosen.images,
        image_tokens=chosen.image_tokens,
        temperature=chosen.temperature,
        seed=chosen.seed,
        timeout_s=chosen.timeout_s,
        tries=chosen.tries,
    )
    if not settings.is_here and "engines" not in config.network.allow:
        raise EngineUnavailableError(
            f"The server {settings.where} is another machine: add 'engines' to network.allow to let redacted texts "
            "and frames be sent there."
        )
    return settings
