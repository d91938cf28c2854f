"""Writes a one-page PDF with real text, without a dependency."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def write_pdf(lines: Sequence[str], path: Path, title: str) -> None:
    """Write one A4 page of Helvetica; a line that begins with '# ' is a heading."""
    stream = "\n".join(_drawn(lines)).encode("latin-1", "replace")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Title(" + _escaped(title).encode("latin-1", "replace") + b")>>",
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table)
    path.write_bytes(out)


def _drawn(lines: Sequence[str]) -> list[str]:
    y, drawn = 780, []
    for line in lines:
        size = 18 if line.startswith("# ") else 13
        drawn.append(f"BT /F1 {size} Tf 60 {y} Td ({_escaped(line.removeprefix('# '))}) Tj ET")
        y -= size + 9
    return drawn


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
