"""Turns every way a command can end into an exit code, and every error into a sentence."""

from __future__ import annotations

import logging
import os
import sys

import click

from gum.cli.exit_codes import ExitCode
from gum.errors import GumError


def run(command: click.Command) -> None:
    """Run the command line and exit.  A fault of ours goes to the log, without content, never to the screen."""
    logging.getLogger().addHandler(logging.NullHandler())  # warnings reach the person as sentences, not as log lines
    try:
        code = command.main(standalone_mode=False)
    except click.exceptions.Abort:
        _say("Interrupted.")
        code = ExitCode.INTERRUPTED
    except KeyboardInterrupt:
        _say("Interrupted.")
        code = ExitCode.INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = ExitCode.OK
    except GumError as error:
        _say(str(error))
        code = error.exit_code
    except Exception as error:  # noqa: BLE001 - the person must not meet a traceback, whatever failed
        code = _fault(error)
    sys.exit(code if isinstance(code, int) else ExitCode.OK)


def _fault(error: Exception) -> int:
    from gum import paths
    from gum.daemon import logs

    home = paths.home()
    where = ""
    try:
        home.create()
        handler = logs.to_file(home.log)
        logging.getLogger("gum.cli").error("a command failed", exc_info=error)
        logs.close(handler)
        where = f"; {home.log} says where"
    except (GumError, OSError):
        where = ""
    _say(f"A fault of ours ({type(error).__name__}){where}.")
    return ExitCode.FAULT


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)
