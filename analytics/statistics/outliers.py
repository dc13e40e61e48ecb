"""Periods of a trend that stand far from the periods around them, and whether the rest held still."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri, ndtri

AROUND = 2
"""So many periods on each side say what is usual."""
LEAST_GAP = 0.05
"""A share that is closer to what is usual is no news, however certain it is."""
LEAST_PERIODS = 5
WILD = 4.0
"""An outlier lies so many times as far off as its line's other periods usually do."""
LEAST_WORTH = 5.0
"""Below this expected variance of a count, n p (1 - p), the normal distribution is no guide."""
LEVEL = 0.05


@dataclass(frozen=True)
class Apart:
    """A period, by its place, with the share that it had and the one that the periods around it let expect."""

    place: int
    share: float
    usual: float


def outliers(share: np.ndarray, effective_n: np.ndarray, *, tests: int) -> list[Apart]:
    """The periods that stand out of one line, the farthest first.

    Each is held against the mean of those on its left and those on its right, so that a steady rise or fall is none.
    Where all others held still it is held against them too, each by what it is worth: a few thin neighbours may lie off
    by chance. A line without any names one in at most 5 % of trends: the level is divided by the number of `tests` of
    them all. First and last periods have one side alone: each is held against all between them, where those held still.
    No period is one that does not stand out without any single one of those around it: that one may be the outlier.

    Args:
        share: the estimate of each period, in their order, from 0 to 1.
        effective_n: how many equally weighted answers each is worth.
    """
    kept, found = np.arange(len(share)), []
    limit = -float(ndtri(LEVEL / 2 / max(tests, 1)))
    while len(kept) >= LEAST_PERIODS:
        gap, usual, spread = _gaps(share[kept], effective_n[kept])
        size = np.abs(gap) / spread
        far_off = np.flatnonzero(np.isfinite(size) & (np.nan_to_num(size) > limit) & (np.abs(gap) >= LEAST_GAP))
        by_size = far_off[np.argsort(-size[far_off], kind="stable")].tolist()
        at = next((at for at in by_size if _by_itself(share[kept], effective_n[kept], at, float(gap[at]), limit)), None)
        if at is None:
            break
        others = np.delete(kept, at)
        calm = np.abs(_gaps(share[others], effective_n[others])[0])
        wild = WILD * 1.4826 * float(np.nanmedian(calm)) if np.isfinite(calm).any() else 0.0
        if abs(gap[at]) < wild:
            break
        level, far = float(usual[at]), float(size[at])
        if held_still(share[others], effective_n[others]):
            level, of_all = _from_level(share, effective_n, int(kept[at]), others)
            far = min(far, of_all)
            if far <= limit or abs(share[kept[at]] - level) < LEAST_GAP:
                break
        found.append((far, Apart(int(kept[at]), float(share[kept[at]]), level)))
        kept = others
    found += _ends_apart(share, effective_n, kept, limit)
    return [one for _, one in sorted(found, key=lambda pair: -pair[0])]


def held_still(share: np.ndarray, effective_n: np.ndarray) -> bool:
    """Whether the periods differ by no more than chance explains, by a test of them all at once.

    Example:
        >>> held_still(np.array([0.5, 0.51, 0.49]), np.array([400.0, 400.0, 400.0]))
        True
        >>> held_still(np.array([0.4, 0.5, 0.6]), np.array([400.0, 400.0, 400.0]))
        False
    """
    if len(share) < 2:
        return True
    mean = float(np.average(share, weights=effective_n))
    worth = effective_n / max(mean * (1 - mean), 1e-9)
    return float((worth * (share - mean) ** 2).sum()) <= float(chdtri(len(share) - 1, LEVEL))


def over_represented(here: np.ndarray, others: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The part of each group in one period and in all others, and whether it is clearly larger in that one.

    Bonferroni's correction is over the groups.

    Example:
        >>> part, usual, clear = over_represented(np.array([60.0, 40.0]), np.array([300.0, 700.0]))
        >>> part.tolist(), usual.tolist(), clear.tolist()
        ([0.6, 0.4], [0.3, 0.7], [True, False])
    """
    n, m = float(here.sum()), float(others.sum())
    if n == 0 or m == 0:
        return np.zeros(len(here)), np.zeros(len(here)), np.zeros(len(here), bool)
    part, usual = here / n, others / m
    pooled = (here + others) / (n + m)
    error = np.sqrt(np.maximum(pooled * (1 - pooled), 1e-12) * (1 / n + 1 / m))
    return part, usual, (part - usual) / error > -float(ndtri(LEVEL / len(here)))


def _by_itself(share: np.ndarray, effective_n: np.ndarray, at: int, gap: float, limit: float) -> bool:
    """Whether a period lies as clearly off, on the same side, without any single one of those around it."""
    for beside in range(max(at - AROUND, 0), min(at + AROUND, len(share) - 1) + 1):
        if beside == at:
            continue
        kept = np.delete(np.arange(len(share)), beside)
        sides = [
            _mean(share[part], effective_n[part])
            for part in (kept[kept < at][-AROUND:], kept[kept > at][:AROUND]) if len(part)
        ]  # fmt: skip
        usual = sum(mean for mean, _ in sides) / len(sides)
        error = sum(1 / worth for _, worth in sides) / len(sides) ** 2
        off = (share[at] - usual) * np.sign(gap)
        spread = max(usual * (1 - usual), 1e-12)
        if off < LEAST_GAP or off / np.sqrt(spread * (1 / effective_n[at] + error)) <= limit:
            return False
    return True


def _mean(share: np.ndarray, effective_n: np.ndarray) -> tuple[float, float]:
    """The mean share of periods, each by what it is worth, and what they are worth together."""
    worth = float(effective_n.sum())
    return float(effective_n @ share) / worth, worth


def _from_level(share: np.ndarray, effective_n: np.ndarray, at: int, others: np.ndarray) -> tuple[float, float]:
    """The level of the other periods, each by what it is worth, and how many errors a period lies off it."""
    level, worth = float(np.average(share[others], weights=effective_n[others])), float(effective_n[others].sum())
    error = np.sqrt(max(level * (1 - level), 1e-12) * (1 / effective_n[at] + 1 / worth))
    return level, float(abs(share[at] - level) / error)


def _ends_apart(
    share: np.ndarray, effective_n: np.ndarray, kept: np.ndarray, limit: float
) -> list[tuple[float, Apart]]:
    """The first and the last period, each with how many errors it lies off, where they stand out of those between them.

    Two ends on two sides of a line that held still are the ends of a slow rise or fall, and no outliers.
    """
    between = kept[1:-1]
    if len(kept) < LEAST_PERIODS or not held_still(share[between], effective_n[between]):
        return []
    usual = float(np.average(share[between], weights=effective_n[between]))
    spread, worth = usual * (1 - usual), float(effective_n[between].sum())
    ends = [int(at) for at in kept[[0, -1]] if spread * effective_n[at] >= LEAST_WORTH]
    sizes = {at: (share[at] - usual) / np.sqrt(spread * (1 / effective_n[at] + 1 / worth)) for at in ends}
    far = [at for at in ends if abs(sizes[at]) > limit and abs(share[at] - usual) >= LEAST_GAP]
    if len({np.sign(sizes[at]) for at in far}) > 1:
        return []
    return [(float(abs(sizes[at])), Apart(at, float(share[at]), usual)) for at in far]


def _gaps(share: np.ndarray, effective_n: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How far each period lies from those around it, what they let expect, and the gap's error; nan at the ends."""
    usual, variance = np.full(len(share), np.nan), np.full(len(share), np.nan)
    (before, worth_before), (after, worth_after) = (_beside(share, effective_n, step) for step in (-1, 1))
    inner = slice(1, -1)
    usual[inner] = ((before + after) / 2)[inner]
    spread = usual * (1 - usual)
    variance[inner] = (spread * (1 / effective_n + (1 / worth_before + 1 / worth_after) / 4))[inner]
    variance[spread * effective_n < LEAST_WORTH] = np.nan
    return share - usual, usual, np.sqrt(variance)


def _beside(share: np.ndarray, effective_n: np.ndarray, step: int) -> tuple[np.ndarray, np.ndarray]:
    """The mean share of the periods on one side of each, and what they are worth together; nan where there are none.

    Args:
        step: -1 for those before each period, 1 for those after it.
    """
    worth, total = np.zeros(len(share)), np.zeros(len(share))
    for far in range(1, AROUND + 1):
        later, earlier = slice(far, None), slice(None, -far)
        at, beside = (later, earlier) if step < 0 else (earlier, later)
        worth[at] += effective_n[beside]
        total[at] += effective_n[beside] * share[beside]
    worth[worth == 0] = np.nan
    return total / worth, worth
