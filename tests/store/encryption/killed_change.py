"""Changes the key of the home named, over and over, until it is killed; says when each change begins."""

from __future__ import annotations

import secrets
import sys
from itertools import cycle
from pathlib import Path

from gum.paths import Home
from gum.store.encryption import conversion, envelope
from gum.store.encryption.holders import FileHolder
from gum.store.lock import OwnerLock


def main(root: str, keys: str) -> None:
    home = Home(Path(root))
    with OwnerLock(home):
        for change in cycle((conversion.rekey, conversion.rekey, conversion.decrypt)):
            conversion.unlock(home, str)
            print("begins", flush=True)
            if envelope.read(home) is None:
                conversion.encrypt(home, FileHolder.new(Path(keys) / secrets.token_hex(8)))
            elif change is conversion.rekey:
                conversion.rekey(home, FileHolder.new(Path(keys) / secrets.token_hex(8)), str)
            else:
                conversion.decrypt(home, str)


if __name__ == "__main__":
    main(*sys.argv[1:])
