"""Weights that make the respondents meet known shares of a population: raking, post-stratification, trimming.

All of it works on profiles: whoever shares a profile shares a factor, so the cost is that of the profiles, however many
respondents there are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.errors import WeightingError, one_sentence_each

MOST_SWEEPS = 1000


@dataclass(frozen=True)
class LaidTarget:
    """One target laid over the profiles.

    `level` holds, for each profile, the place of its level in `levels`, -1 where one of the dimensions is missing;
    `shares` the share that each level is to have, summing to 1.
    """

    name: str
    level: np.ndarray
    levels: tuple[str, ...]
    shares: np.ndarray


def rake(weight: np.ndarray, margins: list[LaidTarget], *, tolerance: float) -> np.ndarray:
    """Returns the factor of each profile, such that every margin has its shares to within the tolerance.

    Factors are applied to base weights; profiles for which a margin's level is missing, or that nobody has, get 0. The
    weighted sum over the profiles is kept.
    Source: W. E. Deming and F. F. Stephan, Annals of Mathematical Statistics 11 (1940), 427-444.

    Args:
        weight: for each profile the sum of its respondents' base weights.
        margins: the targets.
        tolerance: the largest difference between a share reached and its target.

    Raises:
        WeightingError: a level with a target has no respondents or one without a target has some, or the margins
            contradict each other so that raking does not converge; the message names the dimension and the gap.

    Example:
        >>> sex = LaidTarget("sex", np.array([0, 1]), ("F", "M"), np.array([0.5, 0.5]))
        >>> rake(np.array([30.0, 10.0]), [sex], tolerance=1e-9).round(4).tolist()
        [0.6667, 2.0]
    """
    known = np.all([margin.level >= 0 for margin in margins], axis=0) & (weight > 0)
    start = np.where(known, weight, 0.0)
    _refuse_empty(start, margins)
    factor = known.astype(float)
    for _ in range(MOST_SWEEPS):
        for margin in margins:
            with np.errstate(divide="ignore", invalid="ignore"):
                ratio = margin.shares * start.sum() / _level_sums(start * factor, margin)
            factor[known] *= np.nan_to_num(ratio, nan=0.0, posinf=0.0)[margin.level[known]]
        if max(_gap(start * factor, margin)[0] for margin in margins) <= tolerance:
            return factor
    gap, level, name = max((*_gap(start * factor, margin), margin.name) for margin in margins)
    raise WeightingError(
        f"raking did not reach its targets in {MOST_SWEEPS:,} sweeps: '{name}' is off by {100 * gap:.2g} points at "
        f"'{level}'; the targets contradict each other among these respondents: merge small levels or drop a target"
    )


def trim(factor: np.ndarray, weight: np.ndarray, bounds: tuple[float, float]) -> np.ndarray:
    """Returns the factors cut at both bounds, what that takes or gives spread equally over the others.

    First over those that were not cut; where that pushes some past a bound, they are cut too, and what is left goes
    equally to all that are not at that bound, until none is outside. Equal means that the same amount is added to each
    factor. The weighted sum is kept; the targets are in general missed by a little.
    Source: what `trimWeights(strict = TRUE)` of R's survey package comes to, which repeats itself without end.

    Args:
        factor: for each profile, in general with a weighted mean of 1; 0 for profiles left out.
        weight: for each profile the sum of its respondents' base weights.
        bounds: the smallest and the largest factor allowed.

    Raises:
        WeightingError: the weighted mean is not between the bounds.

    Example:
        >>> trim(np.array([0.2, 0.8, 3.0]), np.array([5.0, 5.0, 2.0]), (0.5, 2.0)).round(4).tolist()
        [0.5, 0.9, 2.0]
    """
    low, high = bounds
    used = (factor > 0) & (weight > 0)
    mean = (weight * factor)[used].sum() / weight[used].sum()
    if not low < mean < high:
        raise WeightingError(
            f"weights cannot be trimmed to between {low:g} and {high:g} times their mean, which is {mean:g}: expected "
            "one bound below it and one above"
        )
    trimmed, free = factor, used & (factor >= low) & (factor <= high)
    while (used & ((trimmed < low) | (trimmed > high))).any():
        bounded = np.where(used, np.clip(trimmed, low, high), trimmed)
        excess = (weight * (trimmed - bounded))[used].sum()
        if trimmed is not factor or not free.any():
            free = used & ((bounded < high) if excess > 0 else (bounded > low))
        trimmed = np.where(free, bounded + excess / weight[free].sum(), bounded)
    return trimmed


def _refuse_empty(start: np.ndarray, margins: list[LaidTarget]) -> None:
    faults = []
    for margin in margins:
        for level, share, total in zip(margin.levels, margin.shares, _level_sums(start, margin), strict=True):
            if share > 0 and not total > 0:
                faults.append(
                    f"the target for '{margin.name}' gives '{level}' {100 * share:.3g}%, and nobody with all "
                    "weighting dimensions known is in it: merge it with another level, or leave the target out"
                )
            if share == 0 and total > 0:
                faults.append(
                    f"the target for '{margin.name}' gives '{level}' 0%, and there are respondents in it: give it its "
                    "share, or list the level under missing"
                )
    if faults:
        raise WeightingError(one_sentence_each(faults))


def _level_sums(weight: np.ndarray, margin: LaidTarget) -> np.ndarray:
    known = margin.level >= 0
    return np.bincount(margin.level[known], weights=weight[known], minlength=len(margin.levels))


def _gap(weight: np.ndarray, margin: LaidTarget) -> tuple[float, str]:
    gaps = np.abs(_level_sums(weight, margin) / weight.sum() - margin.shares)
    worst = int(gaps.argmax())
    return float(gaps[worst]), margin.levels[worst]
