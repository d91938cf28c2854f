"""Text from pixels by Tesseract 5.

Measured on ten dense 1920x1080 screens (one thread): page segmentation mode 6 with 1.5 times enlarged pixels finds
.995 of the words with .971 precision in 1.3 CPU-seconds; mode 3 loses terminal lines between rules.  On windows of an
editor, a browser and a terminal in use, 1.75 times finds .990/.976/.983 of the words (1.5 times: .976/.976/.986; with
case and punctuation .981/.939/.881 against .965/.936/.867) in 0.21 CPU-seconds.
Tesseract's own inversion of dark areas costs recall, so a dark area is inverted here.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gum.errors import ReaderError
from gum.protocols import Reader
from gum.records import Frame, Rect
from gum_models.readers.pixels import cut

if TYPE_CHECKING:
    from PIL.Image import Image

OURS = Path(__file__).parent / "tessdata"
DARK = 110
ENLARGED = 1.75
LONGEST_S = 30
_SYSTEM = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


def reader(language: str = "eng", apart_s: float | None = None) -> Reader:
    """Return the reader, in a process of its own where `apart_s` says for how long that rests before it ends.

    Raises ReaderError when a language is not installed.
    """
    if apart_s is None or os.name != "posix":
        return TesseractReader(language)
    from gum_models.readers.apart import ApartReader

    find_models(language, model_folders())
    return ApartReader(TesseractReader.name, language, apart_s)


class TesseractReader:
    """Reads any area of a frame; safe to call from several threads, `parallel` of them read at once.

    `language` names models joined by '+', as in 'eng+deu'; English comes with the package, others from the system.
    Raises ReaderError when a language is not installed.
    """

    name = "tesseract"

    def __init__(self, language: str = "eng", parallel: int = 2) -> None:
        self._language = language
        self._folder = find_models(language, model_folders())
        self._free: list[Any] = []
        self._turn = threading.BoundedSemaphore(parallel)
        self._lock = threading.Lock()
        self._closed = False

    def read(self, frame: Frame, area: Rect) -> str:
        """Return the text in `area` (screen pixels) of the frame, lines top to bottom.

        Raises ReaderError; an empty string means that there is no text.
        """
        image = cut(frame, area)
        if image is None:
            return ""
        with self._engine() as engine:
            return tidy(_recognize(engine, prepared(image, frame.scale)))

    def close(self) -> None:
        """Free the engines; one that is reading is freed when it is done."""
        with self._lock:
            self._closed = True
            free, self._free = self._free, []
        for engine in free:
            engine.End()

    @contextmanager
    def _engine(self) -> Iterator[Any]:
        with self._turn:
            with self._lock:
                if self._closed:
                    raise ReaderError("The reader is closed.")
                engine = self._free.pop() if self._free else None
            engine = engine or _start(self._folder, self._language)
            try:
                yield engine
            finally:
                with self._lock:
                    keep = not self._closed
                    if keep:
                        self._free.append(engine)
                if not keep:
                    engine.End()


def model_folders() -> list[Path]:
    """Return where models are looked for, ours first."""
    named = os.environ.get("TESSDATA_PREFIX")
    return [OURS, *([Path(named)] if named else []), *map(Path, _SYSTEM)]


def find_models(language: str, folders: Sequence[Path]) -> Path:
    """Return the first folder that holds every language.  Raises ReaderError naming those that are missing."""
    wanted = [name for name in language.split("+") if name]
    for folder in folders:
        if wanted and all((folder / f"{name}.traineddata").is_file() for name in wanted):
            return folder
    known = {path.stem for folder in folders if folder.is_dir() for path in folder.glob("*.traineddata")}
    missing = ", ".join(sorted(set(wanted) - known)) or language
    raise ReaderError(
        f"The reader has no model for {missing} together with the other languages of {language!r}. "
        f"Install tesseract-ocr-{(missing.split(', ')[0] or 'eng').replace('_', '-')}, "
        f"or set infer.language to some of: {', '.join(sorted(known))}."
    )


def prepared(image: Image, scale: float) -> Image:
    """Return the picture as Tesseract reads it best: gray, dark on light, enlarged unless the screen is dense."""
    from PIL import Image, ImageOps, ImageStat

    gray = image.convert("L")
    if ImageStat.Stat(gray).mean[0] < DARK:
        gray = ImageOps.invert(gray)
    if scale >= 1.5:
        return gray
    return gray.resize((int(gray.width * ENLARGED), int(gray.height * ENLARGED)), Image.Resampling.BICUBIC)


def tidy(text: str) -> str:
    """Return the text without empty lines and lines of rules and icons, and with what was read as bars put right.

    A bar before a lower-case word, where a sentence begins, is an 'I'; at the end of a line it is the text cursor, and
    at its beginning a border.
    """
    lines = (_without_bars(" ".join(line.split())) for line in text.splitlines())
    return "\n".join(line for line in lines if any(character.isalnum() for character in line))


def _without_bars(line: str) -> str:
    line = re.sub(r"(^|[,.;:?!] )\|(?= [a-z'])", r"\1I", line)
    return re.sub(r"^\|+ |(?<=[^\s|])\s?\|$", "", line)


def _start(folder: Path, language: str) -> Any:
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # more threads cost CPU and bring nothing (measured)
    try:
        import tesserocr

        engine = tesserocr.PyTessBaseAPI(path=str(folder), lang=language, psm=tesserocr.PSM.SINGLE_BLOCK)
    except Exception as error:  # a missing library, a model of another version, no memory
        raise ReaderError(f"Tesseract cannot be started: {error}. Is the package tesserocr installed?") from error
    engine.SetVariable("user_defined_dpi", "96")
    return engine


def _recognize(engine: Any, image: Image) -> str:
    try:
        engine.SetImage(image)
        if not engine.Recognize(LONGEST_S * 1000):
            raise ReaderError(f"The text was not read within {LONGEST_S} seconds.")
        return str(engine.GetUTF8Text())
    except (RuntimeError, ValueError, MemoryError, OSError) as error:
        raise ReaderError(f"Tesseract could not read the frame ({type(error).__name__}).") from error
    finally:
        engine.Clear()
