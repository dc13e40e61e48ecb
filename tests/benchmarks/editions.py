"""What an edition costs after a crowd was set aside: how much is hidden, how many wait, how long it takes.

Run it by `python -m tests.benchmarks.editions`; the surveys are made up, and the same in every run.
"""

from __future__ import annotations

import time

import numpy as np

from analytics.editions.edition import Suppression, judged_of
from analytics.editions.waiting import who_waits
from analytics.statistics.lattice import Lattice
from tests.test_edition_changes import PLAIN, Published, crowd, edition, joined, people, waited

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


def large() -> None:
    """Prints how long an edition of more than 10,000 cells takes that is held against the one before."""
    random = np.random.default_rng(5)
    lattice = Lattice(tuple((f"axis {at}", size) for at, size in enumerate(SIZES)), 6)
    levels = {f"axis {at}": {str(one): one for one in range(size)} for at, size in enumerate(SIZES)}
    codes = [random.choice(size, READERS, p=random.dirichlet(np.full(size, 4.0))) for size in SIZES]
    given = random.choice(6, READERS, p=random.dirichlet(np.full(6, 4.0)))

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
        f"{lattice.size:,} cells held against an earlier edition: {time.process_time() - began:.1f} s, "
        f"{first.hidden.mean():.0%} and then {second.hidden.mean():.0%} hidden"
    )


if __name__ == "__main__":
    for case in CASES:
        price(*case)
    large()
