"""Whether a line stood on one level before some period and on another since, beyond what chance brings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri, ndtr, ndtri

from analytics.statistics.outliers import LEAST_WORTH

LEAST_STEP = 0.03
"""Two levels that lie closer are no news, however certain it is."""
FEWEST = 2
"""So many periods make a level: one alone is what outliers are for."""
LEAST_FAR = 1.9
"""A step of fewer standard errors is never told: chance alone brings one of its size in more than one of twenty."""
WILD = 0.05
"""Below this probability of what is left of chance, periods differ by more than chance, and count for less."""
MOST_OF_ONE = 0.5
"""No period may make more than this part of a step by itself: that is an outlier, and no level."""
NODES = 96


@dataclass(frozen=True)
class Step:
    """A line that stood at `before` up to the period at `place`, and at `after` from it on; shares from 0 to 1.

    `p_value` is that of the largest of all steps that were looked for in this line.
    """

    place: int
    before: float
    after: float
    p_value: float


def largest_step(
    share: np.ndarray, base: np.ndarray, effective_n: np.ndarray, *, first: int = FEWEST, last: int | None = None
) -> Step | None:
    """The step of a line that is hardest to put down to chance; None where there is none of `LEAST_STEP`.

    The probability is for the largest of all steps looked for, by the bound of Worsley. Where periods differ by more
    than chance beside the step, its error is as much larger.
    Source: K. J. Worsley, An improved Bonferroni inequality and applications, Biometrika 69 (1982), 297-302.

    Args:
        share: the estimate of each period, in their order, from 0 to 1.
        base: the weighted base of each: levels are the shares of all readers of their periods.
        effective_n: how many equally weighted answers each is worth.
        first, last: the first and the last place at which the later level may begin.

    Example:
        >>> many = np.full(9, 300.0)
        >>> found = largest_step(np.array([0.5, 0.51, 0.49, 0.5, 0.5, 0.59, 0.58, 0.6, 0.59]), many, many)
        >>> found.place, round(found.before, 2), round(found.after, 2), found.p_value < 0.001
        (5, 0.5, 0.59, True)
        >>> largest_step(np.full(9, 0.5), many, many) is None
        True
    """
    places = np.arange(max(first, FEWEST), min(len(share) - FEWEST, len(share) if last is None else last) + 1)
    total = float(effective_n.sum())
    level = float(effective_n @ share) / total if total else 0.0
    worth = np.cumsum(effective_n)[places - 1]
    spread = level * (1 - level)
    enough = spread * np.minimum(worth, total - worth) >= LEAST_WORTH
    places, worth = places[enough], worth[enough]
    if not len(places):
        return None
    early = np.cumsum(effective_n * share)[places - 1]
    gap = (level * total - early) / (total - worth) - early / worth
    size = gap / np.sqrt(spread * (1 / worth + 1 / (total - worth)))
    for at in np.argsort(-np.abs(size), kind="stable").tolist():
        if abs(size[at]) < LEAST_FAR:
            return None
        place = int(places[at])
        before, after = (_level(share[part], base[part]) for part in (slice(place), slice(place, None)))
        if abs(after - before) >= LEAST_STEP and not _rests_on_one(share, base, place, after - before):
            far = abs(float(size[at])) / np.sqrt(_left_over(share, effective_n, place))
            return Step(place, before, after, _chance(far, worth, total))
    return None


def _level(share: np.ndarray, base: np.ndarray) -> float:
    return float(np.average(share, weights=base))


def _rests_on_one(share: np.ndarray, base: np.ndarray, place: int, gap: float) -> bool:
    """Whether one period makes a level: without the one that lies farthest in its direction half of the gap is gone."""
    for part, way in ((slice(place, None), gap), (slice(place), -gap)):
        others = np.delete(np.arange(len(share))[part], int((share[part] * np.sign(way)).argmax()))
        rest = _level(share[others], base[others])
        whole = _level(share[part], base[part])
        if (whole - rest) * np.sign(way) > abs(gap) * MOST_OF_ONE:
            return True
    return False


def _left_over(share: np.ndarray, effective_n: np.ndarray, place: int) -> float:
    """How many times as much the periods of the two levels differ as by chance; 1 where chance may be all of it."""
    sums = 0.0
    for part in (slice(place), slice(place, None)):
        n, p = effective_n[part], share[part]
        mean = float(n @ p) / float(n.sum())
        sums += float((n * (p - mean) ** 2).sum()) / max(mean * (1 - mean), 1e-9)
    freedom = len(share) - 2
    if freedom < 1 or sums <= float(chdtri(freedom, WILD)):
        return 1.0
    return sums / freedom


def _chance(far: float, worth: np.ndarray, total: float) -> float:
    """The probability that the largest of these steps lies so far from 0 by chance alone, at most."""
    one = 2 * float(ndtr(-far))
    shared = np.sqrt(worth[:-1] * (total - worth[1:]) / (worth[1:] * (total - worth[:-1])))
    if not len(shared) or one <= 0:
        return one
    # P(this one is far and the next is not), for each pair of neighbours: over the tail of the first
    tail = -ndtri(one / 2 * (np.arange(NODES) + 0.5) / NODES)
    rest = np.sqrt(np.maximum(1 - shared**2, 1e-12))[:, None]
    middle = shared[:, None] * tail[None, :]
    inside = ndtr((far - middle) / rest) - ndtr((-far - middle) / rest)
    return min(1.0, one * (1 + float(inside.mean(axis=1).sum())))
