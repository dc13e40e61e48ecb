"""Intervals of 95 % for shares and means, the same for every figure, table and export."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import betaincinv, expit, logit, ndtri, stdtrit

LEVEL = 0.95
UPPER = 1 - (1 - LEVEL) / 2

Limits = tuple[np.ndarray, np.ndarray]


def share_interval(
    share: np.ndarray,
    se: np.ndarray,
    effective_n: np.ndarray,
    df: np.ndarray,
    method: str,
    design_df: np.ndarray | None = None,
) -> Limits:
    """Returns the lower and upper limits of shares, inside [0, 1] and never of width 0.

    Where the standard error is 0, at 0 % and 100 %, "logit" and "beta" give the exact interval on the effective base.

    Args:
        share: 0 to 1, any shape; the other arrays have the same shape.
        se: standard errors.
        effective_n: (sum of weights)^2 / sum of squared weights.
        df: degrees of freedom, the base less 1.
        method: "logit" (Student's t on the logit scale), "wilson" (score interval on the effective base) or "beta"
            (Korn and Graubard 1998: Clopper-Pearson on the base that the standard error amounts to).
        design_df: where the standard error is a calibrated one, the respondents of the design less 1: "beta" then
            rests on a smaller base, as in R's survey package, in which a calibrated design keeps all its rows.

    Example:
        >>> low, high = share_interval(np.array([0.0]), np.array([0.0]), np.array([20.0]), np.array([19.0]), "logit")
        >>> round(float(low[0]), 4), round(float(high[0]), 4)
        (0.0, 0.1684)
    """
    methods: dict[str, Callable[..., Limits]] = {"logit": _logit, "wilson": _wilson, "beta": _beta}
    share, se, effective_n, df = np.broadcast_arrays(share, se, effective_n, df)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = 1.0 if design_df is None or method != "beta" else stdtrit(df, UPPER) / stdtrit(design_df, UPPER)
        low, high = methods[method](share, se * ratio, effective_n, df)
        if method != "wilson":
            certain = ~(se > 0) & (effective_n > 0)
            low[certain], high[certain] = clopper_pearson((share * effective_n)[certain], effective_n[certain])
    return np.clip(low, 0, 1), np.clip(high, 0, 1)


def clopper_pearson(successes: np.ndarray, n: np.ndarray) -> Limits:
    """Returns the exact binomial limits; neither argument has to be whole.

    Source: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), 404-413.

    Example:
        >>> low, high = clopper_pearson(np.array([1.0]), np.array([10.0]))
        >>> round(float(low[0]), 4), round(float(high[0]), 4)
        (0.0025, 0.445)
    """
    low = np.where(successes > 0, betaincinv(np.maximum(successes, 1e-300), n - successes + 1, 1 - UPPER), 0.0)
    high = np.where(successes < n, betaincinv(successes + 1, np.maximum(n - successes, 1e-300), UPPER), 1.0)
    return low, high


def mean_interval(
    mean: np.ndarray, se: np.ndarray, effective_n: np.ndarray, df: np.ndarray, lowest: float, highest: float
) -> Limits:
    """Returns the limits of means of scores from `lowest` to `highest`, inside that range and never of width 0.

    Student's t around the mean. Where the standard error is 0 everybody gave one score; the limits are then how far
    the mean could move if as many as the exact interval allows had given the lowest or the highest score.

    Example:
        >>> low, high = mean_interval(np.array([5.0]), np.array([0.0]), np.array([20.0]), np.array([19.0]), 1, 5)
        >>> round(float(low[0]), 2), float(high[0])
        (4.33, 5.0)
    """
    mean, se, effective_n, df = np.broadcast_arrays(mean, se, effective_n, df)
    with np.errstate(divide="ignore", invalid="ignore"):
        half = stdtrit(df, UPPER) * se
        _, others = clopper_pearson(np.zeros_like(effective_n), effective_n)
        certain = ~(se > 0)
        low = np.where(certain, mean - others * (mean - lowest), mean - half)
        high = np.where(certain, mean + others * (highest - mean), mean + half)
    return np.clip(low, lowest, highest), np.clip(high, lowest, highest)


def _logit(share: np.ndarray, se: np.ndarray, _effective_n: np.ndarray, df: np.ndarray) -> Limits:
    half = stdtrit(df, UPPER) * se / (share * (1 - share))
    return expit(logit(share) - half), expit(logit(share) + half)


def _wilson(share: np.ndarray, _se: np.ndarray, effective_n: np.ndarray, _df: np.ndarray) -> Limits:
    z = ndtri(UPPER)
    centre = (share + z**2 / (2 * effective_n)) / (1 + z**2 / effective_n)
    spread = share * (1 - share) / effective_n + z**2 / (4 * effective_n**2)
    half = z * np.sqrt(spread) / (1 + z**2 / effective_n)
    return centre - half, centre + half


def _beta(share: np.ndarray, se: np.ndarray, _effective_n: np.ndarray, _df: np.ndarray) -> Limits:
    n = share * (1 - share) / se**2
    return clopper_pearson(share * n, n)
