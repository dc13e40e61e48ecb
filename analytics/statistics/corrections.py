"""Corrections for many comparisons: who looks often enough finds a difference in pure noise."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from analytics.statistics.comparisons import Z95, two_sided
from analytics.statistics.uncertainty import LEVEL

Correction = Literal["bh", "holm", "bonferroni"]


def adjusted(p_values: np.ndarray, correction: Correction) -> np.ndarray:
    """Returns the p values corrected for one another, to be held against the level as they are.

    All of them count as one family; missing ones stay missing and do not count. "bh" bounds the expected share of false
    finds among the finds, "holm" and "bonferroni" the chance of any false find.
    Source: Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995), 289-300; S. Holm,
    Scandinavian Journal of Statistics 6 (1979), 65-70. The results are those of `p.adjust` in R.

    Args:
        p_values: one axis, 0 to 1 or NaN.

    Example:
        >>> adjusted(np.array([0.01, 0.04, np.nan, 0.03]), "bh").round(3).tolist()
        [0.03, 0.04, nan, 0.04]
        >>> adjusted(np.array([0.01, 0.04, np.nan, 0.03]), "holm").round(3).tolist()
        [0.03, 0.06, nan, 0.06]
    """
    result = np.full(len(p_values), np.nan)
    known = np.flatnonzero(~np.isnan(p_values))
    order = known[np.argsort(p_values[known], kind="stable")]
    ascending, rank = p_values[order], np.arange(1, len(order) + 1)
    # By hand, not by scipy.stats: to import that costs two seconds at the start of every page. A test compares them.
    if correction == "bh":
        stepped = np.minimum.accumulate((ascending * len(order) / rank)[::-1])[::-1]
    elif correction == "holm":
        stepped = np.maximum.accumulate(ascending * (len(order) - rank + 1))
    else:
        stepped = ascending * len(order)
    result[order] = np.minimum(stepped, 1.0)
    return result


def apart(sides: pd.DataFrame, correction: Correction = "bh") -> pd.DataFrame:
    """Returns the sides with `difference`, `difference_low`, `difference_high`, `p_adjusted` and `clear`.

    se^2 of the difference is that of the one side and that of the other added. What is called clear takes the larger of
    this and of the error that both had if they scored as they do together, by Student's t on their effective bases, and
    is corrected for all rows. Suppressed rows hold missing numbers and count in no correction.

    Args:
        sides: the columns `value`, `se`, `effective_n`, the same with `against_` before them, and `suppressed`.

    Example:
        >>> one = dict(value=0.6, se=0.02, effective_n=600.0, suppressed=False)
        >>> other = dict(against_value=0.5, against_se=0.0, against_effective_n=np.inf)
        >>> apart(pd.DataFrame([one | other]))[["difference", "difference_low", "clear"]].round(4).values.tolist()
        [[0.1, 0.0608, True]]
    """
    a, b, n, m, one, other = (
        sides[name].to_numpy(dtype=float)
        for name in ("value", "against_value", "effective_n", "against_effective_n", "se", "against_se")
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        se, gap = np.hypot(one, other), a - b
        part = np.where(np.isinf(m), 0.0, n / (n + m))
        both = np.where(np.isinf(m), b, part * a + (1 - part) * b)
        pooled = np.sqrt(both * (1 - both) * (1 / n + 1 / m))
        p = two_sided(gap / np.maximum(se, pooled), np.where(np.isinf(m), n - 1, n + m - 2))
    hidden = sides["suppressed"].to_numpy(dtype=bool)
    p_adjusted = adjusted(np.where(hidden, np.nan, p), correction)
    found = {"difference": gap, "difference_low": gap - Z95 * se, "difference_high": gap + Z95 * se}
    shown = {name: np.where(hidden, np.nan, np.clip(number, -1, 1)) for name, number in found.items()}
    return sides.assign(**shown, p_adjusted=p_adjusted, clear=p_adjusted <= 1 - LEVEL)
