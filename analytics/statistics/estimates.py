"""Shares, nets and means with their standard errors, from sums alone.

The standard error is the linearised one with weights taken as fixed: with m respondents in the design,
se^2 = m / (m - 1) * sum((w_i (y_i - value))^2) / (sum w_i)^2 over those in the base.
Source: C.-E. Saerndal, B. Swensson, J. Wretman, Model Assisted Survey Sampling (1992), sections 5.5 to 5.7, for a
sample drawn with replacement; domains keep the m of the whole design.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.statistics.calibration import Influence, calibrated_se
from analytics.statistics.sums import Sums, over_choices
from analytics.statistics.uncertainty import mean_interval, share_interval

NUMBERS = ("base_n", "weighted_base", "effective_n", "deff", "count", "share", "value", "se", "low", "high")

Arrays = dict[str, np.ndarray]
"""An array for each of NUMBERS, all of the shape (groups, periods, choices)."""


def shares(sums: Sums, design_n: np.ndarray, interval: str) -> pd.DataFrame:
    """Returns the share of every choice among those who answered.

    Args:
        design_n: how many respondents the design has; broadcast against (groups, periods).
        interval: "logit", "wilson" or "beta".

    Returns:
        The columns `group`, `period` and `choice` (places) and NUMBERS; one row for each group, period and choice.
        `value` equals `share`; an empty base gives missing values.
    """
    return _long(share_numbers(sums, design_n, interval))


def net(sums: Sums, plus: list[int], minus: list[int], design_n: np.ndarray, interval: str) -> pd.DataFrame:
    """Returns the share of the choices in `plus` less that of those in `minus`, in the columns of `shares`.

    Each answer scores 1, -1 or 0; without `minus` the net is the share of several choices together and has the
    interval of a share. `choice` is 0 throughout.
    """
    return _long(net_numbers(sums, plus, minus, design_n, interval))


def mean(sums: Sums, scores: np.ndarray, design_n: np.ndarray) -> pd.DataFrame:
    """Returns the mean score of those whose choice has one, in the columns of `shares`; `choice` is 0 throughout.

    Args:
        scores: a score for each choice, NaN for a choice without one, whose answers leave the base.
    """
    return _long(mean_numbers(sums, scores, design_n))


def share_numbers(sums: Sums, design_n: np.ndarray, interval: str) -> Arrays:
    """Returns the numbers of `shares` as arrays: a view joins several of them before it makes its one frame."""
    base = _base(sums.base_n, sums.base_w, sums.base_w2)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.clip(sums.w / sums.base_w[..., None], 0, 1)
        others = np.maximum(sums.base_w2[..., None] - sums.w2, 0)
        squares = sums.w2 * (1 - share) ** 2 + others * share**2
        se = _standard_error(squares, sums.base_w[..., None], design_n[..., None])
        if sums.calibration and sums.by_level:
            influence = _share_influence(sums, sums.by_level, share)
            se = calibrated_se(influence, sums.calibration, design_n[..., None])
        se = np.where((sums.n == 0) | (sums.n == sums.base_n[..., None]), 0.0, se)
    low, high = share_interval(
        share, se, base["effective_n"][..., None], base["base_n"][..., None] - 1, interval,
        design_n[..., None] - 1 if sums.calibration else None,
    )  # fmt: skip
    every = {name: np.broadcast_to(of_base[..., None], sums.n.shape) for name, of_base in base.items()}
    return every | {"count": sums.n, "share": share, "value": share, "se": se, "low": low, "high": high}


def net_numbers(sums: Sums, plus: list[int], minus: list[int], design_n: np.ndarray, interval: str) -> Arrays:
    """Returns the numbers of `net` as arrays, with one place for choices."""
    if not minus:
        together = over_choices(sums, lambda x: x[..., plus].sum(axis=-1, keepdims=True))
        empty = np.full(together.n.shape, np.nan)
        return share_numbers(together, design_n, interval) | {"count": empty, "share": empty}
    scores = np.zeros(sums.n.shape[-1])
    scores[plus], scores[minus] = 1.0, -1.0
    return mean_numbers(sums, scores, design_n)


def mean_numbers(sums: Sums, scores: np.ndarray, design_n: np.ndarray) -> Arrays:
    """Returns the numbers of `mean` as arrays, with one place for choices."""
    scored = np.flatnonzero(~np.isnan(scores))
    points = scores[scored]
    n, w, w2 = (x[..., scored] for x in (sums.n, sums.w, sums.w2))
    base = _base(n.sum(axis=-1), w.sum(axis=-1), w2.sum(axis=-1))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (w @ points) / base["weighted_base"]
        squares = (w2 * (points - value[..., None]) ** 2).sum(axis=-1)
        se = _standard_error(squares, base["weighted_base"], design_n)
        if sums.calibration and sums.by_level:
            influence = _mean_influence(w, w2, over_choices(sums.by_level, lambda x: x[..., scored]), points, value)
            se = calibrated_se(influence, sums.calibration, design_n)
        lowest, highest = np.where(n > 0, points, np.inf).min(axis=-1), np.where(n > 0, points, -np.inf).max(axis=-1)
        se = np.where(lowest == highest, 0.0, se)  # float sums leave dust where all scores are the same
    low, high = mean_interval(value, se, base["effective_n"], base["base_n"] - 1, points.min(), points.max())
    empty = np.full(value.shape, np.nan)
    numbers = base | {"count": empty, "share": empty, "value": value, "se": se, "low": low, "high": high}
    return {name: number[..., None] for name, number in numbers.items()}


def _share_influence(sums: Sums, by_level: Sums, share: np.ndarray) -> Influence:
    """Returns the sums of (y - share) / base, y being 1 for those who chose the choice."""
    whole = np.where(sums.base_w > 0, sums.base_w, np.nan)[..., None]
    others = np.maximum(sums.base_w2[..., None] - sums.w2, 0)
    return Influence(
        (sums.w - share * sums.base_w[..., None]) / whole,
        (sums.w2 * (1 - share) ** 2 + others * share**2) / whole**2,
        (by_level.w - share * by_level.base_w[..., None]) / whole,
        (by_level.w2 - share * by_level.base_w2[..., None]) / whole,
    )


def _mean_influence(w: np.ndarray, w2: np.ndarray, by_level: Sums, points: np.ndarray, value: np.ndarray) -> Influence:
    """Returns the sums of (score - value) / base; all the sums hold the scored choices alone."""
    base_w = w.sum(axis=-1)
    z = (points - value[..., None]) / np.where(base_w > 0, base_w, np.nan)[..., None]
    w_z, swept_z, w2_z = ((of * z).sum(axis=-1) for of in (w, by_level.w, by_level.w2))
    return Influence(w_z, (w2 * z**2).sum(axis=-1), swept_z, w2_z)


def _base(n: np.ndarray, w: np.ndarray, w2: np.ndarray) -> dict[str, np.ndarray]:
    with np.errstate(divide="ignore", invalid="ignore"):
        effective_n = np.where(w2 > 0, w**2 / w2, 0.0)
        return {"base_n": n, "weighted_base": w, "effective_n": effective_n, "deff": n / effective_n}


def _standard_error(squares: np.ndarray, base_w: np.ndarray, design_n: np.ndarray) -> np.ndarray:
    return np.sqrt(design_n / (design_n - 1) * squares) / base_w


def _long(numbers: Arrays) -> pd.DataFrame:
    group, period, choice = np.indices(numbers["value"].shape)
    columns = {"group": group, "period": period, "choice": choice} | numbers
    return pd.DataFrame({name: column.ravel() for name, column in columns.items()})
