"""Which cells of a lattice are hidden: the small ones, and so many others that no subtraction finds them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from analytics.model.access import LEAST_FOR_VIEWERS
from analytics.statistics.lattice import MOST_AXES, Lattice

DUST = 1e-6
MOST_SHOWN_AGAIN = 60
"""Up to so many hidden cells are each tried again at the end: without some of them the others may be safe."""
NOBODY = 1e6
"""To hide what nobody answered costs that much: whoever looks takes it for 0 all the same."""
THIN = 0.3
"""A crossing of which more than this part is small is left out as a whole: little would be left of it."""
ALONE, AT_ONCE = 4, 25
"""So few cells are looked at one by one; and so many at most before the next look at all of them."""
DEARER = 1000
"""So much dearer a cell is for each axis less of its table: crossings are hidden before the groups they cross."""


@dataclass(frozen=True, eq=False)
class Before:
    """What was shown of a lattice before: `counts`, missing where a cell was hidden then.

    `there` says of which cells there was a number then at all, shown or not. Since then no cell has lost more than
    `left`, and none has gained more than `came`. 0 says that nobody did. `apart` are the cells whose difference tells
    of nobody, because it is of ten readers at least, or of none; left out, it is not known of any.
    """

    counts: np.ndarray
    there: np.ndarray
    left: float
    came: float
    apart: np.ndarray | None = None

    @property
    def hidden(self) -> np.ndarray:
        """Which cells were hidden."""
        return np.isnan(self.counts) & self.there


@dataclass(frozen=True, eq=False)
class _Linear:
    """What whoever sees the shown cells knows of the hidden ones: sums over them, and that none is below 0.

    Of a lattice that was shown before there are three numbers a cell: what it is, what it was, and the difference.
    They are numbered one after the other: the cells now, those before, the differences.
    """

    places: np.ndarray
    relations: sparse.csr_matrix
    matrix: sparse.csr_matrix
    right: np.ndarray
    low: np.ndarray
    high: np.ndarray
    cells: int

    def extreme(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The hidden numbers where this weighted sum of them is largest, and how much each shown cell bounds it."""
        from scipy.optimize import linprog  # a third of a second to load, where nobody but viewers needs it

        limits = np.column_stack([self.low, self.high])
        found = linprog(-weights, A_eq=self.matrix, b_eq=self.right, bounds=limits, method="highs")
        if found.x is None:
            raise ArithmeticError(f"the hidden cells have no largest sum: {found.message}")
        prices = np.abs(self.relations.T @ found.eqlin.marginals)[: self.cells]
        bounded = np.abs(found.lower.marginals) * (self.low > 0) + np.abs(found.upper.marginals)
        then = (self.places >= self.cells) & (self.places < 2 * self.cells)  # what was hidden may be bounded by what is
        np.maximum.at(prices, self.places[then] - self.cells, bounded[then])
        return found.x, prices


@dataclass(eq=False)
class _Reach:
    """The least and the most that each cell was seen to be in tables that agree in everything shown."""

    low: np.ndarray
    high: np.ndarray

    @property
    def width(self) -> np.ndarray:
        return self.high - self.low

    def note(self, linear: _Linear, point: np.ndarray) -> None:
        """Takes a table into account."""
        self.low[linear.places] = np.minimum(self.low[linear.places], point)
        self.high[linear.places] = np.maximum(self.high[linear.places], point)

    def stretch(self, linear: _Linear, sign: float, at: int) -> np.ndarray:
        """Takes the table into account in which a number is largest, or smallest; gives what bounds it."""
        weights = np.zeros(len(linear.places))
        weights[at] = sign
        point, prices = linear.extreme(weights)
        self.note(linear, point)
        return prices

    def narrow(self, places: np.ndarray, least: float) -> np.ndarray:
        """Whether each number was not seen to reach as far as `least`."""
        return self.width[places] < least - DUST


def small(lattice: Lattice, counts: np.ndarray, least: int = LEAST_FOR_VIEWERS) -> np.ndarray:
    """Whether a cell counts 1 to 9, or the rest of those who answered in its group does."""
    rest = counts[lattice.everybody] - counts
    return _few(counts, least) | _few(rest, least)


def too_thin(lattice: Lattice, counts: np.ndarray, least: int = LEAST_FOR_VIEWERS) -> frozenset[tuple[str, ...]]:
    """The tables in which more than THIN of the numbers that are not 0 are small, and those that cross one of these."""
    few = small(lattice, counts, least)
    found: set[tuple[str, ...]] = set()
    for table in lattice.tables:
        places = lattice.places(table).reshape(-1)
        there = counts[places] > DUST
        if table and (few[places][there].sum() > THIN * there.sum() or any({*one} < {*table} for one in found)):
            found.add(table)
    return frozenset(found)


def hidden(
    lattice: Lattice, counts: np.ndarray, also: np.ndarray | None = None, least: int = LEAST_FOR_VIEWERS, *,
    known: np.ndarray | None = None, before: Before | None = None, whole: np.ndarray | None = None,
    dear: np.ndarray | None = None,
) -> np.ndarray:  # fmt: skip
    """Whether each cell is hidden, so that no hidden one can be told to within `least` from all that are shown.

    Cells are hidden cheapest first, which are those with the fewest readers. For each cell hidden there are two tables
    at last that agree in everything shown, and differ there by `least` or more.

    Args:
        also: further cells that have to be hidden.
        known: cells that were told elsewhere: these hide nothing, and what they give away stays given away.
        before: what was shown before. Then nothing that was hidden then, and no difference, can be told either.
        whole: the cells of crossings that are hidden as a whole. These bound nothing: whatever their groups are, there
            is a crossing of them.
        dear: by how much it costs more to hide each cell than its readers say; 1 where it is not given.

    Raises:
        ArithmeticError: the counts cannot be what `before` says of them.
    """
    found = small(lattice, counts, least)
    if also is not None:
        found = found | also
    known = np.zeros(lattice.size, dtype=bool) if known is None else known
    first = found.copy()
    cost = _cost(lattice, counts) * (1.0 if dear is None else dear)
    found = _whole_groups(lattice, found, known)
    whole = np.zeros(lattice.size, dtype=bool) if whole is None else whole
    found = _no_small_sums(lattice, counts, found & ~whole, cost, least, known, whole)
    found = _no_bounds(lattice, counts, found, cost, least, known, whole=whole)
    if before is not None:
        found = _no_bounds(lattice, counts, found, cost, least, known, before, whole=whole)
    if whole.any():
        return found | whole
    if known.any() or before is not None:  # something may be given away already, so that nothing would be found safe
        return found
    return _shown_again(lattice, counts, found, _whole_groups(lattice, first, known), cost, least)


def bounds(lattice: Lattice, counts: np.ndarray, hidden: np.ndarray, place: int) -> tuple[float, float]:
    """Between which numbers a hidden cell lies, for whoever knows all that are shown exactly."""
    linear = _linear(lattice, counts, hidden)
    one = (linear.places == place).astype(float)
    return float(linear.extreme(-one)[0] @ one), float(linear.extreme(one)[0] @ one)


def _few(counts: np.ndarray, least: int) -> np.ndarray:
    return (counts > DUST) & (counts < least - DUST)


def _cost(lattice: Lattice, counts: np.ndarray) -> np.ndarray:
    """What it costs to hide a cell: its readers, and of everybody in a group those of all its cells."""
    cost = np.where(counts < 1, NOBODY, counts + 1.0)
    cost = np.where(lattice.everybody == np.arange(lattice.size), 2 * cost + lattice.width, cost)
    for table in lattice.tables:
        cost[lattice.places(table)] *= float(DEARER) ** (MOST_AXES - len(table))
    return cost


def _whole_groups(lattice: Lattice, found: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Of a group whose size is hidden every cell is, but for those known from elsewhere."""
    return (found | found[lattice.everybody]) & ~known


def _no_small_sums(
    lattice: Lattice, counts: np.ndarray, found: np.ndarray, cost: np.ndarray, least: int, known: np.ndarray,
    whole: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """Hides the cheapest cells of each sum whose hidden cells are one alone, or together count too few."""
    relations = lattice.relations
    while True:
        faulty = _short_sums(lattice, counts, found, least, known, whole)
        if not len(faulty):
            return found
        before, found = found, found.copy()
        for at in faulty.tolist():
            cells = relations.indices[relations.indptr[at] : relations.indptr[at + 1]]
            if found[cells].sum() > before[cells].sum():  # another sum has hidden one of these
                continue
            shown = cells[~found[cells] & ~known[cells]]
            worth = counts[shown] >= 1
            best = shown[np.lexsort((cost[shown], ~worth))[0]]
            found[best] = True
        found = _whole_groups(lattice, found, known)


def _short_sums(
    lattice: Lattice, counts: np.ndarray, found: np.ndarray, least: int, known: np.ndarray, whole: np.ndarray
) -> np.ndarray:
    """Which sums have one hidden cell alone, or hidden parts that together count too few, and a cell left to hide."""
    relations, parts, totals = lattice.relations, lattice.parts, lattice.totals
    number = (parts + totals) @ found.astype(float)
    sums_few = parts @ np.where(found, counts, 0.0) < least
    total_shown = totals @ found.astype(float) == 0
    short = (number > 0) & ((parts + totals) @ whole.astype(float) == 0) & ((number < 2) | (sums_few & total_shown))
    return np.flatnonzero(short & (number + (parts + totals) @ known.astype(float) < np.diff(relations.indptr)))


def _no_bounds(
    lattice: Lattice, counts: np.ndarray, found: np.ndarray, cost: np.ndarray, least: int, known: np.ndarray,
    before: Before | None = None, *, whole: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """Hides the cheapest cells that keep hidden ones within bounds, until none is.

    What a cell was seen to reach while fewer were hidden it reaches still: hiding more takes no table away.
    """
    reach, lost = _reach(counts, before), np.zeros((1 if before is None else 3) * lattice.size, dtype=bool)
    dear, still = np.tile(cost, 1 if before is None else 3), np.zeros(lattice.size, dtype=bool)
    while True:
        linear = _linear(lattice, counts, found, before, still, whole)
        tight = _tight(linear, reach, least)
        tight = tight[~lost[linear.places[tight]]]
        unmoved = linear.places[_unmoved(linear, reach, tight, before)] if before is not None else tight[:0]
        if len(unmoved):
            still[unmoved - 2 * lattice.size] = True
            continue
        if not len(tight):
            return found
        more = found.copy()
        most_at_once = AT_ONCE if before is None else 4 * AT_ONCE
        for at in tight[np.argsort(dear[linear.places[tight]], kind="stable")][:most_at_once].tolist():
            place, binds = linear.places[at], np.zeros(lattice.size, dtype=bool)
            for sign in (1.0, -1.0):
                binds |= (reach.stretch(linear, sign, at) > DUST) & ~known & ~found & ~whole
                if not reach.narrow(linear.places[at : at + 1], least)[0] or (binds & more).any():
                    break  # it reaches far enough, or something that bounds it is hidden already
            else:
                places = np.flatnonzero(binds)
                if not len(places) and (known.any() or before is not None):
                    lost[place] = True  # what was told elsewhere, or before, gives it away
                    continue
                if not len(places):
                    raise ArithmeticError("a hidden cell stays within bounds although nothing bounds it")
                more[places[np.argmin(cost[places])]] = True
        found = _whole_groups(lattice, more, known)


def _reach(counts: np.ndarray, before: Before | None) -> _Reach:
    """What every number is known to reach: the cells what they are, and nothing of what was hidden before.

    Differences that tell of nobody reach anywhere.
    """
    if before is None:
        return _Reach(counts.copy(), counts.copy())
    size, others = len(counts), np.full(2 * len(counts), np.inf)
    found = _Reach(np.concatenate([counts, others]), np.concatenate([counts, -others]))
    if before.apart is not None:
        found.low[2 * size :][before.apart], found.high[2 * size :][before.apart] = -np.inf, np.inf
    return found


def _tight(linear: _Linear, reach: _Reach, least: int) -> np.ndarray:
    """Which hidden cells were not seen to reach as far as `least`, by many looked at together."""
    random = np.random.default_rng(21)
    left = np.flatnonzero(reach.narrow(linear.places, least))
    while True:
        before = len(left)
        if before <= ALONE:
            return left
        for signs in (np.ones(before), random.choice([-1.0, 1.0], before)):
            for sign in (1.0, -1.0):
                weights = np.zeros(len(linear.places))
                weights[left] = sign * signs
                reach.note(linear, linear.extreme(weights)[0])
        left = np.flatnonzero(reach.narrow(linear.places, least))
        if len(left) > 0.9 * before:
            return left


def _unmoved(linear: _Linear, reach: _Reach, tight: np.ndarray, before: Before) -> np.ndarray:
    """Which of these are differences that are 0 for certain: nobody came and nobody left, which tells of nobody."""
    place = linear.places[tight]
    still = np.maximum(np.abs(reach.low[place]), np.abs(reach.high[place])) <= DUST
    left = tight[still & (place >= 2 * linear.cells)]
    if before.left and before.came:
        return left[:0]
    while len(left):
        weights = np.zeros(len(linear.places))
        weights[left] = 1.0 if before.came else -1.0
        point, _ = linear.extreme(weights)
        reach.note(linear, point)
        if not (np.abs(point[left]) > DUST).any():
            return left
        left = left[np.abs(point[left]) <= DUST]
    return left


def _linear(
    lattice: Lattice, counts: np.ndarray, found: np.ndarray, before: Before | None = None,
    still: np.ndarray | None = None, closed: np.ndarray | None = None,
) -> _Linear:  # fmt: skip
    """What is known of the hidden numbers.

    Args:
        still: which hidden cells are for certain what they were: they are one number, not three.
        closed: cells of which nothing is known now, in no sum that bounds another.
    """
    most = 2 * float(counts.max(initial=0)) + 1000
    places, relations, all_of = np.flatnonzero(found), lattice.relations, lattice.relations
    if closed is not None and closed.any():
        relations = relations[np.flatnonzero(abs(relations) @ closed.astype(float) == 0)]
    if before is None:
        relations = relations[np.flatnonzero(abs(relations) @ found.astype(float))]
        matrix = relations[:, places]
        low, high = np.zeros(len(places)), np.full(len(places), most)
        return _Linear(places, relations, matrix, matrix @ counts[places], low, high, lattice.size)
    size, was, hid = lattice.size, before.counts, before.hidden
    both = np.flatnonzero(found & hid)
    earlier = all_of[np.flatnonzero(abs(all_of) @ (~before.there).astype(float) == 0)]
    one = sparse.csr_matrix((np.ones(len(both)), (np.arange(len(both)), both)), shape=(len(both), size))
    whole = sparse.bmat([[relations, None, None], [None, earlier, None], [one, -one, -one]], format="csr")
    unknown = np.concatenate([found, hid, found & hid])
    whole = whole[np.flatnonzero(abs(whole) @ unknown.astype(float))]
    values = np.concatenate([counts, np.nan_to_num(was), np.zeros(size)])
    known = np.where(unknown, 0.0, values)
    if still is not None and still.any():
        columns = whole.tocsc()
        now = columns[:, :size] + columns[:, size : 2 * size] @ sparse.diags(still.astype(float))
        then = columns[:, size : 2 * size] @ sparse.diags((~still).astype(float))
        whole = sparse.hstack([now, then, columns[:, 2 * size :]], format="csr")
        unknown[size : 2 * size] &= ~still
        unknown[2 * size :] &= ~still
    places = np.flatnonzero(unknown)
    cell, block = places % size, places // size
    then = np.where(before.there & ~hid, was, np.nan)[cell]
    now = np.where(found if closed is None else found | closed, np.nan, counts)[cell]
    low = np.select([block == 0, block == 1], [then - before.left, now - before.came], -before.left)
    high = np.select([block == 0, block == 1], [then + before.came, now + before.left], before.came)
    low = np.where(block == 2, low, np.fmax(low, 0))
    return _Linear(places, whole, whole[:, places], -(whole @ known), low, np.fmin(high, most), size)


def _shown_again(
    lattice: Lattice, counts: np.ndarray, found: np.ndarray, first: np.ndarray, cost: np.ndarray, least: int
) -> np.ndarray:
    """Shows again the dearest hidden cells without which the others are still safe."""
    again = np.flatnonzero(found & ~first)
    if found.sum() > MOST_SHOWN_AGAIN:
        return found
    for at in again[np.argsort(-cost[again])].tolist():
        if found[lattice.everybody[at]] and at != lattice.everybody[at]:
            continue  # it is hidden with its group
        without = found.copy()
        without[at] = False
        if _is_safe(lattice, counts, without, least):
            found = without
    return found


def _is_safe(lattice: Lattice, counts: np.ndarray, found: np.ndarray, least: int) -> bool:
    """Whether no hidden cell can be told to within `least`."""
    nothing = np.zeros(lattice.size, dtype=bool)
    if len(_short_sums(lattice, counts, found, least, nothing, nothing)):
        return False
    linear, reach = _linear(lattice, counts, found), _reach(counts, None)
    for at in _tight(linear, reach, least).tolist():
        for sign in (1.0, -1.0):
            reach.stretch(linear, sign, at)
        if reach.narrow(linear.places[at : at + 1], least)[0]:
            return False
    return True
