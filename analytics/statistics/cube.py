"""The same sums as `sum_cells` makes, from cells laid out as one array: filters and groupings are then one product.

What does not depend on a filter, the layout, is found out once and kept with the cells.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from analytics.model import ANSWERED, NO_TIME, Cells, Cube
from analytics.statistics.calibration import added_up
from analytics.statistics.sums import Blocks, ProfileWeights, Sums, blocks_of, sums_of_blocks

MOST_EMPTY = 4
"""The array may have so many places for each cell that there is: beyond that most of it is nothing but zeros."""
MOST_PLACES = 2**23


def cube_of(cells: Cells) -> Cube | None:
    """Returns the cells as an array, None where they are spread too thinly over periods, profiles and choices."""
    if "cube" not in cells.memo:
        cells.memo["cube"] = _laid_out(cells.answers, len(cells.profiles))
    found: Cube | None = cells.memo["cube"]
    return found


def sum_cube(
    cube: Cube,
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
    """Returns the sums by group, period and choice.

    Args:
        group: for each profile the place of its group, -1 to leave it out.
        period: for each of the cube's periods the place of the period it is part of, -1 to leave it out.
        multiple, no_answer: as for `sum_cells`.
    """
    blocks = blocks_of(weights, group, groups)

    def laid(sums: np.ndarray) -> np.ndarray:
        shown = _by_period(sums.reshape(len(sums), len(cube.periods), len(cube.codes)), period, periods)
        whole = np.zeros((len(sums), periods, choices - ANSWERED))
        whole[:, :, cube.codes - ANSWERED] = shown
        return whole

    measures = _by_block(cube, weights, blocks)
    return sums_of_blocks(blocks, measures, laid, multiple=multiple, no_answer=no_answer)


def periods_present(cube: Cube, kept: np.ndarray) -> np.ndarray:
    """Returns, for each of the cube's periods, whether the kept profiles have any cell in it."""
    found: np.ndarray = cube.present[kept].any(axis=0)
    return found


def count_undated(cube: Cube, kept: np.ndarray, *, multiple: bool) -> int:
    """Returns how many of the kept profiles answered without a time stamp."""
    if NO_TIME not in cube.periods[:1]:  # the earliest of all
        return 0
    counted = cube.codes == ANSWERED if multiple else cube.codes >= 0
    return int(cube.n[kept, : len(cube.codes)][:, counted].sum())


def _laid_out(answers: pd.DataFrame, profiles: int) -> Cube | None:
    period, profile, choice, n, w, w2 = (
        answers[name].to_numpy() for name in ("period", "profile", "choice", "n", "w", "w2")
    )
    periods, at = np.unique(period, return_inverse=True)
    codes, code = np.unique(choice, return_inverse=True)
    width = len(periods) * len(codes)
    places = profiles * width
    if places > min(MOST_EMPTY * len(answers), MOST_PLACES):
        return None
    row = profile * len(periods) + at
    place = row * len(codes) + code
    present = np.zeros(profiles * len(periods), dtype=bool)
    present[row] = True
    sums = [np.bincount(place, weights=each, minlength=places).reshape(profiles, width) for each in (n, w, w2)]
    alike = [sums[0] if np.array_equal(each, sums[0]) else each for each in sums]
    return Cube(periods, codes, present.reshape(profiles, len(periods)), *alike)


def _by_block(cube: Cube, weights: ProfileWeights, blocks: Blocks) -> list[np.ndarray]:
    """Returns the measures by block: how many, their weights and the squares, where they differ from how many."""
    of = [cube.n, cube.w, cube.w2] if weights.uses_base else [cube.n]
    put = partial(added_up, blocks.block, size=blocks.size, columns=len(blocks.block))
    if weights.calibration is not None:
        people = put(np.ones(len(blocks.block)))
        return [people @ each for each in of]
    factors = weights.factor[blocks.block >= 0]
    if not weights.uses_base and len(factors) and (factors == factors[0]).all():
        n = put(np.ones(len(blocks.block))) @ cube.n  # one factor for all can wait until everything has been added up
        return [n, n * factors[0], n * factors[0] ** 2]
    return [put(weights.factor**power) @ (of[power] if weights.uses_base else cube.n) for power in range(3)]


def _by_period(laid: np.ndarray, period: np.ndarray, periods: int) -> np.ndarray:
    """Returns the sums with the cube's periods put together into the view's."""
    into = np.zeros((len(period), periods))
    shown = period >= 0
    if np.array_equal(period[shown], np.arange(periods)):
        return laid[:, shown]
    into[np.flatnonzero(shown), period[shown]] = 1.0
    return np.einsum("gtc,tp->gpc", laid, into, optimize=True)
