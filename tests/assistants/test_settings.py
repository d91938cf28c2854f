"""Changes to other programs' settings leave everything else as it stands."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from gum.assistants import jsonc, settings, tokens, toml
from gum.assistants.programs import NAME, PROGRAMS, Launch
from gum.cli import gumctl
from gum.errors import ConfigError
from tests.working import Running, running

HOW = Launch("/opt/gumctl", ("mcp", "--client", "cursor"), {})
COMMENTED = """// settings of mine
{
  "theme": "dark", // I like it
  /* servers */
  "mcpServers": {
    "files": { "command": "npx", "args": ["-y", "files"] }, // keep
  },
  "url": "http://a//b",
}
"""
NAMES = st.sampled_from(["a", "b", "mcpServers", "gum", 'q"uote', "ü"])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=8,
)


def test_comments_commas_and_order_are_kept() -> None:
    made = jsonc.with_member(COMMENTED, ("mcpServers", "gum"), {"command": "gumctl"})
    for line in COMMENTED.splitlines():
        assert line in made.splitlines(), line
    assert list(jsonc.parse(made)["mcpServers"]) == ["files", "gum"]
    assert jsonc.parse(jsonc.without_member(made, ("mcpServers", "gum"))) == jsonc.parse(COMMENTED)


@pytest.mark.parametrize(
    "text", ["", "{}", '{"mcpServers": {}}', '{"mcpServers":{"a":{}}}', '{"a":1 // x\n}', "{ // x\n}"]
)
def test_a_member_is_added_wherever_there_is_room(text: str) -> None:
    made = jsonc.with_member(text, ("mcpServers", "gum"), {"command": "gumctl"})
    assert jsonc.parse(made) == jsonc.parse(text) | {
        "mcpServers": jsonc.parse(text).get("mcpServers", {}) | {"gum": {"command": "gumctl"}}
    }


@given(st.dictionaries(NAMES, VALUES, max_size=4), st.sampled_from([None, 2]), VALUES)
def test_any_document_gets_what_was_meant_and_loses_it_again(document: Any, indent: int | None, value: Any) -> None:
    text = json.dumps(document, indent=indent)
    if not isinstance(document.get("mcpServers", {}), dict):
        with pytest.raises(ConfigError):
            jsonc.with_member(text, ("mcpServers", "gum"), value)
        return
    made = jsonc.with_member(text, ("mcpServers", "gum"), value)
    servers = document.get("mcpServers", {})
    assert json.loads(made) == document | {"mcpServers": servers | {"gum": value}}
    without = {key: one for key, one in servers.items() if key != "gum"}
    assert json.loads(jsonc.without_member(made, ("mcpServers", "gum"))) == document | {"mcpServers": without}


@pytest.mark.parametrize("text", ["[1]", "{", '{"a": }', "nonsense", '{"mcpServers": 1}'])
def test_what_is_no_such_document_is_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        jsonc.with_member(text, ("mcpServers", "gum"), {})


def test_toml_keeps_its_comments() -> None:
    text = '# mine\nmodel = "x" # the best\n\n[mcp_servers.files]\ncommand = "npx"\n'
    made = toml.with_member(text, ("mcp_servers", "gum"), {"command": "gumctl", "args": ["mcp"]})
    assert made.startswith(text)
    assert tomllib.loads(made)["mcp_servers"]["gum"] == {"command": "gumctl", "args": ["mcp"]}
    assert tomllib.loads(toml.without_member(made, ("mcp_servers", "gum"))) == tomllib.loads(text)
    with pytest.raises(ConfigError):
        toml.with_member("= broken", ("mcp_servers", "gum"), {})


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home with nothing in it."""
    folder = tmp_path / "person"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in ("XDG_CONFIG_HOME", "CODEX_HOME"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_program_can_be_told_and_left_alone_again(user: Path, name: str) -> None:
    program = PROGRAMS[name]
    edit = settings.installing(program, HOW)
    assert settings.write(edit) is None
    assert edit.path.is_relative_to(user)
    text = edit.path.read_text()
    found: Any = tomllib.loads(text) if program.form == "toml" else json.loads(text)
    for key in (*program.keys, NAME):
        found = found[key]
    assert "/opt/gumctl" in json.dumps(found)
    assert not settings.installing(program, HOW).changes
    settings.write(settings.removing(program))
    assert NAME not in edit.path.read_text()


def test_the_file_of_before_is_kept_and_a_link_followed(user: Path) -> None:
    real = user / "dotfiles" / "mcp.json"
    real.parent.mkdir()
    real.write_text(COMMENTED)
    real.chmod(0o640)
    (user / ".cursor").mkdir()
    (user / ".cursor" / "mcp.json").symlink_to(real)
    kept = settings.write(settings.installing(PROGRAMS["cursor"], HOW))
    assert kept is not None
    assert kept.read_text() == COMMENTED
    assert (user / ".cursor" / "mcp.json").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "gum" in jsonc.parse(real.read_text())["mcpServers"]


def test_a_file_that_changes_meanwhile_is_not_overwritten(user: Path) -> None:
    path = PROGRAMS["cursor"].place()
    path.parent.mkdir()
    path.write_text("{}")
    edit = settings.installing(PROGRAMS["cursor"], HOW)
    path.write_text('{"mine": 1}')
    with pytest.raises(ConfigError, match="changed meanwhile"):
        settings.write(edit)
    assert path.read_text() == '{"mine": 1}'


def test_a_file_that_cannot_be_read_is_left_with_what_to_put_there(user: Path) -> None:
    path = PROGRAMS["codex"].place()
    path.parent.mkdir()
    path.write_text("= broken")
    with pytest.raises(ConfigError, match=r"\[mcp_servers.gum\]"):
        settings.installing(PROGRAMS["codex"], HOW)


def test_install_asks_writes_and_removes(user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(tmp_path / "home") as now:
        monkeypatch.setenv("GUM_HOME", str(now.home.root))
        _installed_and_removed(now, PROGRAMS["cursor"].place())


def _installed_and_removed(now: Running, path: Path) -> None:
    def run(*arguments: str) -> Any:
        return CliRunner().invoke(gumctl, ["install", "cursor", *arguments], catch_exceptions=False)

    printed = run("--print")
    assert json.loads(printed.stdout)["mcpServers"]["gum"]["args"][-3:] == ["mcp", "--client", "cursor"]
    asked = run()
    assert '+    "gum": {' in asked.stderr
    assert "--yes" in asked.stderr
    assert not path.exists()
    assert now.client.clients() == []
    done = json.loads(run("--yes", "--json").stdout)
    assert (done["changed"], done["path"]) == (True, str(path))
    assert jsonc.parse(path.read_text())["mcpServers"]["gum"]["env"] == {"GUM_HOME": str(now.home.root)}
    (client,) = now.client.clients()
    assert (client.name, client.scopes) == ("cursor", ["context", "read"])
    assert tokens.file_of(now.home, "cursor").read_text().strip() not in path.read_text()
    run("--remove", "--yes")
    assert jsonc.parse(path.read_text()) == {"mcpServers": {}}
    assert now.client.clients()[0].revoked
