"""The sides of a comparison: groups, periods, everybody else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from analytics.statistics.sums import Sums


def at_groups(sums: Sums, places: np.ndarray) -> Sums:
    """Returns the sums of the groups at these places, which may repeat."""
    return _over(sums, lambda x, axis: np.take(x, places, axis=axis), axis=-2)


def at_periods(sums: Sums, places: np.ndarray) -> Sums:
    """Returns the sums of the periods at these places."""
    return _over(sums, lambda x, axis: np.take(x, places, axis=axis), axis=-1)


def other_groups(sums: Sums) -> Sums:
    """Returns, for each group, the sums of all the other groups.

    Example:
        >>> one = np.array([[[1.0]], [[2.0]], [[4.0]]])
        >>> other_groups(Sums(one, one, one, one[..., 0], one[..., 0], one[..., 0])).n.ravel().tolist()
        [6.0, 5.0, 3.0]
    """
    # Summed before and after, not taken from the total: that leaves dust where a sum should be 0.
    return _over(sums, _all_but_own, axis=-2)


def one_group(sums: Sums) -> Sums:
    """Returns the sums of all groups together, as one group."""
    return _over(sums, lambda x, axis: x.sum(axis=axis, keepdims=True), axis=-2)


def stacked(parts: Sequence[Sums]) -> Sums:
    """Returns the groups of all of them as the groups of one."""

    def joined(arrays: Sequence[np.ndarray], axis: int) -> np.ndarray:
        return np.concatenate(arrays, axis=axis)

    n, w, w2 = (joined([getattr(part, name) for part in parts], -3) for name in ("n", "w", "w2"))
    base_n, base_w, base_w2 = (
        joined([getattr(part, name) for part in parts], -2) for name in ("base_n", "base_w", "base_w2")
    )
    levels = [part.by_level for part in parts if part.by_level]
    return Sums(n, w, w2, base_n, base_w, base_w2, parts[0].calibration, stacked(levels) if levels else None)


def less(whole: Sums, part: Sums) -> Sums:
    """Returns the sums of those in `whole` who are not in `part`; a single group of `whole` serves all of `part`."""
    n, base_n = whole.n - part.n, whole.base_n - part.base_n
    w, w2 = (np.where(n > 0, np.maximum(a - b, 0), 0) for a, b in ((whole.w, part.w), (whole.w2, part.w2)))
    base = ((whole.base_w, part.base_w), (whole.base_w2, part.base_w2))
    base_w, base_w2 = (np.where(base_n > 0, np.maximum(a - b, 0), 0) for a, b in base)
    by_level = less(whole.by_level, part.by_level) if whole.by_level and part.by_level else None
    return Sums(n, w, w2, base_n, base_w, base_w2, part.calibration, by_level)


def _over(sums: Sums, change: Callable[[np.ndarray, int], np.ndarray], axis: int) -> Sums:
    n, w, w2 = (change(x, axis - 1) for x in (sums.n, sums.w, sums.w2))
    base_n, base_w, base_w2 = (change(x, axis) for x in (sums.base_n, sums.base_w, sums.base_w2))
    by_level = _over(sums.by_level, change, axis) if sums.by_level else None
    return Sums(n, w, w2, base_n, base_w, base_w2, sums.calibration, by_level)


def _all_but_own(x: np.ndarray, axis: int) -> np.ndarray:
    size = x.shape[axis]
    before = np.cumsum(np.insert(x, 0, 0, axis=axis), axis=axis).take(range(size), axis=axis)
    after = np.flip(np.cumsum(np.insert(np.flip(x, axis), 0, 0, axis=axis), axis=axis).take(range(size), axis), axis)
    return before + after
