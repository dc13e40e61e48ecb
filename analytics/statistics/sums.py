"""Adds cells up: the tally adds, estimates divide."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analytics.model import ANSWERED, Cells
from analytics.statistics.calibration import Calibration


@dataclass(frozen=True)
class Sums:
    """Sums by banner group, period and choice.

    `n` (how many), `w` (their weights) and `w2` (the squares) have the shape (groups, periods, choices), the sums over
    those who answered, `base_n`, `base_w` and `base_w2`, the shape (groups, periods). Where the weights were fitted to
    targets and the standard errors are to know it, `by_cell` holds the same sums with one more axis in front, the cells
    of the `calibration`.
    """

    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray
    base_n: np.ndarray
    base_w: np.ndarray
    base_w2: np.ndarray
    calibration: Calibration | None = None
    by_cell: Sums | None = None


@dataclass(frozen=True)
class ProfileWeights:
    """A weight for each profile, to be multiplied with base weights where `uses_base` is true.

    Weights have mean 1 over all respondents of the design. `design_n` is their number: of one entry, or of one for
    each period where each period is a design of its own, such as a wave. A profile whose weight is 0 is left out.
    `calibration` says what the weights were fitted to, where standard errors are to know it.
    """

    factor: np.ndarray
    uses_base: bool
    design_n: np.ndarray
    calibration: Calibration | None = None


def sum_cells(
    cells: Cells,
    weights: ProfileWeights,
    *,
    group: np.ndarray,
    groups: int,
    period: np.ndarray,
    periods: int,
    choices: int,
    multiple: bool,
    no_answer: bool,
) -> Sums:
    """Returns the sums of the cells by group, period and choice.

    Args:
        group: for each profile the place of its group, -1 to leave it out.
        period: for each cell the place of its period, -1 to leave it out.
        multiple: whether the base is its own row because choices do not sum to it.
        no_answer: whether those asked who gave no answer join the base, as a further choice after the others.
    """
    answers = cells.answers
    profile = answers["profile"].to_numpy()
    code = answers["choice"].to_numpy() - ANSWERED
    width = choices - ANSWERED
    kept = (group[profile] >= 0) & (period >= 0) & (weights.factor[profile] > 0)
    if not kept.all():
        profile, code, period = profile[kept], code[kept], period[kept]
    place = (group[profile] * periods + period) * width + code
    shape: tuple[int, ...] = (groups, periods, width)
    if weights.calibration is not None:
        place += weights.calibration.cell[profile] * math.prod(shape)
        shape = (len(weights.calibration.n), *shape)
    measures = _measures(cells, weights, profile, kept)
    table = [np.bincount(place, weights=x, minlength=math.prod(shape)).reshape(shape) for x in measures]
    return sums_of_table(table, weights.calibration, multiple=multiple, no_answer=no_answer)


def sums_of_table(table: list[np.ndarray], calibration: Calibration | None, *, multiple: bool, no_answer: bool) -> Sums:
    """Returns the sums, given how many, their weights and the squares by group, period and choice code from ANSWERED.

    Where there is a calibration its cells are a further axis, in front.
    """
    listed = [x[..., -ANSWERED:] for x in table]
    base = [x[..., 0] if multiple else y.sum(axis=-1) for x, y in zip(table, listed, strict=True)]
    if no_answer:
        listed = [np.concatenate([y, x[..., 1:2]], axis=-1) for x, y in zip(table, listed, strict=True)]
        base = [b + x[..., 1] for x, b in zip(table, base, strict=True)]
    if calibration is None:
        return _sums([*listed, *base])
    whole = _sums([x.sum(axis=0) for x in (*listed, *base)])
    return replace(whole, calibration=calibration, by_cell=_sums([*listed, *base]))


def count_base(cells: Cells, kept: np.ndarray, inside: np.ndarray, *, multiple: bool) -> int:
    """Returns how many answered the question, of the profiles `kept` and the cells `inside`."""
    code = cells.answers["choice"].to_numpy()
    counted = (code == ANSWERED) if multiple else (code >= 0)
    return int(cells.answers["n"].to_numpy()[counted & inside & kept[cells.answers["profile"].to_numpy()]].sum())


def trailing(sums: Sums, window: int, cuts: Sequence[int] = ()) -> Sums:
    """Returns the sums over each period and the `window` - 1 before it; the first periods have fewer before them.

    No window reaches across a cut, which stands before the period at that place.

    Example:
        >>> one = np.array([[[1.0], [2.0], [4.0]]])
        >>> trailing(Sums(one, one, one, one[..., 0], one[..., 0], one[..., 0]), 2).n[0, :, 0].tolist()
        [1.0, 3.0, 6.0]
    """
    window = min(window, sums.n.shape[1])
    return sums if window <= 1 else _over_periods(sums, lambda x, axis: _trailing(x, window, axis, cuts))


def over_time(sums: Sums) -> Sums:
    """Returns the sums over all periods together, as one period."""
    return _over_periods(sums, lambda x, axis: x.sum(axis=axis, keepdims=True))


def over_choices(sums: Sums, change: Callable[[np.ndarray], np.ndarray]) -> Sums:
    """Returns the sums with other choices, as `change` makes them on the last axis; the base stays."""
    n, w, w2 = (change(x) for x in (sums.n, sums.w, sums.w2))
    by_cell = over_choices(sums.by_cell, change) if sums.by_cell else None
    return replace(sums, n=n, w=w, w2=w2, by_cell=by_cell)


def _sums(parts: list[np.ndarray]) -> Sums:
    n, w, w2, base_n, base_w, base_w2 = parts
    return Sums(n, w, w2, base_n, base_w, base_w2)


def _over_periods(sums: Sums, change: Callable[[np.ndarray, int], np.ndarray]) -> Sums:
    choices = [change(x, x.ndim - 2) for x in (sums.n, sums.w, sums.w2)]
    base = [change(x, x.ndim - 1) for x in (sums.base_n, sums.base_w, sums.base_w2)]
    by_cell = _over_periods(sums.by_cell, change) if sums.by_cell else None
    return replace(_sums([*choices, *base]), calibration=sums.calibration, by_cell=by_cell)


def _measures(
    cells: Cells, weights: ProfileWeights, profile: np.ndarray, kept: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    columns = ("n", "w", "w2") if weights.uses_base else ("n", "n", "n")
    n, w, w2 = (cells.answers[name].to_numpy() for name in columns)
    if not kept.all():
        n, w, w2 = n[kept], w[kept], w2[kept]
    factor = weights.factor[profile]
    return n, w * factor, w2 * factor**2


def _trailing(values: np.ndarray, window: int, axis: int, cuts: Sequence[int]) -> np.ndarray:
    # Summed window by window, not as differences of running totals: those leave dust where a sum should be 0.
    before = [(window - 1, 0) if at == axis else (0, 0) for at in range(values.ndim)]
    parts = [
        np.lib.stride_tricks.sliding_window_view(np.pad(part, before), window, axis=axis).sum(axis=-1)
        for part in np.split(values, list(cuts), axis=axis)
    ]
    return np.concatenate(parts, axis=axis)
