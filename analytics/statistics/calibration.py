"""Standard errors that know that the weights were fitted to targets.

What the targets explain of an answer does not vary from sample to sample; only what is left over does. The left-overs
are found by sweeping the means out of each margin in turn, as R's survey package does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

SWEEPS = 10
"""How often R's survey package sweeps the margins of a raked design; more would change only the last digits."""


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
    def runs(self) -> tuple[Runs, ...]:
        """The cells in order of the levels of each margin: found out once, and used for every sum of every view."""
        return tuple(_runs(level) for level in self.margins)

    @cached_property
    def counts(self) -> np.ndarray:
        """How many people, or which base weight, the sweeps take a cell to have."""
        return self.start if self.by_start else self.n

    @cached_property
    def shared(self) -> tuple[tuple[np.ndarray, ...], ...]:
        """How many of them each two levels of two margins share."""
        return tuple(tuple(_shared(one, other, self.counts) for other in self.margins) for one in self.margins)


class Runs(NamedTuple):
    """A margin's cells in order of its levels: `order` sorts them, each of `levels`, of `size`, begins at `first`."""

    order: np.ndarray
    levels: np.ndarray
    first: np.ndarray
    size: int


@dataclass(frozen=True)
class Influence:
    """Sums, by cell and estimate, of each respondent's influence z on the estimate; arrays of the shape (cells, ...).

    `n_z` sums z, `w_z` weight times z, `w2_z` and `w2_zz` squared weight times z and times z squared. z is 0 for those
    outside the estimate's base.
    """

    n_z: np.ndarray
    w_z: np.ndarray
    w2_z: np.ndarray
    w2_zz: np.ndarray


def calibrated_se(influence: Influence, design: Calibration, design_n: np.ndarray) -> np.ndarray:
    """Returns the linearised standard errors with calibration residuals in place of the influences themselves.

    Source: J.-C. Deville and C.-E. Saerndal, Journal of the American Statistical Association 87 (1992), 376-382; the
    sweeps are those of `svyrecvar` in R's survey package.

    Args:
        design_n: how many respondents the design has; broadcast against the estimates.
    """
    estimates = influence.n_z.shape[1:]
    parts = (influence.n_z, influence.w_z, influence.w2_z, influence.w2_zz)
    n_z, w_z, w2_z, w2_zz = (part.reshape(len(design.n), -1) for part in parts)
    explained = _explained_by_targets(n_z, w_z, design)
    total = (w_z - explained * design.w[:, None]).sum(axis=0)
    squares = (w2_zz - 2 * explained * w2_z + explained**2 * design.w2[:, None]).sum(axis=0)
    squares, total = squares.reshape(estimates), total.reshape(estimates)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.sqrt(np.maximum(design_n / (design_n - 1) * (squares - total**2 / design_n), 0))


def calibrated_covariance(
    n_z: np.ndarray, w_z: np.ndarray, w2_z: np.ndarray, w2_zz: np.ndarray, design: Calibration, design_n: float
) -> np.ndarray:
    """Returns the covariances of several estimates, whose diagonal holds the squares of `calibrated_se`.

    Args:
        n_z, w_z, w2_z: as in `Influence`, of the shape (cells, estimates).
        w2_zz: the sums over everybody of squared weight times the product of two influences, (estimates, estimates).
    """
    explained = _explained_by_targets(n_z, w_z, design)
    total = (w_z - explained * design.w[:, None]).sum(axis=0)
    swept = explained.T @ w2_z
    squares = w2_zz - swept - swept.T + (explained * design.w2[:, None]).T @ explained
    return design_n / (design_n - 1) * (squares - np.outer(total, total) / design_n)


def _explained_by_targets(n_z: np.ndarray, w_z: np.ndarray, design: Calibration) -> np.ndarray:
    if design.by_start:  # all respondents of a cell share one factor
        return _explained(w_z * (design.start / design.w)[:, None], design)
    return _explained(n_z, design)


def _explained(sums: np.ndarray, design: Calibration) -> np.ndarray:
    """Returns, for each cell, what the margins explain of z: their means, swept out one after the other.

    What is explained is always a number for each level of each margin, added up. So the sweeps go over those alone,
    which are few, and over how many people each two levels share; the cells are added up before and looked up after.
    """
    people = [np.bincount(level, weights=design.counts) for level in design.margins]
    wanted = [_by_level(sums, runs) for runs in design.runs]
    shared = design.shared
    means = [np.zeros((len(count), sums.shape[1])) for count in people]
    for _ in range(SWEEPS if len(design.margins) > 1 else 1):
        for at, count in enumerate(people):
            left = wanted[at] - sum(both @ mean for both, mean in zip(shared[at], means, strict=True))
            with np.errstate(invalid="ignore", divide="ignore"):
                means[at] += np.where(count[:, None] > 0, left / count[:, None], 0.0)
    explained = np.zeros_like(sums)
    for level, mean in zip(design.margins, means, strict=True):
        explained += mean[level]
    return explained


def _by_level(values: np.ndarray, runs: Runs) -> np.ndarray:
    """Returns the sums of the rows by level."""
    sums = np.zeros((runs.size, values.shape[1]))
    sums[runs.levels] = np.add.reduceat(values[runs.order], runs.first, axis=0)
    return sums


def _runs(level: np.ndarray) -> Runs:
    order = np.argsort(level, kind="stable")
    levels, first = np.unique(level[order], return_index=True)
    return Runs(order, levels, first, int(level.max()) + 1)


def _shared(one: np.ndarray, other: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Returns how many people each level of one margin shares with each level of the other."""
    width = int(other.max()) + 1
    return np.bincount(one * width + other, weights=counts, minlength=(int(one.max()) + 1) * width).reshape(-1, width)
