"""Adds cells up: the tally adds, estimates divide."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.model import ANSWERED, Cells


@dataclass(frozen=True)
class Sums:
    """Sums by banner group, period and choice.

    `n` (how many), `w` (their weights) and `w2` (the squares) have the shape (groups, periods, choices), the sums over
    those who answered, `base_n`, `base_w` and `base_w2`, the shape (groups, periods).
    """

    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray
    base_n: np.ndarray
    base_w: np.ndarray
    base_w2: np.ndarray


@dataclass(frozen=True)
class ProfileWeights:
    """A weight for each profile, to be multiplied with base weights where `uses_base` is true.

    Weights have mean 1 over all respondents of the design. `design_n` is their number: of one entry, or of one for
    each period where each period is a design of its own, such as a wave. A profile whose weight is 0 is left out.
    """

    factor: np.ndarray
    uses_base: bool
    design_n: np.ndarray


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
    n, w, w2 = _measures(cells, weights, profile, kept)
    shape = (groups, periods, width)
    table = [np.bincount(place, weights=x, minlength=groups * periods * width).reshape(shape) for x in (n, w, w2)]
    listed = [x[..., -ANSWERED:] for x in table]
    base = [x[..., 0] if multiple else y.sum(axis=-1) for x, y in zip(table, listed, strict=True)]
    if no_answer:
        listed = [np.concatenate([y, x[..., 1:2]], axis=-1) for x, y in zip(table, listed, strict=True)]
        base = [b + x[..., 1] for x, b in zip(table, base, strict=True)]
    return Sums(*listed, *base)


def count_base(cells: Cells, kept: np.ndarray, inside: np.ndarray, *, multiple: bool) -> int:
    """Returns how many answered the question, of the profiles `kept` and the cells `inside`."""
    code = cells.answers["choice"].to_numpy()
    counted = (code == ANSWERED) if multiple else (code >= 0)
    return int(cells.answers["n"].to_numpy()[counted & inside & kept[cells.answers["profile"].to_numpy()]].sum())


def trailing(sums: Sums, window: int) -> Sums:
    """Returns the sums over each period and the `window` - 1 before it; the first periods have fewer before them.

    Example:
        >>> one = np.array([[[1.0], [2.0], [4.0]]])
        >>> trailing(Sums(one, one, one, one[..., 0], one[..., 0], one[..., 0]), 2).n[0, :, 0].tolist()
        [1.0, 3.0, 6.0]
    """
    window = min(window, sums.n.shape[1])
    if window <= 1:
        return sums
    return Sums(*(_trailing(x, window) for x in (sums.n, sums.w, sums.w2, sums.base_n, sums.base_w, sums.base_w2)))


def over_time(sums: Sums) -> Sums:
    """Returns the sums over all periods together, as one period."""
    parts = (sums.n, sums.w, sums.w2, sums.base_n, sums.base_w, sums.base_w2)
    return Sums(*(part.sum(axis=1, keepdims=True) for part in parts))


def _measures(
    cells: Cells, weights: ProfileWeights, profile: np.ndarray, kept: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    columns = ("n", "w", "w2") if weights.uses_base else ("n", "n", "n")
    n, w, w2 = (cells.answers[name].to_numpy() for name in columns)
    if not kept.all():
        n, w, w2 = n[kept], w[kept], w2[kept]
    factor = weights.factor[profile]
    return n, w * factor, w2 * factor**2


def _trailing(values: np.ndarray, window: int) -> np.ndarray:
    # Summed window by window, not as differences of running totals: those leave dust where a sum should be 0.
    padded = np.concatenate([np.zeros((values.shape[0], window - 1, *values.shape[2:])), values], axis=1)
    return np.lib.stride_tricks.sliding_window_view(padded, window, axis=1).sum(axis=-1)
