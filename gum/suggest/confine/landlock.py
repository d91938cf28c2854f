"""Landlock: the kernel's own limits on one thread, which it can never shed (Linux 5.13 and later).

Numbers and structures are those of linux/landlock.h.  Reading stays free; writing, making and removing are allowed
below one folder only; starting a program, making links and special files, and TCP are allowed nowhere.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION = 1
_PATH_BENEATH = 1
_NO_NEW_PRIVILEGES = 38

_EXECUTE, _WRITE_FILE, _REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG = (1 << n for n in (0, 1, 4, 5, 7, 8))
_SPECIAL = sum(1 << n for n in (6, 9, 10, 11, 12))  # devices, sockets, pipes, symbolic links
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_TCP = 0b11


def version() -> int:
    """Return the kernel's version of Landlock, 0 where there is none."""
    if sys.platform != "linux":
        return 0
    return max(0, _call(_CREATE_RULESET, None, 0, _VERSION))


def restrict_thread(folder: Path) -> bool:
    """Limit the calling thread to writing below the folder, for ever; return whether the kernel does so."""
    abi = version()
    if not abi:
        return False
    inside = _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG
    handled = inside | _EXECUTE | _SPECIAL
    if abi >= 2:
        handled, inside = handled | _REFER, inside | _REFER
    if abi >= 3:
        handled, inside = handled | _TRUNCATE, inside | _TRUNCATE
    wanted = struct.pack("=QQ", handled, _TCP) if abi >= 4 else struct.pack("=Q", handled)
    rules = _call(_CREATE_RULESET, wanted, len(wanted), 0)
    place = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", inside, place)
        return (
            rules >= 0
            and _call(_ADD_RULE, rules, _PATH_BENEATH, rule, 0) == 0
            and ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
            and _call(_RESTRICT_SELF, rules, 0) == 0
        )
    finally:
        os.close(place)
        if rules >= 0:
            os.close(rules)


def _call(number: int, *arguments: object) -> int:
    library = ctypes.CDLL(None)
    library.syscall.restype = ctypes.c_long
    words = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    return int(library.syscall(ctypes.c_long(number), *words))
