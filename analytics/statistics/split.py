"""A change of a share or a mean split in two: the same groups answering differently, and different groups answering.

The change is the sum over groups of (mean mix) * (change of share) plus (mean share) * (change of mix), the mix of a
group being its part of the weighted base. The two sums add up to the change exactly, and neither period comes first.
Source: E. M. Kitagawa, Components of a difference between two rates, Journal of the American Statistical Association 50
(1955), 1168-1194.

A group heard in one period only has no change of share: all that it brings counts as different groups answering.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from analytics.statistics.uncertainty import UPPER, clopper_pearson

POOLED = -2
"""The code of a dimension whose levels were taken together."""
LEAST_ANSWERS = 10
"""Below this many answers in either period a group is taken together with its neighbours."""
MOST_KEYS = 2**62
"""The most rows of codes that one whole number can tell apart."""


@dataclass(frozen=True)
class GroupSums:
    """Sums by group and period, before and after; every array has the shape (groups, 2).

    `n`, `w` and `w2` are those of all who answered (how many, their weights, the squares); `chose_w` and `chose_w2` of
    those among them who gave the answer.

    Of a mean `chose_w` and `chose_w2` are the sums of weights, or squares, times what the answer counts for: how far it
    lies on the way from the lowest score, 0, to the highest, 1. `by_score` holds the squares of the weights by that.
    """

    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray
    chose_w: np.ndarray
    chose_w2: np.ndarray
    by_score: tuple[tuple[float, np.ndarray], ...] = ()

    @property
    def squares(self) -> tuple[tuple[float, np.ndarray], ...]:
        """What each answer counts for, with the squares of the weights of those who gave it."""
        return self.by_score or ((1.0, self.chose_w2), (0.0, np.maximum(self.w2 - self.chose_w2, 0)))


@dataclass(frozen=True)
class ChangePart:
    """A part of a change, as a difference of shares, with its standard error and interval."""

    value: float
    se: float
    low: float
    high: float


@dataclass(frozen=True)
class Decomposition:
    """A change and its two parts, which add up to it.

    `shares` are those of the two periods, `level_mix` the same with the groups mixed alike in both, half of each:
    they differ by `same_groups`. `mix` and `share` have the shape (groups, 2); a share is NaN where nobody answered.
    `alone` is the part of the two bases, on average, that lies in groups heard in one period only. `held` is the change
    that is left where the later period is standardised to the mix of the earlier one.
    """

    change: ChangePart
    same_groups: ChangePart
    other_groups: ChangePart
    held: ChangePart
    shares: tuple[float, float]
    level_mix: tuple[float, float]
    mix: np.ndarray
    share: np.ndarray
    alone: float


def decompose(sums: GroupSums, design_n: np.ndarray) -> Decomposition:
    """Returns the change from the first period to the second, split over the groups.

    Standard errors are linearised with weights fixed; the mix of groups is taken as left to chance, like the answers.

    Args:
        sums: both periods need answers.
        design_n: how many respondents the design of each period has: one number, or two.

    Example:
        >>> n = np.array([[80.0, 20.0], [20.0, 80.0]])
        >>> yes = n * [[0.25], [0.75]]
        >>> found = decompose(GroupSums(n, n, n, yes, yes), np.array([200]))
        >>> [round(part.value, 12) for part in (found.change, found.same_groups, found.other_groups, found.held)]
        [0.3, 0.0, 0.3, 0.0]
    """
    mix = sums.w / sums.w.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(sums.n > 0, np.clip(sums.chose_w / sums.w, 0, 1), np.nan)
    alone = np.any(np.isnan(share), axis=1)
    told = np.nan_to_num(np.where(np.isnan(share), share[:, ::-1], share))
    mean_mix = mix.mean(axis=1)
    same = float(mean_mix @ (told[:, 1] - told[:, 0]))
    other = float(told.mean(axis=1) @ (mix[:, 1] - mix[:, 0]))
    held = float(mix[:, 0] @ (told[:, 1] - told[:, 0]))
    errors = _standard_errors(sums, told, mix, alone, design_n)
    df, least = float(sums.n.sum()) - 2, _least_reach(sums)
    whole, within, between, kept = (
        _part(value, se, df, least) for value, se in zip((same + other, same, other, held), errors, strict=True)
    )
    before, after = (float(one) for one in (mix * told).sum(axis=0))
    return Decomposition(
        change=whole,
        same_groups=within,
        other_groups=between,
        held=kept,
        shares=(before, after),
        level_mix=(float(mean_mix @ told[:, 0]), float(mean_mix @ told[:, 1])),
        mix=mix,
        share=share,
        alone=float(mean_mix[alone].sum()),
    )


def pool_small(codes: np.ndarray, n: np.ndarray, least: int = LEAST_ANSWERS) -> np.ndarray:
    """Returns the codes of groups large enough to be followed from one period to the other, POOLED where need be.

    Groups with fewer than `least` answers in a period are taken together with one another along the last dimension,
    those still too small along the one before it and so on, the first dimension last. A level that as a whole has fewer
    than that in one of the periods only is never taken together with others: it came or went, and is not too small.

    Args:
        codes: a row a group, a column a dimension, all rows different; -1 or more.
        n: answers by group and period, of the shape (groups, 2).

    Example:
        >>> codes = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
        >>> pool_small(codes, np.array([[50, 50], [50, 50], [50, 6], [9, 50]])).tolist()
        [[0, 0], [0, 1], [1, -2], [1, -2]]
    """
    pooled = codes.copy()
    for at in reversed(range(codes.shape[1])):
        level = codes[:, at] - POOLED
        few = (_add(n, level) < least)[level]
        _, group = distinct_rows(pooled)
        small = np.any(_add(n, group) < least, axis=1)[group]
        pooled[small & (few[:, 0] == few[:, 1]), at] = POOLED
    return pooled


def distinct_rows(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Returns the distinct rows of codes, POOLED or more, in ascending order, and for each row the place of its own.

    Example:
        >>> rows, place = distinct_rows(np.array([[1, -1], [0, 2], [1, -1]]))
        >>> rows.tolist(), place.tolist()
        ([[0, 2], [1, -1]], [1, 0, 1])
    """
    key, size = np.zeros(len(codes), dtype=np.int64), 1
    for column in codes.T:  # one number a row: far quicker to sort than rows
        span = int(column.max(initial=0)) - POOLED + 1
        if size > MOST_KEYS // span:
            distinct, key = np.unique(key, return_inverse=True)
            size = len(distinct)
        key, size = key * span + (column - POOLED), size * span
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    return codes[first], place


def add_groups(sums: GroupSums, group: np.ndarray) -> GroupSums:
    """Returns the sums of groups taken together: `group` holds the place of each one's new group."""
    n, w, w2, chose_w, chose_w2 = (_add(of, group) for of in (sums.n, sums.w, sums.w2, sums.chose_w, sums.chose_w2))
    return GroupSums(n, w, w2, chose_w, chose_w2, tuple((score, _add(of, group)) for score, of in sums.by_score))


def _standard_errors(
    sums: GroupSums, share: np.ndarray, mix: np.ndarray, alone: np.ndarray, design_n: np.ndarray
) -> list[float]:
    """Returns the standard errors of the change, of the part within groups, of that between them, and of what is held.

    Each respondent's influence is weight / period's weight * (level - mean level + slope * (answer - group's share)):
    `level` says what one more of the group does to the mix, `slope` what the answer does to the group's share. That of
    the whole change is the sum of those of its parts.
    """
    sign = np.array([-1.0, 1.0])
    with np.errstate(divide="ignore", invalid="ignore"):
        slope_same = np.where(alone[:, None], 0.0, sign * mix.mean(axis=1)[:, None] / mix)
    level_same = np.repeat((share[:, 1:] - share[:, :1]) / 2, 2, axis=1)
    level, slope = sign * share, np.broadcast_to(sign, share.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope_held = np.where(alone[:, None], 0.0, sign * mix[:, :1] / mix)
    level_held = np.column_stack([share[:, 1] - share[:, 0], np.zeros(len(share))])
    influences = (
        (level, slope), (level_same, slope_same), (level - level_same, slope - slope_same), (level_held, slope_held),
    )  # fmt: skip
    return [_standard_error(sums, share, mix, design_n, *one) for one in influences]


def _standard_error(
    sums: GroupSums, share: np.ndarray, mix: np.ndarray, design_n: np.ndarray, level: np.ndarray, slope: np.ndarray
) -> float:
    level = level - (mix * level).sum(axis=0)
    squares = np.zeros_like(sums.w)
    for score, w2 in sums.squares:
        squares = squares + w2 * (level + slope * (score - share)) ** 2
    by_period = squares.sum(axis=0) / sums.w.sum(axis=0) ** 2
    return float(np.sqrt((design_n / (design_n - 1) * by_period).sum()))


def _part(value: float, se: float, df: float, least: float) -> ChangePart:
    reach = float(stdtrit(df, UPPER)) * se if se > 0 else least
    return ChangePart(value, se, max(value - reach, -1.0), min(value + reach, 1.0))


def _least_reach(sums: GroupSums) -> float:
    """Returns how far a change may reach where all answers are alike: as far as the exact intervals of both shares."""
    effective = sums.w.sum(axis=0) ** 2 / sums.w2.sum(axis=0)
    _, high = clopper_pearson(np.zeros(2), effective)
    return float(np.sqrt((high**2).sum()))


def _add(of: np.ndarray, group: np.ndarray) -> np.ndarray:
    return np.column_stack([np.bincount(group, weights=column) for column in of.T])
