"""What an edition costs: how much is hidden after a crowd was set aside, how many wait, how near it is to the least.

Run it by `python -m tests.benchmarks.editions`; the surveys are made up, and the same in every run.
"""

from __future__ import annotations

import time

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from analytics.editions.edition import Suppression, judged_of
from analytics.editions.waiting import who_waits
from analytics.model.access import LEAST_FOR_VIEWERS
from analytics.statistics.hiding import hidden, small
from analytics.statistics.lattice import Lattice
from tests.test_edition_changes import PLAIN, Published, crowd, edition, joined, people, waited
from tests.test_editions import made

CASES = ((2, 1_200, 90), (1, 900, 150), (3, 700, 60), (5, 3_000, 600), (9, 5_000, 300), (9, 20_000, 1_000))
"""The seed, how many stayed, and how many were set aside."""
SIZES, READERS, LEFT = (7, 4, 10, 5, 6, 32), 60_000, 2_000
"""Of the large lattice: the levels of its axes, its readers, and how many of them are set aside."""


def price(seed: int, readers: int, size: int) -> None:
    """Prints which part of the cells of groups and of crossings is hidden: before, after, and where nobody waits."""
    random = np.random.default_rng(seed)
    stayed, left = people(random, readers), crowd(random, size)
    first = edition(joined(stayed, left))
    began = time.process_time()
    second, waits, _ = waited(stayed, left, first)
    took, alone = time.process_time() - began, edition(stayed, first)
    told = "; ".join(
        f"{name} {_hidden(one, 1):.0%} and {_hidden(one, 2):.0%}"
        for name, one in (("before", first), ("after", second), ("where nobody waits", alone))
    )
    print(f"{readers:,} stayed, {size:,} set aside, {waits.sum()} wait, {took:.1f} s. Groups and crossings: {told}")


def _hidden(one: Published, axes: int) -> float:
    tables = [table for table in PLAIN.tables if len(table) == axes]
    return float(np.mean([
        1.0 if table in one.lattice.left_out else one.pattern.hidden[one.lattice.places(table)].mean()
        for table in tables
    ]))  # fmt: skip


def large(*, alike: bool) -> None:
    """Prints how long an edition of more than 10,000 cells takes that is held against the one before.

    Args:
        alike: whether those who leave are a crowd, which came by one way and gave one answer; else they are like all.
    """
    random = np.random.default_rng(5)
    lattice = Lattice(tuple((f"axis {at}", size) for at, size in enumerate(SIZES)), 6)
    levels = {f"axis {at}": {str(one): one for one in range(size)} for at, size in enumerate(SIZES)}
    codes = [random.choice(size, READERS, p=random.dirichlet(np.full(size, 4.0))) for size in SIZES]
    given = random.choice(6, READERS, p=random.dirichlet(np.full(6, 4.0)))
    if alike:
        codes[-1][-LEFT:] = np.where(random.random(LEFT) < 0.9, 3, codes[-1][-LEFT:])
        given[-LEFT:] = np.where(random.random(LEFT) < 0.95, 0, given[-LEFT:])

    def of(some: np.ndarray, before: Suppression | None = None, steady: frozenset[tuple[str, ...]] | None = None,
           late: tuple[list[np.ndarray], np.ndarray, np.ndarray] | None = None) -> Suppression:  # fmt: skip
        rows = [code[some] for code in codes]
        return judged_of(
            lattice, levels, rows, given[some], np.ones(len(some)), before, steady=steady, late=late
        ).pattern()

    everybody = np.arange(READERS)
    first, gone = of(everybody), everybody[-LEFT:]
    began = time.process_time()
    counts = lattice.counts([code[:-LEFT] for code in codes], given[:-LEFT], np.ones(READERS - LEFT))
    waits, steady = who_waits(lattice, [code[gone] for code in codes], given[gone], -np.ones(LEFT), gone, counts)
    late = ([code[gone][waits] for code in codes], given[gone][waits], np.ones(waits.sum()))
    second = of(np.concatenate([everybody[:-LEFT], gone[waits]]), first, steady, late)
    print(
        f"{lattice.size:,} cells, {LEFT:,} {'of a crowd' if alike else 'like all others'} set aside: "
        f"{time.process_time() - began:.1f} s, "
        f"{first.hidden.mean():.0%} and then {second.hidden.mean():.0%} hidden"
    )


SMALL = ((("age", 3), ("region", 4)), 3, 900, 3.0), ((("age", 4), ("sex", 3), ("place", 3)), 3, 1_000, 2.0)
"""Of small tables: the axes, how many answers, how many readers, and how even the groups are."""


def fewest(lattice: Lattice, counts: np.ndarray) -> int:
    """How few cells have to be hidden, so that none is told to within ten.

    M. Fischetti and J. J. Salazar-Gonzalez, Management Science 47 (2001): a program in whole numbers says what is
    hidden, and each hidden cell that a linear one holds too narrowly adds what must not be shown beside it.
    """
    size, relations, most = lattice.size, lattice.relations, 2 * float(counts.max()) + 1000
    rows = [_but_one(size, [cell], whole) for cell, whole in enumerate(lattice.everybody) if cell != whole]
    for at in range(relations.shape[0]):
        cells = relations.indices[relations.indptr[at] : relations.indptr[at + 1]].tolist()
        rows += [_but_one(size, cells, cell) for cell in cells]
    while True:
        found = milp(
            np.ones(size), integrality=np.ones(size), bounds=Bounds(small(lattice, counts).astype(float), 1),
            constraints=LinearConstraint(sparse.csr_matrix(np.array(rows)), 0),
        )  # fmt: skip
        hides = found.x > 0.5
        told = (_cut(lattice, counts, hides, cell, most) for cell in np.flatnonzero(hides).tolist())
        cuts = [cut for cut in told if cut is not None]
        if not cuts:
            return int(hides.sum())
        rows += cuts


def _but_one(size: int, cells: list[int], cell: int) -> np.ndarray:
    """The row that says: where that cell is hidden, one of the others is."""
    row = np.zeros(size)
    row[cells], row[cell] = 1.0, -1.0
    return row


def _cut(lattice: Lattice, counts: np.ndarray, hides: np.ndarray, cell: int, most: float) -> np.ndarray | None:
    """What has to be hidden beside a hidden cell that is told to within ten; None where it is not."""
    width, prices = 0.0, np.zeros(lattice.size)
    limits = np.column_stack([np.where(hides, -counts, 0.0), np.where(hides, most - counts, 0.0)])
    for sign in (1.0, -1.0):
        weights = np.zeros(lattice.size)
        weights[cell] = -sign
        found = linprog(
            weights, A_eq=lattice.relations, b_eq=np.zeros(lattice.relations.shape[0]), bounds=limits, method="highs"
        )
        width -= found.fun
        reduced = weights - lattice.relations.T @ found.eqlin.marginals
        prices += np.where(reduced > 0, reduced * counts, -reduced * (most - counts))
    if width >= LEAST_FOR_VIEWERS - 1e-6:
        return None
    row = np.minimum(prices, LEAST_FOR_VIEWERS)
    row[np.abs(row) < 1e-9] = 0.0
    row[cell] = min(prices[cell], LEAST_FOR_VIEWERS) - LEAST_FOR_VIEWERS
    return row


def least() -> None:
    """Prints how many cells of twenty small tables are hidden, and how few would have to be."""
    random, ours, fewest_of_all = np.random.default_rng(11), 0, 0
    for axes, choices, readers, even in SMALL:
        for _ in range(10):
            lattice, counts = made(random, axes, choices, readers, even=even)
            ours, fewest_of_all = ours + int(hidden(lattice, counts).sum()), fewest_of_all + fewest(lattice, counts)
    print(f"20 small tables: {ours} cells hidden, the fewest are {fewest_of_all}: {ours / fewest_of_all:.2f} times")


if __name__ == "__main__":
    for case in CASES:
        price(*case)
    large(alike=True)
    large(alike=False)
    least()
