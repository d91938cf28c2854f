"""Commands run in this process, on the home in force."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner, Result

from gum.cli import gumctl


def run(*arguments: str, stdin: str | None = None) -> Result:
    """Run a command in this process, with its errors as exceptions."""
    result = CliRunner().invoke(gumctl, list(arguments), input=stdin, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def read(*arguments: str, stdin: str | None = None) -> Any:
    return json.loads(run(*arguments, "--json", stdin=stdin).stdout)
