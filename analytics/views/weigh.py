"""Gives every profile its weight."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analytics.errors import WeightingError, one_sentence_each
from analytics.model import MISSING, Cells, Survey, Target
from analytics.statistics.calibration import Calibration
from analytics.statistics.sums import ProfileWeights
from analytics.statistics.weights import Margin, rake, trim
from analytics.views.choose import dimension_of
from analytics.views.selection import Selection, WeightsChoice


def weigh_profiles(
    survey: Survey, cells: Cells, selection: Selection, weights: WeightsChoice, waves: np.ndarray | None = None
) -> ProfileWeights:
    """Returns the weight of each profile, scaled to mean 1 over all respondents of its design.

    Args:
        waves: for each profile the place of its wave, -1 for none, in a view whose periods are the waves; each wave is
            then a design of its own, unless the weights are fitted to targets for the whole survey.

    Raises:
        WeightingError: the targets cannot be met.
    """
    if weights == "raked":
        return _fitted(survey, cells, selection, by_wave=waves is not None)
    design = np.zeros(len(cells.profiles), dtype=np.int64) if waves is None else waves
    designs = 1 if waves is None else _wave_count(survey)
    people, total, _ = _everyone_by(cells, design, designs, uses_base=weights == "base")
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.where(total > 0, people / total, 0.0)
    return ProfileWeights(np.where(design >= 0, scale[design], 0.0), weights == "base", people)


def _fitted(survey: Survey, cells: Cells, selection: Selection, *, by_wave: bool) -> ProfileWeights:
    """Returns weights that meet the targets among those whose weighting dimensions are all known."""
    uses_base, per_wave = survey.columns.weight is not None, survey.weighting.per == "wave"
    margins = [_margin(survey, cells, target) for target in survey.targets]
    levels, cell = _alike(np.column_stack([_waves(cells, per_wave), *(margin.level for margin in margins)]))
    count, start, start_squares = _everyone_by(cells, cell, len(levels), uses_base=uses_base)
    wave, on_cells = levels[:, 0], [replace(m, level=levels[:, at]) for at, m in enumerate(margins, start=1)]
    factor = np.zeros(len(levels))
    for one in np.unique(wave):
        inside = wave == one
        factor[inside] = _fit(
            survey, start[inside], count[inside], [replace(m, level=m.level[inside]) for m in on_cells]
        )
    calibration = Calibration(
        cell, count, start * factor, start_squares * factor**2, start,
        tuple(m.level + wave * len(m.levels) for m in on_cells), survey.weighting.method == "poststratify",
    )  # fmt: skip
    fixed = survey.weighting.trim is not None or selection.variance == "fixed"
    people = np.array([count.sum()])
    if by_wave and per_wave:
        people = np.bincount(wave, weights=count, minlength=_wave_count(survey))
    by_profile = np.where(cell >= 0, factor[cell], 0.0)
    return ProfileWeights(by_profile, uses_base, people, None if fixed else calibration)


def _fit(survey: Survey, start: np.ndarray, count: np.ndarray, margins: list[Margin]) -> np.ndarray:
    factor = rake(start, margins, tolerance=survey.weighting.tolerance)
    factor *= count.sum() / (start * factor).sum()
    return factor if survey.weighting.trim is None else trim(factor, start, survey.weighting.trim)


def _margin(survey: Survey, cells: Cells, target: Target) -> Margin:
    """Returns the target laid over the profiles.

    Raises:
        WeightingError: there are respondents in a level that has no share.
    """
    listed = [[level.value for level in dimension_of(survey, key).levels] for key in target.dimensions]
    codes = np.column_stack([cells.profiles[key].to_numpy() for key in target.dimensions])
    row = {tuple(values): at for at, (values, _) in enumerate(target.shares)}
    distinct, place = np.unique(codes, axis=0, return_inverse=True)
    named = [
        None if min(levels) < 0 else tuple(values[level] for values, level in zip(listed, levels, strict=True))
        for levels in distinct.tolist()
    ]
    lost = [" x ".join(levels) for levels in named if levels is not None and levels not in row]
    name = " x ".join(target.dimensions)
    if lost:
        raise WeightingError(
            one_sentence_each(f"there are respondents in '{level}' of '{name}', and no target for it" for level in lost)
        )
    level = np.array([MISSING if levels is None else row[levels] for levels in named], dtype=np.int64)
    names = tuple(" x ".join(values) for values, _ in target.shares)
    return Margin(name, level[place.ravel()], names, np.array([share for _, share in target.shares]))


def _waves(cells: Cells, per_wave: bool) -> np.ndarray:
    if per_wave and "wave" in cells.profiles:
        return cells.profiles["wave"].to_numpy()
    return np.zeros(len(cells.profiles), dtype=np.int64)


def _alike(levels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Returns the combinations of levels, and for each profile the place of its own, -1 where a level is missing."""
    known = (levels >= 0).all(axis=1)
    combinations, place = np.unique(levels[known], axis=0, return_inverse=True)
    cell = np.full(len(levels), MISSING, dtype=np.int64)
    cell[known] = place.ravel()
    return combinations, cell


def _wave_count(survey: Survey) -> int:
    wave = survey.dimension("wave")
    return max(len(wave.levels), 1) if wave else 1


def _everyone_by(
    cells: Cells, place: np.ndarray, size: int, *, uses_base: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Returns, by place of the profiles, how many respondents there are, their base weights and the squares."""
    at = place[cells.everyone["profile"].to_numpy()]
    inside = at >= 0
    columns = ("n", "w", "w2") if uses_base else ("n", "n", "n")
    n, w, w2 = (
        np.bincount(at[inside], weights=cells.everyone[column].to_numpy()[inside], minlength=size) for column in columns
    )
    return n, w, w2
