"""Vectors in memory, eight bits a number: all of them are compared faster than a few are read from SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gum.store.vectors import Matrix

_BLOCK = 512  # rows that are widened at a time; fits the processor's cache
_ROOM = 1024


class Compact:
    """Unit vectors by id.  A cosine is right to about two thousandths; equal vectors are equally near to any other.

    Each row is its vector in steps of its largest number; `_length` brings it back to a length of one.
    """

    def __init__(self, dimensions: int) -> None:
        self._rows: dict[int, int] = {}
        self._ids: NDArray[np.int64] = np.zeros(0, np.int64)
        self._steps: NDArray[np.int8] = np.zeros((0, dimensions), np.int8)
        self._length: Matrix = np.zeros(0, np.float32)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def size(self) -> int:
        """How many bytes the vectors take."""
        return self._ids.nbytes + self._steps.nbytes + self._length.nbytes

    def put(self, ids: Sequence[int], vectors: Matrix) -> None:
        """Keep vectors by id, in the place of those that are there."""
        if not len(ids):
            return
        largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
        steps = np.rint(vectors * (127 / largest)).astype(np.int8)
        rows = [self._rows.setdefault(id, len(self._rows)) for id in ids]
        self._make_room()
        self._ids[rows], self._steps[rows] = ids, steps
        self._length[rows] = 1 / np.maximum(np.linalg.norm(steps.astype(np.float32), axis=1), 1e-9)

    def remove(self, ids: Iterable[int]) -> None:
        """Forget vectors by id; the last row moves into each hole, and what it held is wiped."""
        for id in ids:
            row = self._rows.pop(id, None)
            if row is None:
                continue
            last = len(self._rows)
            if row != last:
                moved = int(self._ids[last])
                self._ids[row], self._steps[row], self._length[row] = moved, self._steps[last], self._length[last]
                self._rows[moved] = row
            self._ids[last], self._steps[last], self._length[last] = 0, 0, 0

    def nearest(self, vector: Matrix, k: int, among: Set[int] | None = None) -> list[tuple[int, float]]:
        """Return the `k` nearest to a unit vector with their cosine, equal ones by id; all or only those `among`."""
        if among is None:
            ids, cosines = self._ids[: len(self)], self._compared(vector, self._steps[: len(self)])
            cosines *= self._length[: len(self)]
        else:
            rows = np.array([self._rows[id] for id in among if id in self._rows], np.int64)
            ids, cosines = self._ids[rows], self._compared(vector, self._steps[rows]) * self._length[rows]
        if k < 1 or not len(ids):
            return []
        if k < len(ids):
            least = np.partition(cosines, len(ids) - k)[len(ids) - k]
            best = np.flatnonzero(cosines >= least)
            ids, cosines = ids[best], cosines[best]
        order = np.lexsort((ids, -cosines))[:k]
        return list(zip(ids[order].tolist(), cosines[order].tolist(), strict=True))

    def of(self, ids: Sequence[int]) -> Matrix:
        """Return the vectors of ids in their order, zeros for one that has none."""
        found: Matrix = np.zeros((len(ids), self._steps.shape[1]), np.float32)
        at = [(number, self._rows[id]) for number, id in enumerate(ids) if id in self._rows]
        if at:
            numbers, rows = map(list, zip(*at, strict=True))
            found[numbers] = self._steps[rows] * self._length[rows, None]
        return found

    def cosines(self, vector: Matrix, ids: Sequence[int]) -> Mapping[int, float]:
        """Return the cosine of each id with a unit vector, 0 for one that has no vector."""
        return dict(zip(ids, (self.of(ids) @ vector).tolist(), strict=True))

    def _make_room(self) -> None:
        missing = len(self._rows) - len(self._ids)
        if missing > 0:
            more = max(missing, _ROOM, len(self._ids) // 4)
            self._ids = np.concatenate([self._ids, np.zeros(more, np.int64)])
            self._length = np.concatenate([self._length, np.zeros(more, np.float32)])
            self._steps = np.concatenate([self._steps, np.zeros((more, self._steps.shape[1]), np.int8)])

    @staticmethod
    def _compared(vector: Matrix, steps: NDArray[np.int8]) -> Matrix:
        vector = np.ascontiguousarray(vector, np.float32)
        products: Matrix = np.empty(len(steps), np.float32)
        wide: Matrix = np.empty((_BLOCK, steps.shape[1]), np.float32)
        for start in range(0, len(steps), _BLOCK):
            part = steps[start : start + _BLOCK]
            np.copyto(wide[: len(part)], part)
            np.dot(wide[: len(part)], vector, out=products[start : start + len(part)])
        return products
