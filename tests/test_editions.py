"""Editions: which cells of a lattice are hidden, and what nobody can work out from the others."""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from analytics.editions.edition import judged_of, to_step
from analytics.statistics.hiding import bounds, hidden, small
from analytics.statistics.lattice import Lattice
from tests.patience import dearness

LEAST = 10


def made(
    random: np.random.Generator, axes: tuple[tuple[str, int], ...], choices: int, readers: int, *,
    multiple: bool = False, even: float = 2.0,
) -> tuple[Lattice, np.ndarray]:  # fmt: skip
    """A lattice and its counts: readers who fall into levels and answers of uneven sizes."""
    codes = [random.choice(size, readers, p=random.dirichlet(np.full(size, even))) for _, size in axes]
    lattice = Lattice(axes, choices, multiple)
    if not multiple:
        answers = random.choice(choices, readers, p=random.dirichlet(np.full(choices, even)))
        return lattice, lattice.counts(codes, answers, np.ones(readers))
    gave = random.random((readers, choices)) < random.random(choices)
    who, what = np.nonzero(gave)
    who, what = np.concatenate([np.arange(readers), who]), np.concatenate([np.full(readers, -1), what])
    return lattice, lattice.counts([code[who] for code in codes], what, np.ones(len(who)))


def tables(count: int) -> list[tuple[Lattice, np.ndarray]]:
    """Small lattices of all shapes that a survey brings."""
    random = np.random.default_rng(7)
    found = []
    for at in range(count):
        sizes = random.integers(2, 4, random.integers(1, 3 + (at % 20 == 0)))
        axes = tuple((f"axis {name}", int(size)) for name, size in enumerate(sizes))
        readers = int(random.integers(60, 900))
        lattice, counts = made(random, axes, int(random.integers(2, 5)), readers, multiple=at % 5 == 4)
        found.append((lattice, counts))
    return found


def test_the_tables_of_a_lattice_add_up() -> None:
    for lattice, counts in tables(20):
        assert not (lattice.relations @ counts).any()


def test_one_to_nine_are_small_and_so_is_all_but_one_to_nine() -> None:
    lattice = Lattice((), 3)

    def of(*answers: int) -> list[bool]:
        return small(lattice, np.array([sum(answers), *answers], dtype=float)).tolist()

    assert of(40, 50, 0) == [False, False, False, False]
    assert of(40, 50, 9) == [False, False, False, True]
    assert of(40, 50, 10) == [False, False, False, False]
    assert of(0, 95, 4) == [False, False, True, True]


def test_no_linear_program_tells_a_hidden_cell_to_within_ten() -> None:
    checked, random = 0, np.random.default_rng(5)
    for lattice, counts in tables(50):
        found = hidden(lattice, counts)
        assert (found | ~small(lattice, counts)).all()
        if found[0]:  # fewer than ten answered at all, or all that was answered is kept back
            continue
        for place in random.permutation(np.flatnonzero(found))[:3]:  # small or not; each takes two programs
            low, high = bounds(lattice, counts, found, int(place))
            assert high - low >= LEAST - 1e-6, (lattice, place, low, high)
            checked += 1

    assert checked > 35


def test_what_is_hidden_without_secondary_cells_is_found_by_subtraction() -> None:
    lattice, counts = made(np.random.default_rng(3), (("age", 3), ("region", 3)), 3, 500)
    few = small(lattice, counts)

    told = [bounds(lattice, counts, few, int(place)) for place in np.flatnonzero(few)]

    assert any(high - low < 1 for low, high in told)


def fewest_hidden(lattice: Lattice, counts: np.ndarray) -> int:
    """How few cells have to be hidden at least: of no sum may one part alone be hidden, nor parts of too few readers.

    That is less than safety takes, so the true optimum is no smaller.
    """
    relations, first = lattice.relations, small(lattice, counts)
    rows, low = [], []
    for at in range(relations.shape[0]):
        cells = relations.indices[relations.indptr[at] : relations.indptr[at + 1]]
        for cell in cells:
            row = np.zeros(lattice.size)
            row[cells], row[cell] = 1, -1
            rows.append(row)
            low.append(0)
    for cell, whole in enumerate(lattice.everybody):
        if cell != whole:
            row = np.zeros(lattice.size)
            row[cell], row[whole] = 1, -1
            rows.append(row)
            low.append(0)
    found = milp(
        np.ones(lattice.size), integrality=np.ones(lattice.size), bounds=Bounds(first.astype(float), 1),
        constraints=LinearConstraint(np.array(rows), np.array(low)),
    )  # fmt: skip
    return round(found.fun)


def test_hardly_more_is_hidden_than_has_to_be() -> None:
    random = np.random.default_rng(11)
    ours = least = 0
    for _ in range(20):
        lattice, counts = made(random, (("age", 3), ("region", 4)), 3, 900, even=3.0)
        ours, least = ours + int(hidden(lattice, counts).sum()), least + fewest_hidden(lattice, counts)

    assert ours <= 1.5 * least, (ours, least)


def test_ten_thousand_cells_are_solved_in_five_seconds() -> None:
    random = np.random.default_rng(5)
    sizes, readers = (7, 4, 10, 5, 6, 32), 60_000
    lattice = Lattice(tuple((f"axis {at}", size) for at, size in enumerate(sizes)), 6)
    codes = [random.choice(size, readers, p=random.dirichlet(np.full(size, 4.0))) for size in sizes]
    given = random.choice(6, readers, p=random.dirichlet(np.full(6, 4.0)))
    assert lattice.size > 10_000

    start = time.process_time()
    found = judged_of(lattice, {}, codes, given, np.ones(readers)).pattern()

    assert time.process_time() - start < 5 * dearness()
    assert (~found.hidden).sum() > 5_000


def test_a_group_of_which_the_size_is_hidden_is_hidden_with_every_answer() -> None:
    lattice, counts = made(np.random.default_rng(2), (("age", 4), ("gender", 3)), 3, 300, even=0.7)
    found = hidden(lattice, counts)

    assert found[found[lattice.everybody]].all()
    assert (found[lattice.everybody] <= found).all()
    assert found[lattice.everybody].any()


def answers(random: np.random.Generator, readers: int) -> tuple[list[np.ndarray], np.ndarray]:
    return [random.choice(3, readers, p=(0.5, 0.3, 0.2))], random.choice(3, readers, p=(0.6, 0.3, 0.1))


LEVELS = {"age": {"young": 0, "middle": 1, "old": 2}}


def test_of_two_editions_no_difference_tells_of_fewer_than_ten() -> None:
    random = np.random.default_rng(4)
    codes, given = answers(random, 3_000)
    lattice = Lattice((("age", 3),), 3)
    carried = apart = 0
    earlier = None
    for readers in (1_000, 1_060, 1_400, 1_420, 3_000):
        now = ([codes[0][:readers]], given[:readers], np.ones(readers))
        judged = judged_of(lattice, LEVELS, *now, earlier)
        pattern, alone = judged.pattern(), judged_of(lattice, LEVELS, *now).pattern()
        if earlier is not None:
            moved = judged.counts - earlier.told
            shown = ~pattern.hidden & ~np.isnan(earlier.told)
            assert not ((np.abs(moved[shown]) > 0) & (np.abs(moved[shown]) < LEAST)).any()
            carried += int(shown.sum())
            known = ~alone.hidden & ~np.isnan(earlier.told)  # the twin: each edition for itself
            apart += int(((np.abs(moved[known]) > 0) & (np.abs(moved[known]) < LEAST)).sum())
        earlier = pattern

    assert carried > 20
    assert apart > 0


def test_counts_are_shown_to_the_nearest_five() -> None:
    assert [to_step(count) for count in (0, 2, 3, 57, 58)] == [0, 0, 5, 55, 60]


@pytest.mark.parametrize("multiple", [False, True])
def test_a_lattice_of_nobody_is_hidden_nowhere(multiple: bool) -> None:
    lattice = Lattice((("age", 2),), 2, multiple)

    assert not hidden(lattice, np.zeros(lattice.size)).any()
