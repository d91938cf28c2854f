"""The Tesseract reader on rendered text."""

from __future__ import annotations

import re
import threading
from collections import Counter
from pathlib import Path

import pytest
from gum_models.readers.tesseract import OURS, TesseractReader, find_models, tidy
from PIL import Image, ImageDraw, ImageFont

from gum.errors import ReaderError
from gum.plugins import load
from gum.records import Frame, Rect

LINES = (
    "In 1878 keeper Elling Brandvold lit this lamp for strangers at sea.",
    "Tonight it burns for the two of you.",
    "The ferry back leaves at 23:40 from the north pier.",
    "Remember to send the seating plan to Petra before Friday.",
)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[a-z0-9]+", text.lower()))


def frame(
    *, dark: bool = False, scale: float = 1.0, at: tuple[int, int] = (0, 0), lines: tuple[str, ...] = LINES
) -> Frame:
    ink, paper = ((232, 232, 232), (29, 31, 33)) if dark else ((30, 30, 30), (255, 255, 255))
    image = Image.new("RGB", (int(700 * scale), int(200 * scale)), paper)
    font = ImageFont.load_default(int(16 * scale))
    for row, line in enumerate(lines):
        ImageDraw.Draw(image).text((20 * scale, (20 + 30 * row) * scale), line, font=font, fill=ink)
    return Frame(Rect(*at, *image.size), image.tobytes("raw", "BGRX"), scale)


@pytest.fixture(scope="module")
def reader() -> TesseractReader:
    return TesseractReader()


@pytest.mark.parametrize(("dark", "scale"), [(False, 1.0), (True, 1.0), (False, 2.0), (True, 2.0)])
def test_words_are_read_on_light_and_dark_and_at_any_scale(reader: TesseractReader, dark: bool, scale: float) -> None:
    shown = frame(dark=dark, scale=scale)
    expected = words(" ".join(LINES))
    assert sum((words(reader.read(shown, shown.rect)) & expected).values()) >= 0.95 * sum(expected.values())


def test_lines_come_top_to_bottom(reader: TesseractReader) -> None:
    shown = frame()
    assert [line.split()[0] for line in reader.read(shown, shown.rect).splitlines()] == [
        "In",
        "Tonight",
        "The",
        "Remember",
    ]


def test_only_the_area_is_read(reader: TesseractReader) -> None:
    shown = frame(at=(1000, 500))
    text = reader.read(shown, Rect(900, 570, 2000, 40))
    assert "ferry" in text
    assert "Tonight" not in text


@pytest.mark.parametrize("area", [Rect(5000, 5000, 100, 100), Rect(0, 0, 3, 3), Rect(0, 0, 0, 0), Rect(10, 10, -5, 40)])
def test_an_area_without_pixels_has_no_text(reader: TesseractReader, area: Rect) -> None:
    assert reader.read(frame(), area) == ""


def test_an_empty_screen_has_no_text(reader: TesseractReader) -> None:
    blank = frame(lines=())
    assert reader.read(blank, blank.rect) == ""


def test_pixels_that_do_not_fill_the_frame_are_an_error(reader: TesseractReader) -> None:
    with pytest.raises(ReaderError, match="pixels"):
        reader.read(Frame(Rect(0, 0, 100, 100), b"\0" * 17), Rect(0, 0, 100, 100))


def test_threads_read_at_the_same_time_and_get_their_own_text(reader: TesseractReader) -> None:
    said = (
        "apples are red",
        "the river bends",
        "seven cold stones",
        "a green door",
        "letters for Petra",
        "sugar for coffee",
    )
    texts: dict[str, str] = {}

    def read(line: str) -> None:
        shown = frame(lines=(line,))
        texts[line] = reader.read(shown, shown.rect)

    threads = [threading.Thread(target=read, args=(line,)) for line in said]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == {line: line for line in said}


def test_a_closed_reader_says_so() -> None:
    reader = TesseractReader()
    shown = frame()
    assert reader.read(shown, shown.rect)
    reader.close()
    with pytest.raises(ReaderError, match="closed"):
        reader.read(shown, shown.rect)


def test_an_absent_language_is_named_with_those_that_are_there() -> None:
    with pytest.raises(ReaderError, match=r"no model for tlh.*eng"):
        TesseractReader("eng+tlh")


def test_the_first_folder_that_holds_every_language_is_taken(tmp_path: Path) -> None:
    for name in ("eng", "deu"):
        (tmp_path / f"{name}.traineddata").touch()
    assert find_models("eng", [OURS, tmp_path]) == OURS
    assert find_models("deu+eng", [OURS, tmp_path]) == tmp_path


def test_the_package_brings_the_licence_of_its_model() -> None:
    assert "Apache License" in (OURS / "LICENSE").read_text()


def test_rules_and_icons_are_no_lines() -> None:
    assert tidy("  File   Edit \n\n| — ||\n====\nTotal: 4 \n") == "File Edit\nTotal: 4"


def test_a_text_cursor_at_the_end_of_a_line_is_no_character() -> None:
    assert tidy("somehow they reach the shor|\n12 |\nls | wc") == "somehow they reach the shor\n12\nls | wc"


def test_a_bar_where_a_sentence_begins_is_the_word_i() -> None:
    assert tidy("| will send it.\nThank you, | split it\n| Send message\nls | wc") == (
        "I will send it.\nThank you, I split it\nSend message\nls | wc"
    )


def test_the_reader_is_found_by_its_entry_point() -> None:
    assert isinstance(load("gum.readers", "tesseract")(), TesseractReader)
