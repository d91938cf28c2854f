"""Takes over files that a person already has: GGUF files, or a model of Ollama or LM Studio."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from gum.errors import EngineError
from gum.protocols import Report
from gum_models.llama import elsewhere, installed
from gum_models.llama.download import PIECE, need_room, sum_of
from gum_models.llama.elsewhere import Found
from gum_models.llama.header import is_projector
from gum_models.llama.installed import Installed

_QUANTIZATION = re.compile(r"[-_.](?:q\d\w*|iq\d\w*|f16|bf16|f32)$", re.IGNORECASE)


def take(folder: Path, source: str, projector: str, name: str, report: Report) -> Installed:
    """Link or copy the files to where the engine looks, check and pin them.  Raises EngineError."""
    found = elsewhere.named(source) if source.startswith(("ollama:", "lmstudio:")) else _of_files(source, projector)
    _check_kinds(found)
    place = installed.place(folder, name or _slug(found))
    if (place / "model.gguf").exists():
        raise EngineError(f"There is a model {place.name!r} already; name this one with --name, or remove that.")
    draft = place.with_name(f"{place.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700, parents=True)
    try:
        sums = {role: _put(file, draft / f"{role}.gguf", report) for role, file in found.files.items()}
        for role, wanted in found.sums.items():
            if sums[role] != wanted:
                raise EngineError(f"{found.files[role]} is damaged: its sha256 is not the one that its store names.")
        shutil.rmtree(place, ignore_errors=True)
        draft.rename(place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    one = Installed(
        place / "model.gguf", place / "projector.gguf" if "projector" in sums else None, place / "model.json"
    )
    here = sorted(set(sums) - set(found.sums))
    one.tell(name=place.name, title=place.name, source=found.name, sha256=sums, pinned_here=here)
    return one


def _of_files(source: str, projector: str) -> Found:
    """Return the files that were named; a projector that lies beside the model alone is taken with it."""
    model = Path(source).expanduser()
    if not model.is_file():
        raise EngineError(f"{model} is no file. Name a GGUF file, or a model that is listed by: gumctl models import")
    beside = [Path(projector).expanduser()] if projector else sorted(model.parent.glob("mmproj*.gguf"))
    if len(beside) > 1:
        names = ", ".join(one.name for one in beside)
        raise EngineError(f"{model.parent} holds several projectors ({names}); name one with --projector.")
    return Found(str(model), {"model": model} | ({"projector": beside[0]} if beside else {}), {})


def _check_kinds(found: Found) -> None:
    for role, file in found.files.items():
        if is_projector(file) != (role == "projector"):
            other = "a projector, which reads images for a model" if role == "model" else "no projector"
            raise EngineError(f"{file} is {other}; name the model, and its projector with --projector.")


def _slug(found: Found) -> str:
    stem = found.name.removeprefix("ollama:") if found.name.startswith("ollama:") else found.files["model"].stem
    return re.sub(r"[^a-z0-9.]+", "-", _QUANTIZATION.sub("", stem).lower()).strip("-.")[:64]


def _put(file: Path, target: Path, report: Report) -> str:
    """Link a file, or copy it where it lies on another disk; return its sha256."""
    size = file.stat().st_size
    try:
        os.link(file.resolve(), target)
        report(file.name, size, size)
    except OSError:
        need_room(target.parent, file.name, size)
        _copy(file, target, size, report)
    return sum_of(target)


def _copy(file: Path, target: Path, size: int, report: Report) -> None:
    done = 0
    try:
        with file.open("rb") as source, target.open("wb") as copy:
            while piece := source.read(PIECE):
                copy.write(piece)
                done += len(piece)
                report(file.name, done, size)
    except OSError as error:
        raise EngineError(f"{file} could not be copied: {error.strerror}.") from error
