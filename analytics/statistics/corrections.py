"""Corrections for many comparisons: who looks often enough finds a difference in pure noise."""

from __future__ import annotations

from typing import Literal

import numpy as np

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
