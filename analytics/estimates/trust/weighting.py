"""How the answers were weighted: every dimension before and after, and what it cost."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from analytics.errors import WeightingError
from analytics.estimates.views.choose import check_selection, dimension_of, weights_used
from analytics.estimates.views.weigh import weigh_profiles
from analytics.language.said import spoken
from analytics.model import Cells, Snapshot, Status, Survey, Wanted
from analytics.model.request import Request, WeightsChoice
from analytics.statistics.sums import ProfileWeights

LEAST_EFFICIENCY = 0.7
LEVEL_COLUMNS = ("wave", "dimension", "dimension_label", "level", "level_label", "before", "target", "after", "gap")


@dataclass(frozen=True)
class WeightingReport:
    """What weighting did to the respondents of a survey as a whole, whatever a view filters afterwards.

    `table` has LEVEL_COLUMNS and one row for each level of each target, then of each dimension without a target, among
    the respondents who have it known: the share `before` (each counting once) and `after`, the `target` (missing where
    there is none) and the `gap`, after less target. Where each wave is fitted by itself, `wave` names it, else it is
    None. Shares are 0 to 1. `respondents` is the size of the design, `left_out` how many are out of it because a
    weighting dimension is unknown. `smallest` and `largest` are weights, 1 being the mean; `trim` bounds the ratio of a
    weight to the base weight. `efficiency` is `effective_n` over `respondents`, 0 to 1.
    """

    survey: Survey
    status: Status
    weights: WeightsChoice
    respondents: int
    left_out: int
    table: pd.DataFrame
    deff: float
    effective_n: float
    efficiency: float
    smallest: float
    largest: float
    trim: tuple[float, float] | None = None

    @property
    def costly(self) -> bool:
        """Whether weighting leaves the respondents worth so much less that somebody should look at it."""
        return self.efficiency < LEAST_EFFICIENCY


def weighting_report(snapshot: Snapshot, request: Request) -> WeightingReport:
    """How the respondents were weighted under the request's weighting; its filters do not matter.

    Raises:
        RequestError: the survey cannot be weighted so.
        WeightingError: the targets cannot be met, or nobody has answered.
    """
    survey = snapshot.survey
    check_selection(survey, Request(weights=request.weights))
    weights = weights_used(survey, request)
    cells = snapshot.cells(all_respondents(survey))
    weighted = _weighted(cells, weigh_profiles(survey, cells, Request(), weights))
    respondents = int(weighted.n.sum())
    if not respondents:
        raise WeightingError(spoken("survey '{key}' has no respondents yet: there is nobody to weight", key=survey.key))
    effective_n = float(weighted.w.sum() ** 2 / weighted.w2.sum())
    efficiency = min(effective_n / respondents, 1.0)
    smallest, largest = _extremes(weighted, snapshot)
    per_wave = weights == "raked" and survey.weighting.per == "wave"
    return WeightingReport(
        survey, snapshot.status, weights, respondents, int(cells.everyone["n"].sum()) - respondents,
        _level_rows(survey, weighted, per_wave=per_wave), respondents / effective_n, effective_n, efficiency, smallest,
        largest, survey.weighting.trim if weights == "raked" else None,
    )  # fmt: skip


def weighting_fault(snapshot: Snapshot, request: Request) -> str | None:
    """Why the respondents cannot be weighted as the request says, None where they can."""
    survey = snapshot.survey
    weights = weights_used(survey, request)
    if weights != "raked":
        return None
    try:
        weigh_profiles(survey, snapshot.cells(all_respondents(survey)), request, weights)
    except WeightingError as error:
        return str(error)
    return None


def without_targets(survey: Survey) -> WeightsChoice:
    """The weights that stand in where targets cannot be met: the survey's own, else none."""
    return "base" if survey.columns.weight else "none"


def all_respondents(survey: Survey) -> Wanted:
    """Returns a wish for cells; those of all respondents come with any question."""
    countable = [question.key for question in survey.questions if question.kind != "text"]
    return Wanted([*countable, *(question.key for question in survey.questions)][0])


@dataclass(frozen=True)
class _Weighted:
    """The profiles that are weighted: their levels, respondents, sums of weights and of squares, and factors."""

    profiles: pd.DataFrame
    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray
    factor: np.ndarray
    uses_base: bool

    def only(self, inside: np.ndarray) -> _Weighted:
        n, w, w2, factor = (x[inside] for x in (self.n, self.w, self.w2, self.factor))
        return _Weighted(self.profiles[inside], n, w, w2, factor, self.uses_base)


def _weighted(cells: Cells, fitted: ProfileWeights) -> _Weighted:
    columns = ("n", "w", "w2") if fitted.uses_base else ("n", "n", "n")
    profile = cells.everyone["profile"].to_numpy()
    n, w, w2 = (
        np.bincount(profile, weights=cells.everyone[name].to_numpy(), minlength=len(cells.profiles)) for name in columns
    )
    factor = fitted.factor
    whole = _Weighted(cells.profiles, n, w * factor, w2 * factor**2, factor, fitted.uses_base)
    return whole.only((factor > 0) & (n > 0))


def _extremes(weighted: _Weighted, snapshot: Snapshot) -> tuple[float, float]:
    factor = weighted.factor
    if not weighted.uses_base:
        return float(factor.min()), float(factor.max())
    base = snapshot.weight_range().reindex(weighted.profiles.index)
    return float(np.nanmin(factor * base["low"])), float(np.nanmax(factor * base["high"]))


def _level_rows(survey: Survey, weighted: _Weighted, *, per_wave: bool) -> pd.DataFrame:
    targets = {target.dimensions: dict(target.shares) for target in survey.targets}
    keys = [*targets, *((dimension.key,) for dimension in survey.dimensions if (dimension.key,) not in targets)]
    waves: list[tuple[str | None, _Weighted]] = [(None, weighted)]
    wave = survey.dimension("wave")
    if per_wave and wave is not None:
        keys = [one for one in keys if one != ("wave",)]
        code = weighted.profiles["wave"].to_numpy()
        waves = [(level.value, weighted.only(code == at)) for at, level in enumerate(wave.levels) if (code == at).any()]
    parts = [
        _one_dimension(survey, inside, one, targets.get(one, {})).assign(wave=name)
        for name, inside in waves
        for one in keys
    ]
    return pd.concat(parts, ignore_index=True)[list(LEVEL_COLUMNS)] if parts else pd.DataFrame(columns=LEVEL_COLUMNS)


def _one_dimension(
    survey: Survey, weighted: _Weighted, keys: tuple[str, ...], shares: dict[tuple[str, ...], float]
) -> pd.DataFrame:
    """Returns the rows of one dimension, or of several crossed; combinations that nobody has or wants are left out."""
    dimensions = [dimension_of(survey, key) for key in keys]
    codes = weighted.profiles[list(keys)].to_numpy()
    known = (codes >= 0).all(axis=1)
    sizes = [max(len(dimension.levels), 1) for dimension in dimensions]
    place = np.ravel_multi_index(tuple(codes[known].T), sizes)
    n, w = (np.bincount(place, weights=x[known], minlength=math.prod(sizes)) for x in (weighted.n, weighted.w))
    rows = [
        {
            "dimension": " x ".join(keys),
            "dimension_label": " by ".join(dimension.label for dimension in dimensions),
            "level": " x ".join(level.value for level in levels),
            "level_label": ", ".join(
                one.level_name(level.value) for one, level in zip(dimensions, levels, strict=True)
            ),
            "before": n[at] / n.sum() if n.any() else np.nan,
            "target": shares.get(tuple(level.value for level in levels), np.nan),
            "after": w[at] / w.sum() if n.any() else np.nan,
        }
        for at, levels in enumerate(product(*(dimension.levels for dimension in dimensions)))
    ]
    shown = [row for row in rows if len(keys) == 1 or row["before"] or row["target"] == row["target"]]
    frame = pd.DataFrame(shown, columns=LEVEL_COLUMNS).astype(dict.fromkeys(("before", "target", "after"), float))
    return frame.assign(gap=frame["after"] - frame["target"])
