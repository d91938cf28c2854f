"""A signal stops the daemon at whichever step of its waiting it comes."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

# Sends the signal at each function call and return within the waiting, one after the other.
AT_EVERY_STEP = textwrap.dedent(
    """
    import os, signal, sys
    from gum.daemon.stopping import StopBySignal
    for step in range(1, 40):
        stop, left = StopBySignal(), step

        def come(*_):
            global left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.{number})

        sys.setprofile(come)
        while not stop.wait(0.001):
            pass
        sys.setprofile(None)
        stop.close()
    print("stopped")
    """
)


@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT"])
def test_at_each_step_of_the_waiting_a_signal_is_heard(number: str) -> None:
    code = AT_EVERY_STEP.format(number=number)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "stopped\n"), done.stderr


def test_it_wakes_who_waits_for_long() -> None:
    code = textwrap.dedent(
        """
        import os, signal, threading
        from gum.daemon.stopping import StopBySignal
        stop = StopBySignal()
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()
        print(stop.is_set(), stop.wait(50), stop.wait(50), stop.is_set())
        """
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=40, check=False)
    assert done.stdout == "False True True True\n", done.stderr
