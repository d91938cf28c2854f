"""Recall of evidence: how many questions the best hits meet, and whether one way is really better than another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gum.evaluate.retrieval import ways
from gum.evaluate.retrieval.dialogues import Dialogue, read
from gum.protocols import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Met = NDArray[np.bool_]

DEPTHS = (1, 5, 10, 20)
_JUDGED_AT = 10
_RESAMPLES = 10_000
_SEED = 1


@dataclass(frozen=True)
class Outcome:
    """Whether each question was met within each depth, by any and by all of its evidence; `setting` is how."""

    setting: str
    any: Mapping[int, Met]
    all: Mapping[int, Met]


def evaluate(file: Path, embedder: Embedder) -> dict[str, Any]:
    """Return the report on a file.  Raises RecordingError, EmbedderError, StoreError.

    The baselines have the same embedder and, of all their settings, the one that does best on this very file.
    """
    dialogues = read(file)
    remembering = ways.Remembering(embedder)
    every = {
        "ours": [outcome("", ways.ours(remembering), dialogues)],
        "fts5": [outcome(setting, way, dialogues) for setting, way in ways.fts5().items()],
        "chroma": [outcome(setting, way, dialogues) for setting, way in ways.chroma(remembering).items()],
    }
    best = {name: max(tried, key=lambda one: one.any[_JUDGED_AT].sum()) for name, tried in every.items()}
    return _report(dialogues, best) | {
        "embedder": embedder.name,
        "settings": {name: best[name].setting for name in ("fts5", "chroma")},
        "tried": {
            name: {one.setting: _share(one.any[_JUDGED_AT]) for one in every[name]} for name in ("fts5", "chroma")
        },
    }


def outcome(setting: str, way: ways.Way, dialogues: Sequence[Dialogue]) -> Outcome:
    """Return which questions of all dialogues one way meets."""
    import numpy as np

    some: dict[int, list[bool]] = {depth: [] for depth in DEPTHS}
    whole: dict[int, list[bool]] = {depth: [] for depth in DEPTHS}
    for dialogue in dialogues:
        for question, hits in zip(dialogue.questions, way(dialogue), strict=True):
            for depth in DEPTHS:
                turns = frozenset[str]().union(*(dialogue.facts[hit].turns for hit in hits[:depth]))
                some[depth].append(bool(question.turns & turns))
                whole[depth].append(question.turns <= turns)
    return Outcome(
        setting,
        {depth: np.array(met, bool) for depth, met in some.items()},
        {depth: np.array(met, bool) for depth, met in whole.items()},
    )


def bootstrap(ours: Met, other: Met) -> dict[str, float]:
    """Return the difference in recall, its 95 % interval and a two-sided p from resampled questions, in pairs.

    Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 13 and 16.
    """
    import numpy as np

    chosen = np.random.default_rng(_SEED)
    gains = ours.astype(np.float64) - other
    means = np.array([gains[chosen.integers(0, len(gains), len(gains))].mean() for _ in range(_RESAMPLES)])
    low, high = np.percentile(means, [2.5, 97.5])
    beyond = min((means <= 0).sum(), (means >= 0).sum())
    return {
        "difference": float(gains.mean()),
        "low": float(low),
        "high": float(high),
        "p": float(min(1.0, 2 * (beyond + 1) / (_RESAMPLES + 1))),
    }


def _report(dialogues: Sequence[Dialogue], best: Mapping[str, Outcome]) -> dict[str, Any]:
    import numpy as np

    categories = np.array([one.category for dialogue in dialogues for one in dialogue.questions])
    names = np.array([dialogue.name for dialogue in dialogues for _ in dialogue.questions])
    found: dict[str, Any] = {
        "dialogues": len(dialogues),
        "facts": sum(len(dialogue.facts) for dialogue in dialogues),
        "questions": len(categories),
        "answerable": _share(_answerable(dialogues)),
    }
    for depth in DEPTHS:
        found[f"recall_at_{depth}"] = {name: _share(one.any[depth]) for name, one in best.items()}
    for depth in DEPTHS:
        found[f"all_evidence_at_{depth}"] = {name: _share(one.all[depth]) for name, one in best.items()}
    met = {name: one.any[_JUDGED_AT] for name, one in best.items()}
    found["bootstrap"] = {name: bootstrap(met["ours"], met[name]) for name in ("fts5", "chroma")}
    found["categories"] = _split(categories, met, str)
    found["by_dialogue"] = _split(names, met, str)
    return found


def _split(labels: Any, met: Mapping[str, Met], name_of: Callable[[Any], str]) -> dict[str, Any]:
    return {
        name_of(label): {"questions": int((labels == label).sum())}
        | {"recall_at_10": {name: _share(one[labels == label]) for name, one in met.items()}}
        for label in sorted(set(labels.tolist()))
    }


def _answerable(dialogues: Sequence[Dialogue]) -> Met:
    """Return for which questions any fact holds evidence: more than these nobody can meet."""
    import numpy as np

    turns = {dialogue.name: frozenset[str]().union(*(fact.turns for fact in dialogue.facts)) for dialogue in dialogues}
    return np.array([bool(one.turns & turns[dialogue.name]) for dialogue in dialogues for one in dialogue.questions])


def _share(met: Met) -> float:
    return float(met.mean()) if met.size else 0.0
