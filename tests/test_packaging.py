"""What the installed distribution holds."""

from __future__ import annotations

import json
from importlib.metadata import distribution, entry_points

import pytest

from gum import plugins

DISTRIBUTION = distribution("gum-desktop")
FILES = [file for file in DISTRIBUTION.files or () if not file.parts[0].endswith(".dist-info")]
EDITABLE = json.loads(DISTRIBUTION.read_text("direct_url.json") or "{}").get("dir_info", {}).get("editable", False)
of_the_wheel = pytest.mark.skipif(EDITABLE, reason="an editable install lists no files; make test installs the wheel")


@of_the_wheel
def test_the_wheel_owns_its_four_packages_and_the_commands() -> None:
    packages = {file.parts[0] for file in FILES if file.parts[0] != ".."}
    assert packages == {"gum", "gum_observers", "gum_models", "gum_tui"}
    assert {file.name for file in FILES if file.parts[0] == ".."} >= {"gumctl", "gumd"}


@of_the_wheel
def test_the_wheel_holds_no_model_weights() -> None:
    assert [file for file in FILES if file.suffix in {".gguf", ".bin", ".onnx", ".safetensors"}] == []


@of_the_wheel
def test_the_wheel_holds_the_recording_and_the_reader_data_with_its_licence() -> None:
    names = {str(file) for file in FILES}
    assert "gum/demo/recording/recording.json" in names
    assert "gum_models/readers/tessdata/eng.traineddata" in names
    assert any(name.startswith("gum_models/readers/tessdata/LICENSE") for name in names)


@of_the_wheel
def test_the_recording_is_8_megabytes_at_most() -> None:
    assert sum(file.size or 0 for file in FILES if "recording" in file.parts) <= 8 * 2**20


@pytest.mark.parametrize("group", plugins.GROUPS)
def test_every_entry_point_can_be_loaded(group: str) -> None:
    for point in entry_points(group=group):
        assert plugins.load(group, point.name) is not None


def test_an_unknown_plugin_names_the_nearest() -> None:
    with pytest.raises(plugins.PluginError, match="statistical"):
        plugins.load("gum.engines", "statistic")
    with pytest.raises(plugins.PluginError, match=r"gum\.engines"):
        plugins.load("gum.engine", "statistical")
