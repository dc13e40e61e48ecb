"""Differences between shares of two samples that share nobody, from their standard errors alone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.statistics.comparisons import Z95, two_sided
from analytics.statistics.corrections import Correction, adjusted
from analytics.statistics.uncertainty import LEVEL


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
