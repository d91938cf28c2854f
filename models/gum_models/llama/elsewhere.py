"""Models that other programs keep on this machine: Ollama's store by its manifests, LM Studio's folders."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gum.errors import EngineError, nearest

_LAYERS = {
    "application/vnd.ollama.image.model": "model",
    "application/vnd.ollama.image.projector": "projector",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A model of another program; `sums` are known where its store names files by them."""

    name: str
    files: dict[str, Path]
    sums: dict[str, str]


def found() -> list[Found]:
    """Return the models of every store that is there, Ollama's as 'ollama:NAME:TAG', others as 'lmstudio:FOLDER'."""
    return [*_ollama(), *_lm_studio()]


def named(source: str) -> Found:
    """Return one model of another program.  Raises EngineError that names those there are."""
    known = {one.name: one for one in found()}
    for name in (source, f"{source}:latest"):
        if name in known:
            return known[name]
    have = f"there are {', '.join(known)}" if known else "no store of Ollama or LM Studio holds a model"
    raise EngineError(f"There is no {source!r}; {have}.{nearest(source, known)}")


def _ollama() -> Iterator[Found]:
    for store in _first_stores():
        for manifest in sorted((store / "manifests").glob("*/*/*/*")):
            one = _of_manifest(store, manifest)
            if one is not None:
                yield one


def _first_stores() -> list[Path]:
    """Return the folders where Ollama keeps models: where it is told to, the person's own, the service's."""
    told = os.environ.get("OLLAMA_MODELS")
    places = [Path(told)] if told else [Path.home() / ".ollama/models", Path("/usr/share/ollama/.ollama/models")]
    return [place for place in places if os.access(place / "manifests", os.R_OK)]


def _of_manifest(store: Path, manifest: Path) -> Found | None:
    """Read one manifest: its layers name the blobs by their sha256.  None for what holds no model that is whole."""
    try:
        layers: list[dict[str, Any]] = json.loads(manifest.read_text(encoding="utf-8"))["layers"]
        digests = {_LAYERS[one["mediaType"]]: str(one["digest"]) for one in layers if one["mediaType"] in _LAYERS}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    files = {role: store / "blobs" / digest.replace(":", "-") for role, digest in digests.items()}
    if "model" not in files or not all(file.is_file() for file in files.values()):
        return None
    owner = manifest.parent.parent.name
    name = manifest.parent.name if owner == "library" else f"{owner}/{manifest.parent.name}"
    sums = {role: digest.removeprefix("sha256:") for role, digest in digests.items()}
    return Found(f"ollama:{name}:{manifest.name}", files, sums)


def _lm_studio() -> Iterator[Found]:
    home = _lm_studio_home()
    for top in (home / "models", Path.home() / ".cache/lm-studio/models"):
        for folder in sorted({file.parent for file in top.glob("*/*/*.gguf")}):
            yield from _of_folder(top, folder)


def _lm_studio_home() -> Path:
    """Return LM Studio's folder, which a small file names where it was moved."""
    try:
        return Path((Path.home() / ".lmstudio-home-pointer").read_text(encoding="utf-8").strip())
    except OSError:
        return Path.home() / ".lmstudio"


def _of_folder(top: Path, folder: Path) -> Iterator[Found]:
    ggufs = sorted(folder.glob("*.gguf"))
    projectors = [file for file in ggufs if file.name.lower().startswith("mmproj")]
    for model in (file for file in ggufs if file not in projectors):
        files = {"model": model} | ({"projector": projectors[0]} if projectors else {})
        yield Found(f"lmstudio:{model.relative_to(top)}", files, {})
