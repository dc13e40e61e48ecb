"""Whether a number that is watched for months has changed, with an error that holds however often one looks.

Each day with answers somebody begins to bet against every level m that the mean of the answers may have had all along.
With stake c an answer x (0 to 1) makes 1 - c + c x / m of a unit that is bet on more, and 1 - c + c (1 - x) / (1 - m)
of one that is bet on less. Were the mean m all along, no capital would grow on average, so all those who have begun
have together as much as they brought: 1 a day. A bettor may stop and keep what he has; one in 30 does so each day.
What all have in the worst case, over every m, is the evidence. It passes a bound B for the first time after B days on
average or later, whatever the answers are like, as long as the mean given all earlier answers stays the same.
The capital depends on the counts of each day alone: it is worked out anew at each look, and may be looked at any hour.
Source: J. Shin, A. Ramdas and A. Rinaldo, E-detectors: a nonparametric framework for sequential change detection, New
England Journal of Statistics in Data Science 2 (2024), 229-260; S. Shekhar and A. Ramdas, Reducing sequential change
detection to sequential estimation, Proceedings of ICML 2024, for levels that are not known beforehand.
"""

from __future__ import annotations

import numpy as np

STAKES = np.geomspace(0.02, 0.7, 6)
"""Small stakes find small changes in many answers, large ones large changes in few."""

STOPS = 1 / 30
"""The part of bettors who stop each day and keep what they have: what was learnt of a long time is not lost again."""

LEVELS = 48
"""How many levels the mean may have had are looked at, first over all, then about the likeliest."""

EVERY, ALONE = 5.0, 100.0
"""In how many days one false message of all watches together, and of each alone, is put up with at the very worst.

What is bet on is far from the worst: on answers that only chance moves, false messages are many times rarer.
"""

FIRST, LAST = 1e-3, 1 - 1e-3
"""The lowest and the highest of them; beyond, the bound at the nearest holds."""


def evidence(counts: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Returns the evidence that the mean changed, as a natural logarithm.

    Args:
        counts: how many gave each value on each day, days in order: of shape (..., days, values). Parts of answers
            are fine: of weighted ones it takes the effective base.
        values: what each answer is worth, from 0 to 1.

    Example:
        >>> quiet, moved = [[200, 200]] * 20, [[200, 200]] * 10 + [[120, 280]] * 10
        >>> evidence(np.array([quiet, moved], dtype=float), np.array([0.0, 1.0])).round(1).tolist()
        [0.9, 74.9]
    """
    counts = np.asarray(counts, dtype=float)
    if not counts.shape[-2]:
        return np.full(counts.shape[:-2], -np.inf)
    wide = np.broadcast_to(np.linspace(FIRST, LAST, LEVELS), (*counts.shape[:-2], LEVELS))
    more, less = capital(counts, values, wide)
    at = np.maximum((more < less).argmax(axis=-1), 1)[..., None]  # where the one falls below the other
    low, high = (np.take_along_axis(wide, place, axis=-1) for place in (at - 1, at))
    fine = low + (high - low) * np.linspace(0, 1, LEVELS)
    return worst(*capital(counts, values, fine))


def worst(more: np.ndarray, less: np.ndarray) -> np.ndarray:
    """Returns the least that both together can have at any level, given the logarithms at some of them, in order.

    What is bet on more falls with the level, what is bet on less rises: between two levels neither is less than at
    that end where it is least.
    """
    between = np.logaddexp(more[..., 1:], less[..., :-1]).min(axis=-1)
    return np.minimum(between, np.minimum(more[..., 0], less[..., -1])) - np.log(2)


def capital(counts: np.ndarray, values: np.ndarray, levels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Returns the logarithms of what those who bet on more, and on less, have by the end of the last day.

    Args:
        counts: of shape (..., days, values).
        levels: the levels bet against, of shape (..., levels).
    """
    held = [begin(levels), begin(levels)]
    for day in range(counts.shape[-2]):
        gains = gained(counts[..., day, :], values, levels)
        held = [after_day(one, gain) for one, gain in zip(held, gains, strict=True)]
    more, less = (np.logaddexp(betting, kept) for betting, kept in held)
    return _mean(more), _mean(less)


def begin(levels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Returns what nobody has: the logarithms of what is being bet and of what is kept, by level and stake."""
    nothing = np.full((*levels.shape, len(STAKES)), -np.inf)
    return nothing, nothing


def gained(counts: np.ndarray, values: np.ndarray, levels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Returns the logarithms of what the answers of a day make of a unit, bet on more and on less."""
    level, value = levels[..., None, None], np.asarray(values, dtype=float)
    stake, each = STAKES[:, None], counts[..., None, None, :]
    more = (each * np.log1p(stake * (value / level - 1))).sum(axis=-1)
    less = (each * np.log1p(stake * ((1 - value) / (1 - level) - 1))).sum(axis=-1)
    return more, less


def after_day(held: tuple[np.ndarray, np.ndarray], gain: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Returns what is being bet and what is kept after a day on which another unit was brought."""
    betting, kept = held
    kept = np.logaddexp(kept, betting + np.log(STOPS))
    return np.logaddexp(betting + np.log1p(-STOPS), 0.0) + gain, kept


def _mean(logs: np.ndarray) -> np.ndarray:
    peak = logs.max(axis=-1)
    return peak + np.log(np.exp(logs - peak[..., None]).mean(axis=-1))


def found_changed(log_evidence: np.ndarray, every: float = EVERY, alone: float = ALONE) -> np.ndarray:
    """Returns which of several numbers watched together have changed, by e-BH over all of them.

    With k of n found, each has an evidence of at least `every` times n / k, and of `alone`. So it takes `every` days or
    more on average until one is found that did not change, were none to have changed, whatever hangs together with
    what; and `alone` days or more until a given one is.
    Source: R. Wang and A. Ramdas, False discovery rate control with e-values, Journal of the Royal Statistical
    Society B 84 (2022), 822-852; for evidence that grows by the day: S. Dandapanthula and A. Ramdas, Multiple testing
    in multi-stream sequential change detection (2025), arXiv:2501.04130.

    Args:
        log_evidence: of each number, of shape (..., numbers).

    Example:
        >>> found_changed(np.log([10.0, 500.0, 70.0]), every=30, alone=60).tolist()
        [False, True, True]
    """
    logs = np.asarray(log_evidence, dtype=float)
    number = logs.shape[-1]
    if not number:
        return np.zeros(logs.shape, dtype=bool)
    falling = -np.sort(-logs, axis=-1)
    rank = np.arange(1, number + 1)
    passed = falling >= np.maximum(np.log(every) + np.log(number) - np.log(rank), np.log(alone))
    many = (passed * rank).max(axis=-1)[..., None]
    least = np.where(many > 0, np.take_along_axis(falling, np.maximum(many - 1, 0), axis=-1), np.inf)
    return logs >= least


def change_day(counts: np.ndarray, values: np.ndarray) -> int:
    """Returns the place of the day from which on the mean differs most clearly from that of the days before it.

    Example:
        >>> change_day(np.array([[50, 50], [52, 48], [30, 70], [31, 69]]), np.array([0.0, 1.0]))
        2
    """
    base, worth = np.cumsum(counts.sum(axis=-1)), np.cumsum(counts @ np.asarray(values, dtype=float))
    before, after = base[:-1], base[-1] - base[:-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = (worth[-1] - worth[:-1]) / after - worth[:-1] / before
        clear = np.nan_to_num(gap**2 * before * after / base[-1], nan=0.0)
    return int(clear.argmax()) + 1
