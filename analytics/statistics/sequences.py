"""Who leads, judged while answers still come in: limits that hold at every look at once, however often one looks.

An interval of 95 % holds for one look. Whoever looks at a running poll after every few answers and stops when the
interval leaves 0 out claims a leader that is none in one poll of three. The limits here are made for that.

With single answers each is worth 1 (for the first choice), -1 (for the second) or 0 (for another), and the difference
of the two shares is the mean. Someone who holds that the mean is at most m can be bet against: a stake c of 0 to 1
makes 1 - c + c (1 + x) / (1 + m) of every unit. Under that belief no mix of stakes gains in the long run; by Ville's
inequality it multiplies its capital 1 / alpha times with a chance of at most alpha, at whatever time. The lower limit
is the largest m against which it did. The capital depends on the counts alone, not on their order.
Source: I. Waudby-Smith and A. Ramdas, Estimating means of bounded random variables by betting, Journal of the Royal
Statistical Society B 86 (2024), 1-27; J. Ville, Etude critique de la notion de collectif (1939).
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from analytics.statistics.comparisons import LEAST_BASE
from analytics.statistics.uncertainty import LEVEL, Limits

STAKES = np.geomspace(0.004, 0.95, 40)
"""Small stakes win against small differences in long polls, large ones against large differences in short polls."""

HALVINGS = 40
"""How often the stretch that a limit lies in is halved: to less than a millionth of a point."""


def settled(first: np.ndarray, second: np.ndarray, *, choices: int = 2) -> np.ndarray:
    """Returns whether the first choice leads the second in truth and not by chance, however often one has looked.

    Whoever reports this at any look for whichever choice is ahead of all others then is wrong in at most 5 % of
    polls without a leader.

    Args:
        first: how many gave the leading choice, any shape.
        second: how many gave the runner-up.
        choices: how many could be given; each of them might lead by chance.

    Example:
        >>> settled(np.array([60, 600]), np.array([40, 400])).tolist()
        [False, True]
    """
    return _log_capital(0.0, first, second, first + second) >= _log_needed(choices)


def lead_interval(first: np.ndarray, second: np.ndarray, base: np.ndarray, *, choices: int = 2) -> Limits:
    """Returns the limits of the difference of two shares, which hold at all looks together; 0 lies outside if settled.

    Args:
        first, second: how many gave each of the two choices.
        base: how many answered; each gave one choice.
        choices: how many could be given.

    Example:
        >>> low, high = lead_interval(np.array([600.0]), np.array([400.0]), np.array([1000.0]))
        >>> round(float(low[0]), 3), round(float(high[0]), 3)
        (0.095, 0.302)
    """
    low = _lower_limit(first, second, base, choices)
    return low, -_lower_limit(second, first, base, choices)


def weighted_lead_interval(
    difference: np.ndarray, se: np.ndarray, effective_n: np.ndarray, *, choices: int = 2
) -> Limits:
    """Returns limits like those of `lead_interval` for weighted shares, from their difference and its standard error.

    They hold in the limit of large bases only; below an effective base of 30 they say nothing, from -1 to 1.
    Source: I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy and A. Ramdas, Time-uniform central limit theory and
    asymptotic confidence sequences, Annals of Statistics 52 (2024), 2613-2640.

    Example:
        >>> low, high = weighted_lead_interval(np.array([0.2]), np.array([0.031]), np.array([1000.0]))
        >>> round(float(low[0]), 3), round(float(high[0]), 3)
        (0.105, 0.295)
    """
    alpha = 2 * (1 - LEVEL) / choices
    narrowest = 500.0  # the effective base at which the limits are tightest
    log = -2 * np.log(alpha)
    mixed = effective_n * (log + np.log(log) + 1) / narrowest
    with np.errstate(divide="ignore", invalid="ignore"):
        half = np.where(effective_n < LEAST_BASE, 2.0, se * np.sqrt((1 + 1 / mixed) * (np.log1p(mixed) + log)))
    return np.maximum(difference - half, -1.0), np.minimum(difference + half, 1.0)


def day_moved(difference: np.ndarray, se: np.ndarray, effective_n: np.ndarray, se_before: np.ndarray) -> np.ndarray:
    """Returns whether a day that is still running differs from the one before, however often one has looked at it.

    Half of the 5 % goes to the running day, whose limits hold at all looks, half to the day before, which is over.

    Args:
        difference: the running day's share less that of the day before.
        se, effective_n: of the running day.
        se_before: of the day before.

    Example:
        >>> gap, one = np.array([0.05, 0.30]), np.ones(2)
        >>> day_moved(gap, 0.03 * one, 300 * one, 0.03 * one).tolist()
        [False, True]
    """
    low, _ = weighted_lead_interval(np.abs(difference), se, effective_n, choices=4)
    return low > ndtri(1 - (1 - LEVEL) / 4) * se_before


def _lower_limit(first: np.ndarray, second: np.ndarray, base: np.ndarray, choices: int) -> np.ndarray:
    first, second, base = (np.asarray(x, dtype=float) for x in (first, second, base))
    low, high = np.full(first.shape, -1.0), np.ones(first.shape)
    for _ in range(HALVINGS):  # the capital falls as the mean that is bet against rises
        middle = (low + high) / 2
        won = _log_capital(middle, first, second, base) >= _log_needed(choices)
        low, high = np.where(won, middle, low), np.where(won, high, middle)
    return low


def _log_capital(mean: np.ndarray | float, first: np.ndarray, second: np.ndarray, base: np.ndarray) -> np.ndarray:
    """Returns the logarithm of what a unit spread evenly over the stakes has become, betting on more than `mean`."""
    mean, first, second, base = (np.asarray(x, dtype=float)[..., None] for x in (mean, first, second, base))
    gain = STAKES / (1 + mean)
    capital = first * np.log1p(2 * gain - STAKES) + second * np.log1p(-STAKES)
    capital += (base - first - second) * np.log1p(gain - STAKES)
    peak = capital.max(axis=-1)  # SciPy's own logsumexp spends ten times as long on looking at its arguments
    return peak + np.log(np.exp(capital - peak[..., None]).mean(axis=-1))


def _log_needed(choices: int) -> float:
    return float(np.log(choices / (1 - LEVEL)))
