"""The plug-ins that the settings name: each is built and made to work once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from gum import choosing, plugins
from gum.config import Config
from gum.daemon import parts
from gum.daemon.checks.check import Check, fail, note, ok
from gum.errors import GumError
from gum.paths import Home
from gum.perceive import encoding
from gum.protocols import Embedder, Reader, Reasoner
from gum.records import Rect

if TYPE_CHECKING:
    from PIL.Image import Image

WORDS = "The quick brown fox"
PICTURE = Rect(0, 0, 480, 64)


def built(home: Home, config: Config) -> Iterator[Check]:
    """Check engine, reader, embedder and notifier."""
    try:
        made = parts.build(home, config)
    except GumError as error:
        yield fail("parts", str(error), "Correct the names under [infer]: gumctl config path tells where.")
        return
    try:
        if "engine" in made.degraded:
            yield fail("engine", made.degraded["engine"], _engine_fix(config.infer.engine))
        else:
            yield ok("engine", made.engine.author)
        if made.model is not None:
            yield _model(made.model)
        yield _reader(made.reader, made.degraded.get("reader", ""))
        yield _embedder(made.embedder, made.notes.get("embedder", ""))
        if config.suggest.notifier:
            yield _notifier(config.suggest.notifier)
    finally:
        made.close()


def _engine_fix(name: str) -> str:
    """Return how an engine gets what it lacks: its library, or a model."""
    lacking = choosing.setup(name).lacking() if name in plugins.names("gum.setups") else ""
    return (
        f"Add it, or set infer.engine to {parts.BUILT_IN_ENGINE!r}."
        if lacking
        else "Get its model with: gumctl models pull"
    )


def _model(model: Reasoner) -> Check:
    """Say which model works beside counting, and where it is; it is loaded when it is asked."""
    condition: Callable[[], str] = getattr(model, "condition", lambda: "ready")
    return ok("model", f"{model.author}: {condition()}")


def _notifier(name: str) -> Check:
    """Say whether the notifier can be had; it connects to the desktop when there is something to tell."""
    try:
        plugins.load("gum.notifiers", name)(lambda *_: None).close()
    except GumError as error:
        return note("notifier", str(error), "Or name another in suggest.notifier; empty tells nothing on the desktop.")
    return ok("notifier", name)


def _reader(reader: Reader | None, reason: str) -> Check:
    fix = "Install the language named in infer.language for Tesseract, or choose another reader in infer.reader."
    if reader is None:
        return fail("reader", reason, fix)
    try:
        text = reader.read(encoding.from_image(_picture(), PICTURE), PICTURE)
    except GumError as error:
        return fail("reader", str(error), fix)
    if WORDS.casefold() not in text.casefold():
        return fail("reader", f"{reader.name} misread the test picture.", fix)
    return ok("reader", f"{reader.name} reads the test picture")


def _picture() -> Image:
    """Return black words on white, as large as on screen."""
    import PIL.Image
    from PIL import ImageDraw, ImageFont

    picture = PIL.Image.new("RGB", (PICTURE.width, PICTURE.height), "white")
    ImageDraw.Draw(picture).text((16, 16), WORDS, "black", ImageFont.load_default(24))
    return picture


def _embedder(embedder: Embedder | None, reason: str) -> Check:
    fix = "Get it with: gumctl models embedder"
    if embedder is None:
        return note("embedder", reason, fix)
    try:
        vector = embedder.embed([WORDS])[0]
    except GumError as error:
        return fail("embedder", str(error), fix)
    if len(vector) != embedder.dimensions:
        return fail("embedder", f"{embedder.name} gave {len(vector)} numbers, not {embedder.dimensions}.", fix)
    return ok("embedder", f"{embedder.name}, {embedder.dimensions} dimensions")
