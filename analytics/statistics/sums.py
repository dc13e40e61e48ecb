"""Adds cells up: the tally adds, estimates divide."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from analytics.model import ANSWERED, Cells
from analytics.statistics.calibration import Calibration, added_up


@dataclass(frozen=True)
class Sums:
    """Sums by banner group, period and choice.

    `n` (how many), `w` (their weights) and `w2` (the squares) have the shape (groups, periods, choices), the sums over
    those who answered, `base_n`, `base_w` and `base_w2`, the shape (groups, periods). Where the weights were fitted to
    targets and the standard errors are to know it, `by_level` holds the same sums with one more axis in front, the
    levels of all margins of the `calibration`; its `w` and `base_w` weigh people as the sweeps of the calibration do.
    """

    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray
    base_n: np.ndarray
    base_w: np.ndarray
    base_w2: np.ndarray
    calibration: Calibration | None = None
    by_level: Sums | None = None


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
    shape = (periods, choices - ANSWERED)
    blocks = blocks_of(weights, group, groups)
    kept = (blocks.block[profile] >= 0) & (period >= 0)
    if not kept.all():
        profile, code, period = profile[kept], code[kept], period[kept]
    place = (blocks.block[profile] * periods + period) * shape[1] + code
    columns = [answers[name].to_numpy()[kept] for name in (("n", "w", "w2") if weights.uses_base else ("n",))]
    if weights.calibration is None:
        factor = weights.factor[profile]
        columns = [(columns[power] if weights.uses_base else columns[0]) * factor**power for power in range(3)]
    measures = [np.bincount(place, weights=x, minlength=blocks.size * math.prod(shape)) for x in columns]
    return sums_of_blocks(
        blocks, [x.reshape(blocks.size, math.prod(shape)) for x in measures], lambda x: x.reshape(len(x), *shape),
        multiple=multiple, no_answer=no_answer,
    )  # fmt: skip


@dataclass(frozen=True)
class Blocks:
    """The respondents who count alike: those of one group or, where a calibration is to know it, of one of its cells
    in one group.

    `block` is the block of each profile, -1 for those left out. For each of `size` blocks: its `group` of `groups`,
    its `cell` of the `calibration` and the `factor` of its weights.
    """

    block: np.ndarray
    size: int
    groups: int
    calibration: Calibration | None = None
    group: np.ndarray = field(default_factory=lambda: np.zeros(0))
    cell: np.ndarray = field(default_factory=lambda: np.zeros(0))
    factor: np.ndarray = field(default_factory=lambda: np.zeros(0))

    def added_up(
        self, n: np.ndarray, w: np.ndarray | None = None, w2: np.ndarray | None = None
    ) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Returns how many, their weights and the squares by group, and by level of the margins and group.

        Args:
            n, w, w2: by block, in columns; without a calibration with the weights' factors in them, else without.
                Base weights left out are 1.
        """
        w, w2 = n if w is None else w, n if w2 is None else w2
        if self.calibration is None:
            return [n, w, w2], []
        ones, squared = np.ones(self.size), self.factor**2
        values = ((n, ones), (w, self.factor), (w2, squared))
        table = [added_up(self.group, each, self.groups, self.size) @ of for of, each in values]
        by_level = partial(self.calibration.by_level, self.cell, group=self.group, groups=self.groups)
        people = by_level(ones)
        counted = people @ n
        return table, [counted, people @ w if self.calibration.by_start else counted, by_level(squared) @ w2]


def blocks_of(weights: ProfileWeights, group: np.ndarray, groups: int) -> Blocks:
    """Returns the blocks of respondents, given the place of each profile's group, -1 to leave it out."""
    place, fitted = np.where(weights.factor > 0, group, -1), weights.calibration
    if fitted is None:
        return Blocks(place, groups, groups)
    kept = np.flatnonzero(place >= 0)
    found, first, at = np.unique(fitted.cell[kept] * groups + place[kept], return_index=True, return_inverse=True)
    block = np.full(len(place), -1)
    block[kept] = at
    return Blocks(block, len(found), groups, fitted, found % groups, found // groups, weights.factor[kept[first]])


def sums_of_table(table: list[np.ndarray], *, multiple: bool, no_answer: bool) -> Sums:
    """Returns the sums, given how many, their weights and the squares by group, period and choice code from ANSWERED.

    All three may have further axes in front.
    """
    listed = [x[..., -ANSWERED:] for x in table]
    base = [x[..., 0] if multiple else y.sum(axis=-1) for x, y in zip(table, listed, strict=True)]
    if no_answer:
        listed = [np.concatenate([y, x[..., 1:2]], axis=-1) for x, y in zip(table, listed, strict=True)]
        base = [b + x[..., 1] for x, b in zip(table, base, strict=True)]
    return _sums([*listed, *base])


def sums_of_blocks(
    blocks: Blocks, measures: Sequence[np.ndarray], laid: Callable[[np.ndarray], np.ndarray], *, multiple: bool,
    no_answer: bool,
) -> Sums:  # fmt: skip
    """Returns the sums, given how many, their weights and the squares by block, as `Blocks.added_up` takes them.

    Args:
        laid: gives the columns of an array as periods and choice codes from ANSWERED.
    """
    table, by_level = blocks.added_up(*measures)
    how = {"multiple": multiple, "no_answer": no_answer}
    whole = sums_of_table([laid(x) for x in table], **how)
    if blocks.calibration is None:
        return whole
    levels = [laid(x) for x in by_level]
    levels = [x.reshape(blocks.calibration.levels, blocks.groups, *x.shape[1:]) for x in levels]
    return replace(whole, calibration=blocks.calibration, by_level=sums_of_table(levels, **how))


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
    by_level = over_choices(sums.by_level, change) if sums.by_level else None
    return replace(sums, n=n, w=w, w2=w2, by_level=by_level)


def _sums(parts: list[np.ndarray]) -> Sums:
    n, w, w2, base_n, base_w, base_w2 = parts
    return Sums(n, w, w2, base_n, base_w, base_w2)


def _over_periods(sums: Sums, change: Callable[[np.ndarray, int], np.ndarray]) -> Sums:
    choices = [change(x, x.ndim - 2) for x in (sums.n, sums.w, sums.w2)]
    base = [change(x, x.ndim - 1) for x in (sums.base_n, sums.base_w, sums.base_w2)]
    by_level = _over_periods(sums.by_level, change) if sums.by_level else None
    return replace(_sums([*choices, *base]), calibration=sums.calibration, by_level=by_level)


def _trailing(values: np.ndarray, window: int, axis: int, cuts: Sequence[int]) -> np.ndarray:
    # Summed window by window, not as differences of running totals: those leave dust where a sum should be 0.
    before = [(window - 1, 0) if at == axis else (0, 0) for at in range(values.ndim)]
    parts = [
        np.lib.stride_tricks.sliding_window_view(np.pad(part, before), window, axis=axis).sum(axis=-1)
        for part in np.split(values, list(cuts), axis=axis)
    ]
    return np.concatenate(parts, axis=axis)
