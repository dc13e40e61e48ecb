"""The lattice of one question: its answers by every choice of at most two axes, and how these tables add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from scipy import sparse

MOST_AXES = 2
"""So many axes are crossed at most: readers' groups, and time is one of them."""


@dataclass(frozen=True, eq=False)
class Lattice:
    """The tables of one question: `axes` are the names and sizes of what its answers are broken down by.

    Each table has an array of the levels of its axes and, last, the answers: everybody who answered comes first, then
    each choice, then, where several may be given, those who did not give it. Cells are numbered through all tables.
    `left_out` are tables of two axes that are too thin to be shown at all.
    """

    axes: tuple[tuple[str, int], ...]
    choices: int
    multiple: bool = False
    left_out: frozenset[tuple[str, ...]] = frozenset()

    @cached_property
    def tables(self) -> tuple[tuple[str, ...], ...]:
        """The axes of each table, all readers first."""
        names = [name for name, _ in self.axes]
        found = (one for size in range(MOST_AXES + 1) for one in combinations(names, size))
        return tuple(one for one in found if one not in self.left_out)

    @property
    def width(self) -> int:
        """How many numbers each group has."""
        return 1 + self.choices * (2 if self.multiple else 1)

    def groups(self, table: Sequence[str]) -> tuple[int, ...]:
        """How many levels each axis of the table has."""
        sizes = dict(self.axes)
        return tuple(sizes[name] for name in table)

    @cached_property
    def starts(self) -> dict[tuple[str, ...], int]:
        """The number of the first cell of each table."""
        at, found = 0, {}
        for table in self.tables:
            found[table] = at
            at += int(np.prod(self.groups(table), dtype=int)) * self.width
        return found

    @cached_property
    def size(self) -> int:
        """How many cells the lattice has."""
        return sum(int(np.prod(self.groups(table), dtype=int)) for table in self.tables) * self.width

    def places(self, table: tuple[str, ...]) -> np.ndarray:
        """The numbers of the table's cells, in the shape of the table."""
        shape = (*self.groups(table), self.width)
        return self.starts[table] + np.arange(int(np.prod(shape))).reshape(shape)

    @cached_property
    def everybody(self) -> np.ndarray:
        """For each cell, the cell of everybody in the same group who answered."""
        at = np.arange(self.size)
        return at - at % self.width

    @cached_property
    def relations(self) -> sparse.csr_matrix:
        """A row for each sum that holds among the cells: what its parts add up to counts -1."""
        rows, cols, values = list[np.ndarray](), list[np.ndarray](), list[np.ndarray]()
        at = 0
        for table in self.tables:
            places = self.places(table)
            for axis, name in enumerate(table):
                total = self.places(tuple(one for one in table if one != name))
                parts = np.moveaxis(places, axis, -1).reshape(-1, places.shape[axis])
                at = _add(rows, cols, values, at, parts, total.reshape(-1))
            groups = places.reshape(-1, self.width)
            if not self.multiple:
                at = _add(rows, cols, values, at, groups[:, 1:], groups[:, 0])
                continue
            given, rest = groups[:, 1 : 1 + self.choices], groups[:, 1 + self.choices :]
            parts = np.stack([given.reshape(-1), rest.reshape(-1)], axis=1)
            at = _add(rows, cols, values, at, parts, np.repeat(groups[:, 0], self.choices))
        found = (np.concatenate(values), (np.concatenate(rows), np.concatenate(cols)))
        return sparse.csr_matrix(found, shape=(at, self.size))

    @cached_property
    def parts(self) -> sparse.csr_matrix:
        """The relations without their totals."""
        return (self.relations > 0).astype(float)

    @cached_property
    def totals(self) -> sparse.csr_matrix:
        """The totals of the relations."""
        return (self.relations < 0).astype(float)

    def counts(self, codes: Sequence[np.ndarray], answers: np.ndarray, n: np.ndarray) -> np.ndarray:
        """The count of every cell, from rows of how many readers have these levels and gave this answer.

        Args:
            codes: for each axis the place of the row's level.
            answers: the row's place in the choices; -1 for the row that counts all who answered, which a question has
                to which several answers may be given.
        """
        found = np.zeros(self.size)
        named = dict(zip((name for name, _ in self.axes), codes, strict=True))
        for table in self.tables:
            shape = self.groups(table)
            group = np.zeros(len(n), dtype=np.int64)
            for name, size in zip(table, shape, strict=True):
                group = group * size + named[name]
            groups, start = int(np.prod(shape, dtype=int)), self.starts[table]
            width = 1 + self.choices
            tally = np.bincount(group * width + answers + 1, weights=n, minlength=groups * width).reshape(groups, width)
            if not self.multiple:
                tally[:, 0] = tally[:, 1:].sum(axis=1)
            whole = np.hstack([tally, tally[:, :1] - tally[:, 1:]]) if self.multiple else tally
            found[start : start + whole.size] = whole.reshape(-1)
        return found


def _add(
    rows: list[np.ndarray], cols: list[np.ndarray], values: list[np.ndarray], at: int, parts: np.ndarray,
    total: np.ndarray,
) -> int:  # fmt: skip
    """Adds a relation for each row of parts and its total; gives the number of the next relation."""
    number = at + np.arange(len(parts))
    rows += [np.repeat(number, parts.shape[1]), number]
    cols += [parts.reshape(-1), total]
    values += [np.ones(parts.size), -np.ones(len(total))]
    return at + len(parts)
