"""The report of any evaluation: whole, plain, with nothing of it taken for markup."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from gum.errors import StoreReadOnlyError
from gum.evaluate import report
from gum.evaluate.report.diagram import reliability_diagram
from gum.evaluate.report.page import page

RETRIEVAL = {
    "recall_at_10": {"ours": 0.71234, "fts5": 0.6},
    "settings": ["a", "b"],
    "bins": None,
    "rows": [{"question": "<b>who?</b>", "met": True}],
}


def test_figures_stand_under_their_path_and_texts_are_escaped() -> None:
    made = page({"retrieval": RETRIEVAL}, None)
    assert "recall_at_10.ours" in made
    assert "0.712" in made
    assert "&lt;b&gt;who?&lt;/b&gt;" in made
    assert "<b>who?" not in made


def test_the_diagram_is_a_picture_with_points() -> None:
    bins = [{"mean": 0.3, "true": 0.4, "count": 4}, {"mean": 0.8, "true": 0.7, "count": 20}]
    with_points = reliability_diagram(bins, [])
    assert Image.open(io.BytesIO(with_points)).format == "PNG"
    assert with_points != reliability_diagram([], [])


def test_files_are_written_and_named(tmp_path: Path) -> None:
    written = report.write(tmp_path / "new" / "folder", {"retrieval": RETRIEVAL})
    assert [file.name for file in written] == ["report.html", "report.json"]
    assert all(file.stat().st_size for file in written)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreReadOnlyError, match="file"):
        report.write(tmp_path / "file", {"retrieval": RETRIEVAL})
