"""What may be shown of an estimate: shown, flagged, or suppressed with its reason, by a fixed order of rules.

The order and the limits are those of the United States' National Center for Health Statistics, made for shares that
stand alone. Here they stand beside the other shares of their distribution, so that hiding one would hide nothing and
mislead about the rest: a distribution is suppressed as a whole, and a share that is only small is flagged.
Source: J. D. Parker et al., National Center for Health Statistics Data Presentation Standards for Proportions, Vital
and Health Statistics 2 (175), 2017.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.model.reasons import Reason
from analytics.statistics.estimates import NUMBERS, Arrays

RELIABLE_BASE = 30
FEWEST_DF = 8
NARROW, WIDE, RELATIVE = 0.05, 0.30, 1.30

DUST = 1e-9
"""What sums of floats may be off: thirty equal weights are worth thirty answers."""


def present(estimates: pd.DataFrame, min_base: int) -> pd.DataFrame:
    """Returns shares, in the columns of `estimates.shares`, as `presented` leaves them."""
    found = presented({name: estimates[name].to_numpy() for name in NUMBERS}, min_base, np.True_)
    objects = {name: pd.Series(found[name], index=estimates.index, dtype=object) for name in ("reason", "flag")}
    return estimates.assign(**found | objects)


def presented(numbers: Arrays, min_base: int, is_share: np.ndarray | np.bool_) -> Arrays:
    """Returns the numbers with arrays `suppressed` (bool), `reason` (a Reason or None) and `flag` (text or None).

    Suppressed, and so missing, is whatever fewer than `min_base` answered, or weights leave worth fewer than 30 answers
    (fewer than `min_base` where that is less); and a distribution in which the interval of a share spans 30 points or
    more, unless the minimum base was set below 30: who does that wants to see such shares, and they are flagged.

    Args:
        numbers: arrays of one shape, whose last axis is a distribution where there are several axes.
        is_share: what is a part of a whole, from 0 to 1; broadcast against the numbers.
    """
    base_n, least = numbers["base_n"], min(min_base, RELIABLE_BASE)
    light = numbers["effective_n"] < least - DUST
    wide = _has_wide_share(numbers, is_share) & (min_base >= RELIABLE_BASE)
    suppressed = ~(base_n >= max(min_base, 1)) | light | wide
    reason = np.full(base_n.shape, None, dtype=object)
    flag = flags(numbers, is_share)
    if not suppressed.any():
        return numbers | {"suppressed": suppressed, "reason": reason, "flag": flag}
    reason[wide] = Reason("wide")
    reason[light] = Reason("light", least)
    reason[~(base_n >= min_base)] = Reason("few", min_base)
    reason[base_n == 0] = Reason("nobody")
    flag[suppressed] = None
    hidden = {name: np.where(suppressed, np.nan, number) for name, number in numbers.items()}
    return hidden | {"suppressed": suppressed, "reason": reason, "flag": flag}


def _has_wide_share(numbers: Arrays, is_share: np.ndarray | np.bool_) -> np.ndarray:
    """Returns what stands in a distribution of which a share has an interval of 30 points or more."""
    with np.errstate(invalid="ignore"):
        wide = is_share & (np.round(numbers["high"] - numbers["low"], 12) >= WIDE)
    return np.broadcast_to(wide.any(axis=-1, keepdims=True), wide.shape) if wide.ndim > 1 else wide


def flags(numbers: Arrays, is_share: np.ndarray | np.bool_) -> np.ndarray:
    """Returns why a number asks for reserve, the first of the rules that it meets; None where it meets none.

    "few": fewer than 8 degrees of freedom. "thin": worth fewer than 30 answers. The others are for shares alone:
    "none or all": 0 % or 100 %. "wide": an interval of 30 points or more. "small": an interval wider than 1.3 times the
    share. "complement": wider than 1.3 times what is left to 100 %. An interval of 5 points or less is narrow enough
    for any share but 0 % and 100 %.

    Example:
        >>> one = dict(base_n=400.0, effective_n=400.0, value=0.03, se=0.009, low=0.01, high=0.06)
        >>> float(round(one["high"] - one["low"], 4)), flags({k: np.array([v]) for k, v in one.items()}, np.True_)[0]
        (0.05, None)
        >>> flags({k: np.array([v]) for k, v in (one | {"high": 0.07}).items()}, np.True_)[0]
        'small'
    """
    with np.errstate(invalid="ignore"):
        width = np.round(numbers["high"] - numbers["low"], 12)
        rules = {
            "few": numbers["base_n"] - 1 < FEWEST_DF,
            "thin": numbers["effective_n"] < RELIABLE_BASE - DUST,
            "none or all": is_share & (numbers["se"] == 0),
            "": width <= NARROW,
            "wide": is_share & (width >= WIDE),
            "small": is_share & (width > np.round(RELATIVE * numbers["value"], 12)),
            "complement": is_share & (width > np.round(RELATIVE * (1 - numbers["value"]), 12)),
        }
    shape = np.broadcast_shapes(*(rule.shape for rule in rules.values()))
    found = np.full(shape, None, dtype=object)
    for name, rule in reversed(rules.items()):
        found[np.broadcast_to(rule, shape)] = name or None
    return found
