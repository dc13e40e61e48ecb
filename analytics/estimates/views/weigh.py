"""Gives every profile its weight."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analytics.errors import WeightingError, one_sentence_each
from analytics.estimates.views.choose import dimension_of
from analytics.language.said import spoken, written
from analytics.model import MISSING, Cells, Survey, Target, Weighting
from analytics.model.request import Request, WeightsChoice
from analytics.statistics.calibration import Calibration
from analytics.statistics.sums import ProfileWeights
from analytics.statistics.weights import LaidTarget, rake, trim


def weigh_profiles(
    survey: Survey, cells: Cells, request: Request, weights: WeightsChoice, waves: np.ndarray | None = None
) -> ProfileWeights:
    """Returns the weight of each profile, scaled to mean 1 over all respondents of its design.

    Args:
        waves: for each profile the place of its wave, -1 for none, in a view whose periods are the waves; each wave is
            then a design of its own, unless the weights are fitted to targets for the whole survey.

    Raises:
        WeightingError: the targets cannot be met.
    """
    if weights == "raked":
        return _fitted(survey, cells, request, by_wave=waves is not None)
    design = np.zeros(len(cells.profiles), dtype=np.int64) if waves is None else waves
    designs = 1 if waves is None else _wave_count(survey)
    people, total, _ = _everyone_by(cells, design, designs, uses_base=weights == "base")
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.where(total > 0, people / total, 1.0)
    return ProfileWeights(np.where(design >= 0, scale[design], 0.0), weights == "base", people)


def _fitted(survey: Survey, cells: Cells, request: Request, *, by_wave: bool) -> ProfileWeights:
    """Returns weights that meet the targets among those whose weighting dimensions are all known.

    No filter changes them, so they are fitted once for the same cells.
    """
    known_by = f"fitted, variance {request.variance}, {'by wave' if by_wave else 'in one'}"
    before, found = cells.memo.get(known_by, (None, None))
    if before != survey or found is None:
        found = _newly_fitted(survey, cells, request, by_wave=by_wave)
        cells.memo[known_by] = (survey, found)
    return found


def _newly_fitted(survey: Survey, cells: Cells, request: Request, *, by_wave: bool) -> ProfileWeights:
    uses_base, per_wave = survey.columns.weight is not None, survey.weighting.per == "wave"
    margins = _margins(survey, cells)
    levels, cell = _alike(
        np.column_stack([_waves(cells, per_wave), *(margin.level for margin in margins)]), _respondents(cells)
    )
    count, start, start_squares = _everyone_by(cells, cell, len(levels), uses_base=uses_base)
    wave, on_cells = levels[:, 0], [replace(m, level=levels[:, at]) for at, m in enumerate(margins, start=1)]
    factor = _factors(survey, wave, start, count, on_cells)
    calibration = Calibration(
        cell, count, start * factor, start_squares * factor**2, start,
        tuple(m.level + wave * len(m.levels) for m in on_cells), survey.weighting.method == "poststratify",
    )  # fmt: skip
    fixed = survey.weighting.trim is not None or request.variance == "fixed" or not len(factor)
    people = np.array([count.sum()])
    if by_wave and per_wave:
        people = np.bincount(wave, weights=count, minlength=_wave_count(survey))
    by_profile = np.where(cell >= 0, factor[cell], 0.0) if len(factor) else np.zeros(len(cell))
    return ProfileWeights(by_profile, uses_base, people, None if fixed else calibration)


def _factors(
    survey: Survey, wave: np.ndarray, start: np.ndarray, count: np.ndarray, on: list[LaidTarget]
) -> np.ndarray:
    """Returns the factor of each cell, each wave fitted by itself.

    Raises:
        WeightingError: the targets cannot be met; every wave in which they cannot is named.
    """
    factor, faults = np.zeros(len(wave)), []
    for one in np.unique(wave):
        inside = wave == one
        margins = [replace(margin, level=margin.level[inside]) for margin in on]
        try:
            factor[inside] = _fit(survey.weighting, start[inside], count[inside], margins)
        except WeightingError as error:
            faults += [f"{_wave_name(survey, int(one))}{line}" for line in str(error).splitlines()]
    if faults:
        raise WeightingError(one_sentence_each(faults))
    return factor


def _fit(weighting: Weighting, start: np.ndarray, count: np.ndarray, margins: list[LaidTarget]) -> np.ndarray:
    factor = rake(start, margins, tolerance=weighting.tolerance)
    if weighting.trim is not None:  # while the mean factor is 1, so that it is the ratio to the base weight
        factor = trim(factor, start, weighting.trim)
    return factor * (count.sum() / (start * factor).sum())


def _margins(survey: Survey, cells: Cells) -> list[LaidTarget]:
    """Returns the targets laid over the profiles.

    Raises:
        WeightingError: there are respondents in levels that have no share, nobody has all dimensions known, or there
            are several targets to post-stratify to.
    """
    if survey.weighting.method == "poststratify" and len(survey.targets) > 1:
        raise WeightingError(
            spoken(
                "post-stratification takes one target, and the definition has {targets}: cross their dimensions in one "
                '[[target]], or say method = "rake"',
                targets=len(survey.targets),
            )
        )
    people = _respondents(cells)
    laid = [_margin(survey, cells, target, people) for target in survey.targets]
    faults = [fault for _, lost in laid for fault in lost]
    known = np.all([margin.level >= 0 for margin, _ in laid], axis=0)
    if not faults and people.sum() > 0 and not people[known].sum() > 0:
        names = ", ".join(f"'{margin.name}'" for margin, _ in laid)
        faults = [f"none of {written(people.sum())} respondents has all of {names} known: there is nobody to weight"]
    if faults:
        raise WeightingError(one_sentence_each(faults))
    return [margin for margin, _ in laid]


def _margin(survey: Survey, cells: Cells, target: Target, people: np.ndarray) -> tuple[LaidTarget, list[str]]:
    """Returns the target laid over the profiles, and a sentence for each level that has respondents and no share."""
    listed = [[level.value for level in dimension_of(survey, key).levels] for key in target.dimensions]
    codes = np.column_stack([cells.profiles[key].to_numpy() for key in target.dimensions])
    row = {tuple(values): at for at, (values, _) in enumerate(target.shares)}
    distinct, place = _distinct(codes)
    named = [
        None if min(levels) < 0 else tuple(values[level] for values, level in zip(listed, levels, strict=True))
        for levels in distinct.tolist()
    ]
    name = " x ".join(target.dimensions)
    counts = np.bincount(place, weights=people, minlength=len(named))
    lost = [
        f"there are {written(count)} respondents in '{' x '.join(levels)}' of '{name}', and no target for it: add its "
        "share, or list the level under missing"
        for levels, count in zip(named, counts, strict=True)
        if levels is not None and levels not in row and count > 0
    ]
    level = np.array([MISSING if levels is None else row.get(levels, MISSING) for levels in named], dtype=np.int64)
    names = tuple(" x ".join(values) for values, _ in target.shares)
    return LaidTarget(name, level[place], names, np.array([share for _, share in target.shares])), lost


def _waves(cells: Cells, per_wave: bool) -> np.ndarray:
    if per_wave and "wave" in cells.profiles:
        return cells.profiles["wave"].to_numpy()
    return np.zeros(len(cells.profiles), dtype=np.int64)


def _alike(levels: np.ndarray, people: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Returns the combinations of levels that have respondents, and for each profile the place of its own, else -1."""
    known = (levels >= 0).all(axis=1)
    combinations, place = _distinct(levels[known])
    taken = np.bincount(place, weights=people[known], minlength=len(combinations)) > 0
    cell = np.full(len(levels), MISSING, dtype=np.int64)
    cell[known] = np.where(taken, np.cumsum(taken) - 1, MISSING)[place]
    return combinations[taken], cell


def _distinct(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Returns the distinct rows of whole numbers from -1 on, in order, and for each row the place of its like."""
    # Column by column: numpy's own unique along an axis sorts rows as bytes, fifty times slower.
    place = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        _, place = np.unique(place * (column.max(initial=-1) + 2) + column + 1, return_inverse=True)
    _, first = np.unique(place, return_index=True)
    return rows[first], place


def _respondents(cells: Cells) -> np.ndarray:
    """Returns how many respondents each profile has: none where all were screened, or where an answer refines it."""
    profile, n = (cells.everyone[column].to_numpy() for column in ("profile", "n"))
    return np.bincount(profile, weights=n, minlength=len(cells.profiles))


def _wave_name(survey: Survey, wave: int) -> str:
    dimension = survey.dimension("wave") if survey.weighting.per == "wave" else None
    return "" if dimension is None else f"wave '{dimension.levels[wave].value}': "


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
