"""Differences between two groups, a group and the rest, or two periods, with their standard errors, from sums alone.

The difference is linearised as its two sides are, so that respondents who count on both sides, and what weights fitted
to targets explain of both, are taken into account: se^2 = var(one) + var(other) - 2 cov(one, other).
Source: T. Lumley, Complex Surveys (2010), sections 2.2 and 7.2; the results are those of `svycontrast` on `svyby` in
R's survey package.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri, stdtr

from analytics.statistics.calibration import Calibration, Influence, calibrated_se
from analytics.statistics.sides import at_periods
from analytics.statistics.sums import Sums, trailing
from analytics.statistics.uncertainty import UPPER

LEAST_BASE = 30
"""With fewer answers, or weights that leave no more than that of them, a side is too thin for the normal curve."""

Z95 = float(ndtri(UPPER))

COMPARED = ("value", "against_value", "difference", "low", "high", "se", "z", "p_value", "p_cautious")


@dataclass(frozen=True)
class Scores:
    """Sums by estimate and category: whoever is in an estimate's base is in one category and scores its points.

    `n`, `w` and `w2` have the shape (groups, periods, estimates, categories), `points` the shape (categories).
    `by_level` holds the same with one more axis in front, the levels of the `calibration`, as `Sums` has them.
    """

    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray
    points: np.ndarray
    calibration: Calibration | None = None
    by_level: Scores | None = None


def share_scores(sums: Sums) -> Scores:
    """Returns each choice as an estimate of its own: 1 for those who chose it, 0 for the others in the base.

    Choices may be ticked together, as in a multiple question.
    """
    base = (sums.base_n, sums.base_w, sums.base_w2)
    others = (np.maximum(b[..., None] - x, 0) for b, x in zip(base, (sums.n, sums.w, sums.w2), strict=True))
    n, w, w2 = (np.stack(pair, axis=-1) for pair in zip((sums.n, sums.w, sums.w2), others, strict=True))
    by_level = share_scores(sums.by_level) if sums.by_level else None
    return Scores(n, w, w2, np.array([1.0, 0.0]), sums.calibration, by_level)


def mean_scores(sums: Sums, points: np.ndarray) -> Scores:
    """Returns the mean of the points of the choices as the only estimate; a choice with NaN points leaves the base."""
    scored = np.flatnonzero(~np.isnan(points))
    n, w, w2 = (x[..., None, scored] for x in (sums.n, sums.w, sums.w2))
    by_level = mean_scores(sums.by_level, points) if sums.by_level else None
    return Scores(n, w, w2, points[scored], sums.calibration, by_level)


def differences(
    one: Scores,
    other: Scores,
    design_n: np.ndarray,
    *,
    other_design_n: np.ndarray | None = None,
    shared: Scores | None = None,
) -> pd.DataFrame:
    """Returns how far each estimate of `one` lies above the same estimate of `other`.

    Where all in the base of a side scored the same its own standard error is 0 and says nothing; that of both sides
    taken together then stands in for it, on their effective bases.

    Args:
        design_n: how many respondents the design has; broadcast against (groups, periods).
        other_design_n: the same for `other`, where it is a sample of its own, such as another wave.
        shared: the sums over those who count on both sides; left out where nobody does.

    Returns:
        The columns `group`, `period` and `estimate` (places), `base_n`, `effective_n`, `against_base_n`,
        `against_effective_n`, and COMPARED: `low` and `high` at 95 %, `z` and `p_value` (two-sided) by the normal
        curve, missing where nobody on either side scored otherwise than the rest. `p_cautious` takes the larger of the
        standard errors of each side for itself and of both together, by Student's t on the effective bases: the
        customary `p_value` is far too often tiny where a side is small and its share near 0 or 1, and among many
        comparisons the tiny ones are picked.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        value, against = _value(one), _value(other)
        pooled = _pooled_variance(one, other, shared)
        variance = _variance(one, design_n, other, shared)
        if other_design_n is not None:
            variance = _variance(one, design_n) + _variance(other, other_design_n)
        variance = np.where(_alike(one) | _alike(other), pooled, np.maximum(variance, 0))
        gap, se, cautious = value - against, np.sqrt(variance), np.sqrt(np.maximum(variance, pooled))
        z, cautious_z = (np.where(se > 0, gap / x, np.nan) for x in (se, cautious))
        bases = _bases(one) | {f"against_{name}": x for name, x in _bases(other).items()}
        df = bases["effective_n"] + bases["against_effective_n"] - 2
    widest = one.points.max() - one.points.min()
    low, high = (np.clip(gap + sign * Z95 * se, -widest, widest) for sign in (-1, 1))
    numbers = (value, against, gap, low, high, se, z, two_sided(z), two_sided(cautious_z, df))
    places = dict(zip(("group", "period", "estimate"), np.indices(gap.shape), strict=True))
    found = places | bases | dict(zip(COMPARED, numbers, strict=True))
    return pd.DataFrame({name: np.broadcast_to(x, gap.shape).ravel() for name, x in found.items()})


def successive(
    sums: Sums, scores: Callable[[Sums], Scores], design_n: np.ndarray, window: int = 1, cuts: Sequence[int] = ()
) -> pd.DataFrame:
    """Returns how far each period but the first lies above the one before, in the columns of `differences`.

    `period` is the later one's place. With a `window` of more than one each period is taken together with those before
    it; what two neighbouring windows share is no change, and the standard error knows it.

    Args:
        scores: `share_scores`, or `mean_scores` with its points.
        design_n: of one entry, or one for each period where each is a sample of its own.
        cuts: places before which no window reaches; what is said of these places themselves is not to be used.
    """
    after = np.arange(1, sums.n.shape[1])
    before = after - 1
    this, last = (scores(at_periods(trailing(sums, window, cuts), places)) for places in (after, before))
    shared = scores(at_periods(trailing(sums, window - 1, cuts), before)) if window > 1 else None
    if design_n.size > 1:
        frame = differences(this, last, design_n[after], other_design_n=design_n[before])
    else:
        frame = differences(this, last, design_n, shared=shared)
    return frame.assign(period=frame["period"] + 1)


def two_sided(z: np.ndarray, df: np.ndarray | float | None = None) -> np.ndarray:
    """Returns the two-sided p values of z by the normal curve, or with `df` those of t by Student's.

    Example:
        >>> two_sided(np.array([1.96])).round(4).tolist(), two_sided(np.array([1.96]), 20).round(4).tolist()
        ([0.05], [0.0641])
    """
    return 2 * (ndtr(-np.abs(z)) if df is None else stdtr(df, -np.abs(z)))


def _value(scores: Scores) -> np.ndarray:
    return (scores.w @ scores.points) / scores.w.sum(axis=-1)


def _alike(scores: Scores) -> np.ndarray:
    """Returns where all in the base scored the same."""
    given = scores.n > 0
    lowest = np.where(given, scores.points, np.inf).min(axis=-1)
    return lowest >= np.where(given, scores.points, -np.inf).max(axis=-1)


def _bases(scores: Scores) -> dict[str, np.ndarray]:
    w, w2 = scores.w.sum(axis=-1), scores.w2.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return {"base_n": scores.n.sum(axis=-1), "effective_n": np.where(w2 > 0, w**2 / w2, 0.0)}


def _deviations(scores: Scores) -> np.ndarray:
    """Returns what one unit of weight in each category adds to the estimate, at first order."""
    whole = scores.w.sum(axis=-1)
    return (scores.points - _value(scores)[..., None]) / np.where(whole > 0, whole, np.nan)[..., None]


def _variance(
    one: Scores, design_n: np.ndarray, other: Scores | None = None, shared: Scores | None = None
) -> np.ndarray:
    """Returns the variance of an estimate, or of its difference from that of `other` drawn in the same design."""
    m = np.asarray(design_n, dtype=float)[..., None]
    z = _deviations(one)
    influence = _influence(one, z)
    if other is not None:
        against = _deviations(other)
        both = (shared.w2 * z * against).sum(axis=-1) if shared else 0.0
        influence = _apart(influence, _influence(other, against), both)
    if one.calibration is None:
        return m / (m - 1) * influence.w2_zz
    return calibrated_se(influence, one.calibration, m) ** 2


def _influence(scores: Scores, z: np.ndarray) -> Influence:
    w_z, w2_zz = (scores.w * z).sum(axis=-1), (scores.w2 * z**2).sum(axis=-1)
    if scores.by_level is None:
        return Influence(w_z, w2_zz, np.zeros(0), np.zeros(0))
    return Influence(w_z, w2_zz, *((x * z).sum(axis=-1) for x in (scores.by_level.w, scores.by_level.w2)))


def _apart(one: Influence, other: Influence, both: np.ndarray | float) -> Influence:
    """Returns the influence on the difference; `both` is the product of the two among those who count on both sides."""
    return Influence(
        one.w_z - other.w_z, one.w2_zz + other.w2_zz - 2 * both, one.swept_z - other.swept_z, one.w2_z - other.w2_z
    )


def _pooled_variance(one: Scores, other: Scores, shared: Scores | None) -> np.ndarray:
    """Returns the variance of the difference if both sides scored as they do taken together."""
    w = one.w + other.w
    share = w / w.sum(axis=-1, keepdims=True)
    spread = (share * (one.points - (share @ one.points)[..., None]) ** 2).sum(axis=-1)
    w_one, w_other = one.w.sum(axis=-1), other.w.sum(axis=-1)
    both = 0.0 if shared is None else 2 * shared.w2.sum(axis=-1) / (w_one * w_other)
    return spread * (one.w2.sum(axis=-1) / w_one**2 + other.w2.sum(axis=-1) / w_other**2 - both)
