"""Runs a part of the suite in a network namespace of its own that holds the loopback interface and nothing else.

    unshare --map-root-user --net python -m tests.cut_off tests/api

What passes there needs no way out of the machine.
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import sys

SIOCSIFFLAGS = 0x8914
UP = 0x1


def main() -> None:
    """Bring the loopback interface up, make sure that there is no other, and become pytest."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        fcntl.ioctl(asked, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", UP))
    interfaces = [name for _, name in socket.if_nameindex()]
    if interfaces != ["lo"]:
        sys.exit(f"This is no cut-off namespace: it has {', '.join(interfaces)}.")
    os.execv(sys.executable, [sys.executable, "-m", "pytest", "-q", *sys.argv[1:]])


if __name__ == "__main__":
    main()
