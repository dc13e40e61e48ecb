"""Standard errors that know that the weights were fitted to targets.

What the targets explain of an answer does not vary from sample to sample; only what is left over does. The left-overs
are found by sweeping the means out of each margin in turn, as R's survey package does.

What is explained is a number for each level of each margin, added up. So sums by level are all that is needed of
answers, and of the design how many people each two levels share: cells are never taken one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

SWEEPS = 10
"""How often R's survey package sweeps the margins of a raked design; more would change only the last digits."""
MOST_LEVELS_AT_ONCE = 256
"""Of so many levels all sweeps together are kept as one matrix; of more that would be the larger work."""


@dataclass(frozen=True)
class Calibration:
    """The design that weights were fitted to, in cells of profiles alike in every weighting dimension.

    `cell` is the cell of each profile, -1 for profiles left out. For each cell, over all respondents of the design: `n`
    how many, `w` their weights and `w2` the squares, `start` their base weights. `margins` hold the level of each cell.
    Raking sweeps plain means over respondents (`by_start` false), post-stratification means weighted by base weights.
    """

    cell: np.ndarray
    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray
    start: np.ndarray
    margins: tuple[np.ndarray, ...]
    by_start: bool

    @cached_property
    def bounds(self) -> np.ndarray:
        """Where the levels of each margin begin in a list of the levels of all of them, and where the last ones end."""
        return np.cumsum([0, *(int(level.max(initial=-1)) + 1 for level in self.margins)])

    @property
    def levels(self) -> int:
        """How many levels all margins have."""
        return int(self.bounds[-1])

    def by_level(self, cell: np.ndarray, values: np.ndarray, group: np.ndarray, groups: int) -> csr_array:
        """Returns what adds blocks of respondents up by level and group: (levels x groups, blocks).

        Args:
            cell, values, group: of each block, its cell, what it counts and its place among the `groups`.
        """
        margins = zip(self.bounds[:-1], self.margins, strict=True)
        rows = [(first + level[cell]) * groups + group for first, level in margins]
        return added_up(np.concatenate(rows), np.tile(values, len(rows)), self.levels * groups, len(cell))

    @cached_property
    def counts(self) -> np.ndarray:
        """How many people, or which base weight, the sweeps take each level to have."""
        return self._of_levels @ (self.start if self.by_start else self.n)

    @cached_property
    def weights(self) -> np.ndarray:
        """The weights of each level."""
        return self._of_levels @ self.w

    @cached_property
    def shared(self) -> csr_array:
        """Which part of each level, as the sweeps count, is in each other level; 0 for a level without anybody."""
        both = self._shared_of(self.start if self.by_start else self.n)
        with np.errstate(divide="ignore"):
            part = np.where(self.counts > 0, 1 / self.counts, 0.0)
        return csr_array(both.multiply(part[:, None]))

    @cached_property
    def sweeps(self) -> list[tuple[slice, csr_array]]:
        """For each margin its levels, and which part of each of them is in each level of all margins."""
        margins = [slice(*pair) for pair in pairwise(self.bounds.tolist())]
        return [(margin, self.shared[margin]) for margin in margins]

    @cached_property
    def swept(self) -> np.ndarray:
        """What all sweeps together make of the mean of each level, in each level: (levels, levels)."""
        return _swept(np.eye(self.levels), self)

    @cached_property
    def shared_squares(self) -> csr_array:
        """The squared weights that each two levels share."""
        return self._shared_of(self.w2)

    @cached_property
    def _of_levels(self) -> csr_array:
        cells = np.arange(len(self.n))
        return self.by_level(cells, np.ones(len(cells)), np.zeros(len(cells), dtype=np.int64), 1)

    def _shared_of(self, counted: np.ndarray) -> csr_array:
        return csr_array((self._of_levels.multiply(counted[None, :])) @ self._of_levels.T)


def added_up(rows: np.ndarray, values: np.ndarray, size: int, columns: int) -> csr_array:
    """Returns the matrix whose product with an array adds that array's rows up: each, times its value, to a row.

    Args:
        rows: for each of the `columns` the row of the result that it counts in, -1 for none; several rounds of all
            columns may follow one another.

    Example:
        >>> added_up(np.array([1, -1, 1]), np.array([1.0, 1.0, 10.0]), 2, 3) @ np.array([[5.0], [6.0], [7.0]])
        array([[ 0.],
               [75.]])
    """
    kept = rows >= 0
    at = np.tile(np.arange(columns), len(rows) // max(columns, 1))
    return csr_array((values[kept], (rows[kept], at[kept])), shape=(size, columns))


@dataclass(frozen=True)
class Influence:
    """Sums, by estimate, of each respondent's influence z on it; z is 0 for those outside the estimate's base.

    Over everybody `w_z` sums weight times z and `w2_zz` squared weight times z times z. By level of the margins, of
    the shape (levels, ...), `swept_z` sums z as the sweeps count people and `w2_z` squared weight times z; both are
    empty where standard errors take the weights as fixed.
    """

    w_z: np.ndarray
    w2_zz: np.ndarray
    swept_z: np.ndarray
    w2_z: np.ndarray


def calibrated_se(influence: Influence, design: Calibration, design_n: np.ndarray) -> np.ndarray:
    """Returns the linearised standard errors with calibration residuals in place of the influences themselves.

    Source: J.-C. Deville and C.-E. Saerndal, Journal of the American Statistical Association 87 (1992), 376-382; the
    sweeps are those of `svyrecvar` in R's survey package.

    Args:
        design_n: how many respondents the design has; broadcast against the estimates.
    """
    estimates = influence.w_z.shape
    swept_z, w2_z = (part.reshape(design.levels, -1) for part in (influence.swept_z, influence.w2_z))
    explained = _explained(swept_z, design)
    total = influence.w_z - (design.weights @ explained).reshape(estimates)
    swept = (explained * (design.shared_squares @ explained - 2 * w2_z)).sum(axis=0)
    squares = influence.w2_zz + swept.reshape(estimates)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.sqrt(np.maximum(design_n / (design_n - 1) * (squares - total**2 / design_n), 0))


def calibrated_covariance(
    w_z: np.ndarray, w2_zz: np.ndarray, swept_z: np.ndarray, w2_z: np.ndarray, design: Calibration, design_n: float
) -> np.ndarray:
    """Returns the covariances of several estimates, whose diagonal holds the squares of `calibrated_se`.

    Args:
        w_z, swept_z, w2_z: as in `Influence`, for a list of estimates.
        w2_zz: the sums over everybody of squared weight times the product of two influences, (estimates, estimates).
    """
    explained = _explained(swept_z, design)
    total = w_z - design.weights @ explained
    swept = explained.T @ w2_z
    squares = w2_zz - swept - swept.T + explained.T @ (design.shared_squares @ explained)
    return design_n / (design_n - 1) * (squares - np.outer(total, total) / design_n)


def _explained(sums: np.ndarray, design: Calibration) -> np.ndarray:
    """Returns what each level of the margins explains of z, given its sums by level: their means, swept out one margin
    after the other."""
    with np.errstate(invalid="ignore", divide="ignore"):
        wanted = np.where(design.counts[:, None] > 0, sums / design.counts[:, None], 0.0)
    if len(design.margins) > 1 and design.levels <= MOST_LEVELS_AT_ONCE:
        # every sweep is a product, so all of them are one: of small matrices each product alone takes longer to call
        result: np.ndarray = design.swept @ wanted
        return result
    return _swept(wanted, design)


def _swept(wanted: np.ndarray, design: Calibration) -> np.ndarray:
    """Returns what each level explains where these are the means that levels are wanted to have."""
    explained = np.zeros_like(wanted)
    for _ in range(SWEEPS if len(design.margins) > 1 else 1):
        for margin, shared in design.sweeps:
            explained[margin] += wanted[margin] - shared @ explained
    return explained
