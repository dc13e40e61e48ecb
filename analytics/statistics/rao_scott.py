"""Tests of a whole crosstab: whether any group answered differently at all, with weights taken into account.

Source: J. N. K. Rao and A. J. Scott, Annals of Statistics 12 (1984), 46-60, second-order correction, as F after
D. R. Thomas and J. N. K. Rao, Journal of the American Statistical Association 82 (1987), 630-636; the results are those
of `svychisq` in R's survey package.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import chdtrc, fdtrc

from analytics.statistics.calibration import calibrated_covariance
from analytics.statistics.sides import at_groups
from analytics.statistics.sums import Sums, over_choices

TableTest = Literal["f", "chisq", "wald", "adjwald"]


@dataclass(frozen=True)
class Association:
    """The test of a whole table.

    `cramers_v` is the size of the association by weighted shares, from 0 (none) to 1. `statistic` is held against the
    F distribution with `df` and `df_below` degrees of freedom, or the chi-square one where `df_below` is None.
    """

    cramers_v: float
    statistic: float
    df: float
    df_below: float | None
    p_value: float
    base_n: int
    effective_n: float


def association(sums: Sums, design_n: float, test: TableTest = "f") -> Association | None:
    """Returns the test that choices and groups have nothing to do with each other, None with fewer than two of either.

    Groups without answers and choices that nobody gave are no part of the table.

    Args:
        sums: of one period; choices that exclude one another, groups that share no respondent.
        design_n: how many respondents the design has.
        test: "f" (Rao and Scott, second order), "chisq" (first order), "wald" or "adjwald" (Wald tests of the
            differences from independence, which find too much in tables with many cells).

    Example:
        >>> n = np.array([[[30.0, 20.0]], [[20.0, 30.0]]])
        >>> found = association(Sums(n, n, n, *(x.sum(axis=-1) for x in (n, n, n))), 100)
        >>> round(found.cramers_v, 3), round(found.statistic, 3), round(found.p_value, 4)
        (0.2, 3.96, 0.0494)
    """
    sums = _occupied(sums)
    groups, _, choices = sums.n.shape
    if min(groups, choices) < 2:
        return None
    base_n, effective_n = int(sums.n.sum()), float(sums.w.sum() ** 2 / sums.w2.sum())
    # R keeps everybody in a calibrated design, those outside the table with weight 0
    n = base_n if sums.calibration is None else design_n
    share = sums.w[:, 0, :] / sums.w.sum()
    expected = np.outer(share.sum(axis=1), share.sum(axis=0))
    squares = float(((share - expected) ** 2 / expected).sum())
    if test in ("f", "chisq"):
        found = _rao_scott(sums, share, n, design_n, n * squares, second_order=test == "f")
    else:
        found = _wald(sums, n, design_n, adjusted=test == "adjwald")
    return Association(float(np.sqrt(squares / (min(groups, choices) - 1))), *found, base_n, effective_n)


def _rao_scott(
    sums: Sums, share: np.ndarray, n: float, design_n: float, chi_square: float, *, second_order: bool
) -> tuple[float, float, float | None, float]:
    interaction = np.kron(*(np.eye(size)[:, 1:] - 1 / size for size in share.shape))
    p = share.ravel()
    with np.errstate(divide="ignore"):
        points = interaction * np.where(p > 0, 1 / p, 0.0)[:, None]
    simple = (points * p[:, None]).T @ points / n
    effects = np.linalg.solve(simple, _covariance(sums, (points - p @ points) / sums.w.sum(), design_n))
    trace = float(np.trace(effects))
    if not second_order:
        df = float(len(effects))
        return chi_square, df, None, float(chdtrc(df, chi_square / (trace / df)))
    df = trace**2 / float(np.trace(effects @ effects))
    return chi_square / trace, df, df * (n - 1), float(fdtrc(df, df * (n - 1), chi_square / trace))


def _wald(sums: Sums, n: float, design_n: float, *, adjusted: bool) -> tuple[float, float, float, float]:
    w = sums.w[:, 0, :]
    groups, choices = w.shape
    row, column, total = w.sum(axis=1), w.sum(axis=0), w.sum()
    gap = w - np.outer(row, column) / total
    in_row, in_column = np.repeat(np.eye(groups), choices, axis=0), np.tile(np.eye(choices), (groups, 1))
    by_row, by_column = in_row[:, :, None] * column / total, in_column[:, None, :] * row[:, None] / total
    own = (in_row[:, :, None] * in_column[:, None, :]) - by_row - by_column + np.outer(row, column) / total**2
    free = own[:, 1:, 1:].reshape(groups * choices, -1)
    df, below = float(free.shape[1]), n - 1
    apart = gap[1:, 1:].ravel()
    statistic = float(apart @ np.linalg.solve(_covariance(sums, free, design_n), apart)) / df
    if adjusted:
        statistic, below = statistic * (below - df + 1) / below, below - df + 1
    return statistic, df, below, float(fdtrc(df, below, statistic))


def _covariance(sums: Sums, z: np.ndarray, design_n: float) -> np.ndarray:
    """Returns the covariances of weighted totals of z, which has a row for each group and choice, a column a total."""
    w2 = sums.w2.ravel()
    squares = (z * w2[:, None]).T @ z
    total = sums.w.ravel() @ z
    if sums.calibration is None or sums.by_level is None:
        return design_n / (design_n - 1) * (squares - np.outer(total, total) / design_n)
    swept_z, w2_z = (x.reshape(len(x), -1) @ z for x in (sums.by_level.w, sums.by_level.w2))
    return calibrated_covariance(total, squares, swept_z, w2_z, sums.calibration, design_n)


def _occupied(sums: Sums) -> Sums:
    groups = np.flatnonzero(sums.n.sum(axis=(1, 2)) > 0)
    choices = np.flatnonzero(sums.n.sum(axis=(0, 1)) > 0)
    return over_choices(at_groups(sums, groups), lambda x: x[..., choices])
