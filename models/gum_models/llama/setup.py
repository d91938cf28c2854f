"""Gets, takes over, checks and measures the models of the `llama` engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from gum.errors import EngineError
from gum.protocols import CheckedFile, KeptModel, Offer, Report
from gum_models.llama import elsewhere, installed, library, taking
from gum_models.llama.catalogue import ROLES, catalogue, fitting, named
from gum_models.llama.download import download, need_room, sum_of
from gum_models.llama.installed import Installed

HUB = "https://huggingface.co"


class LlamaSetup:
    """The models below a home's folder of models; a `mirror` is another address that serves the hub's paths."""

    name = "llama"

    def lacking(self) -> str:
        """Return how to add the library, where it is missing."""
        return library.lacking()

    def offers(self) -> Sequence[Offer]:
        """Return the catalogue."""
        return catalogue()

    def fitting(self, memory_bytes: int) -> str:
        """Return the name of the model that suits so much memory."""
        return fitting(memory_bytes).name

    def kept(self, folder: Path) -> Sequence[KeptModel]:
        """Return the models on this machine."""
        return [_told(folder, one) for one in installed.every(folder)]

    def pull(self, folder: Path, model: str, mirror: str, report: Report) -> KeptModel:
        """Get both files of a model of the catalogue; the first model on a machine is used at once."""
        offer = named(model)
        place = installed.place(folder, offer.name)
        with _alone(folder):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            targets = {role: place / f"{role}.gguf" for role in ROLES}
            need_room(place, offer.title, offer.bytes - sum(_got(target) for target in targets.values()))
            one = Installed(targets["model"], targets["projector"], place / "model.json")
            sums, known = one.sums, {}
            for (role, target), file in reversed(list(zip(targets.items(), offer.files, strict=True))):
                if not target.exists():  # the model itself comes last: with it the folder counts as whole
                    address = f"{(mirror or HUB).rstrip('/')}/{offer.repository}/resolve/main/{file.name}"
                    sums[role] = download(address, target, file.sha256, report)
                else:
                    report(target.name, target.stat().st_size, target.stat().st_size)
                known[role] = file.sha256
            here = sorted(role for role in ROLES if not known[role])
            one.tell(name=offer.name, title=offer.title, source=offer.repository, sha256=sums, pinned_here=here)
        return self._used_if_first(folder, one)

    def elsewhere(self) -> Sequence[str]:
        """Return the models of Ollama and LM Studio on this machine."""
        return [one.name for one in elsewhere.found()]

    def take(self, folder: Path, source: str, projector: str, name: str, report: Report) -> KeptModel:
        """Take over GGUF files, or a model of another program by the name that `elsewhere` gives it."""
        with _alone(folder):
            one = taking.take(folder, source, projector, name, report)
        return self._used_if_first(folder, one)

    def use(self, folder: Path, model: str) -> KeptModel:
        """Let the engine load this one from its next start on."""
        one = installed.of_name(folder, model)
        installed.use(folder, one)
        return _told(folder, one)

    def remove(self, folder: Path, model: str) -> int:
        """Remove a model's files; return how many bytes went."""
        return installed.remove(folder, installed.of_name(folder, model))

    def verify(self, folder: Path, model: str, report: Report) -> Sequence[CheckedFile]:
        """Compare the files of a model with the sums that they must have; sums that nobody knew are pinned."""
        one = installed.of_name(folder, model)
        files = one.files
        found = {}
        for number, (role, file) in enumerate(files.items()):
            report(file.name, number, len(files))
            found[role] = sum_of(file)
        known, here = one.sums, one.pinned_here
        if any(not known.get(role) for role in found):
            one.pin(found)
        return [_checked(files[role].name, got, known.get(role, ""), role in here) for role, got in found.items()]

    def bench(self, folder: Path, config: Any, report: Report) -> dict[str, Any]:
        """Measure the model in use, beside the library called directly."""
        if self.lacking():
            raise EngineError(self.lacking())
        from gum_models.llama.measuring import measured

        one = installed.installed(folder)
        result = measured(folder, config, report)
        one.tell(bench=result)
        return result

    def keep_key(self, folder: Path, key: str, by_file: bool) -> str:
        """Refuse: this engine asks no server."""
        del folder, key, by_file
        raise EngineError("The llama engine asks no server and needs no key; the one that does: --engine openai")

    def _used_if_first(self, folder: Path, one: Installed) -> KeptModel:
        if not any(installed.is_used(folder, other) for other in installed.every(folder)):
            installed.use(folder, one)
        return _told(folder, one)


def _told(folder: Path, one: Installed) -> KeptModel:
    noted = one.noted()
    bench = noted.get("bench")
    return KeptModel(
        name=one.name,
        title=str(noted.get("title") or one.name),
        bytes=one.bytes,
        source=str(noted.get("source", "")),
        trust=one.trust(),
        in_use=installed.is_used(folder, one),
        sees=one.projector is not None,
        bench=bench if isinstance(bench, dict) else {},
    )


def _checked(file: str, got: str, wanted: str, here: bool) -> CheckedFile:
    against = "its published sum" if wanted and not here else "the sum that it had here first"
    return CheckedFile(file, got, not wanted or got == wanted, against if wanted else "nothing: pinned now")


def _got(target: Path) -> int:
    """Return how many bytes of a file are there already, in part or whole."""
    part = target.with_name(f"{target.name}.part")
    return sum(one.stat().st_size for one in (target, part) if one.exists())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock that lets one process at a time write models.  Raises EngineError when another has it."""
    top = folder / "llama"
    top.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with FileLock(top / "writing.lock", timeout=0, mode=0o600):
            yield
    except Timeout as error:
        raise EngineError("A model is being written already; wait until it is there.") from error
