"""Writes docs/configuration.md from the settings themselves."""

from pathlib import Path

from gum import config

HEAD = """# Settings

The settings file is `config.toml` in the data directory (`gumctl config path` tells where; `GUM_HOME` moves everything).
A missing file means every default. An unknown key is an error that names the nearest right one. `gumctl config check` reads
the file and says what is wrong; `gumctl config show` prints what is in force. The daemon reads it at its start.

| key | default | meaning |
|---|---|---|
"""


def main() -> None:
    """Write one row a setting."""
    rows = []
    for key, field in config.fields().items():
        default = repr(field.get_default(call_default_factory=True)).replace("|", "\\|").replace("\\\\", "\\")
        rows.append(f"| `{key}` | `{default}` | {field.description} |\n")
    Path(__file__).parent.parent.joinpath("docs", "configuration.md").write_text(HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
