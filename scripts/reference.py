"""Writes docs/configuration.md and docs/commands.md from the settings and the commands themselves."""

from pathlib import Path

import click

from gum import config
from gum.cli import exit_codes, gumctl

DOCS = Path(__file__).parent.parent / "docs"

SETTINGS = """# Settings

The settings file is `config.toml` in the data directory (`gumctl config path` tells where; `GUM_HOME` moves
everything). A missing file means every default. An unknown key is an error that names the nearest right one.
`gumctl config check` reads the file and says what is wrong; `gumctl config show` prints what is in force.
The daemon reads it at its start.

| key | default | meaning |
|---|---|---|
"""

AFTER = """
## Settings of single parts

`[observers.screen]` with `accessibility = true`: an application that offers its text on the accessibility bus
(editors, viewers, office programs, not browsers) is asked for it instead of reading its pixels. It costs less and
makes no reading mistakes; the text may reach beyond the visible part, and the pixels are then not kept, because nobody
looked in them for secrets. It is off until asked for.

`[infer]` with `reader = "rapidocr"`: the optional reader for other scripts and photos, after
`.venv/bin/pip install '.[rapidocr]'`; it costs about seven times what Tesseract does.
"""

COMMANDS = """# Commands

`gumctl` is the one command; `python -m gum` is the same, `gumd` is the daemon's own entry. Results go to stdout,
everything else to stderr. `--json` is there wherever there is something to read; its keys are kept.

"""


def settings() -> str:
    """Return the page of settings, one row each."""
    rows = []
    for key, field in config.fields().items():
        default = repr(field.get_default(call_default_factory=True)).replace("\\\\", "\\").replace("|", "\\|")
        rows.append(f"| `{key}` | `{default}` | {field.description} |\n")
    return SETTINGS + "".join(rows) + AFTER


def commands() -> str:
    """Return the page of commands, each group with its options, and the exit codes."""
    codes = (exit_codes.__doc__ or "").partition("\n\n")[2]
    return f"{COMMANDS}{_group(gumctl, 'gumctl')}\n## Exit codes\n\n{codes}"


def _group(group: click.Group, name: str) -> str:
    context = click.Context(group, info_name=name)
    own, groups = [], []
    for key in group.list_commands(context):
        command = group.get_command(context, key)
        if isinstance(command, click.Group):
            groups.append(f"\n## {name} {key}\n\n{command.help}\n\n{_group(command, f'{name} {key}')}")
        elif command is not None:
            own.append(_command(command, f"{name} {key}"))
    return "".join(own + groups)


def _command(command: click.Command, name: str) -> str:
    context = click.Context(command, info_name=name)
    usage = " ".join(piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]")
    text = f"- `{f'{name} {usage}'.strip()}`: {command.help}\n"
    for option in command.params:
        if isinstance(option, click.Option) and option.name != "as_json":
            names = f"`{'`, `'.join((*option.opts, *option.secondary_opts))}`"
            text += f"  - {names}: {option.help}\n" if option.help else f"  - {names}\n"
    return text


if __name__ == "__main__":
    DOCS.joinpath("configuration.md").write_text(settings(), encoding="utf-8")
    DOCS.joinpath("commands.md").write_text(commands(), encoding="utf-8")
