"""What each exit code of `gumctl` means.

| code | meaning |
|------|---------|
| 0    | done; for `status`: recording, paused as asked, or a demonstration |
| 1    | an error that has no code of its own |
| 2    | wrong use of the command line, or a settings file that cannot be used |
| 3    | the data directory or the database cannot be used |
| 4    | there is no display to observe |
| 5    | the daemon could not be asked, or it refused |
| 6    | `demo --check`: the scores are below the thresholds |
| 7    | `doctor`: a check failed |
| 10   | `status`: stopped |
| 11   | `status`: running but not capturing |
| 12   | `status`: degraded |
| 70   | a fault of ours; the log says where |
| 130  | interrupted |
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The codes above, by name."""

    OK = 0
    ERROR = 1
    USAGE = 2
    STORE = 3
    NO_DISPLAY = 4
    NO_DAEMON = 5
    BELOW_THRESHOLDS = 6
    CHECK_FAILED = 7
    STOPPED = 10
    NOT_CAPTURING = 11
    DEGRADED = 12
    FAULT = 70
    INTERRUPTED = 130


VERDICT_CODES = {
    "recording": ExitCode.OK,
    "paused": ExitCode.OK,
    "demonstration": ExitCode.OK,
    "stopped": ExitCode.STOPPED,
    "not capturing": ExitCode.NOT_CAPTURING,
    "degraded": ExitCode.DEGRADED,
}
