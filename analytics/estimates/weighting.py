"""How the answers were weighted: every dimension before and after, what it cost, and what to mind."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from analytics.errors import WeightingError
from analytics.estimates.choose import check_selection, dimension_of, weights_used
from analytics.estimates.weigh import weigh_profiles
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
    weight to the base weight. `efficiency` is `effective_n` over `respondents`, 0 to 1; `warning` is None at 70 % or
    more.
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
    warning: str | None = None


def weighting_report(snapshot: Snapshot, request: Request) -> WeightingReport:
    """How the respondents were weighted under the request's weighting; its filters do not matter.

    Raises:
        RequestError: the survey cannot be weighted so.
        WeightingError: the targets cannot be met, or nobody has answered.
    """
    survey = snapshot.survey
    check_selection(survey, Request(weights=request.weights))
    weights = weights_used(survey, request)
    cells = snapshot.read(all_respondents(survey))
    weighted = _weighted(cells, weigh_profiles(survey, cells, Request(), weights))
    respondents = int(weighted.n.sum())
    if not respondents:
        raise WeightingError(f"survey '{survey.key}' has no respondents yet: there is nobody to weight")
    effective_n = float(weighted.w.sum() ** 2 / weighted.w2.sum())
    efficiency = min(effective_n / respondents, 1.0)
    smallest, largest = _extremes(weighted, snapshot)
    per_wave = weights == "raked" and survey.weighting.per == "wave"
    return WeightingReport(
        survey, snapshot.status, weights, respondents, int(cells.everyone["n"].sum()) - respondents,
        _level_rows(survey, weighted, per_wave=per_wave), respondents / effective_n, effective_n, efficiency, smallest,
        largest, survey.weighting.trim if weights == "raked" else None,
        _warning(weights, respondents, effective_n, largest) if efficiency < LEAST_EFFICIENCY else None,
    )  # fmt: skip


def weighting_fault(snapshot: Snapshot, request: Request) -> str | None:
    """Why the respondents cannot be weighted as the request says, None where they can."""
    survey = snapshot.survey
    weights = weights_used(survey, request)
    if weights != "raked":
        return None
    try:
        weigh_profiles(survey, snapshot.read(all_respondents(survey)), request, weights)
    except WeightingError as error:
        return str(error)
    return None


def report_sentences(report: WeightingReport) -> list[str]:
    """Returns the report in words: who was weighted to what, what it cost, and what to mind."""
    found = [_who(report), *rescaled_sentences(report), _cost(report), _missed(report), report.warning or ""]
    return [sentence for sentence in found if sentence]


def rescaled_sentences(report: WeightingReport) -> list[str]:
    """Returns, for each target whose shares did not sum to 1 as they were written, that they were rescaled."""
    if report.weights != "raked":
        return []
    return [
        f"The shares for {' by '.join(dimension_of(report.survey, key).label for key in target.dimensions)} sum to "
        f"{100 * target.rescaled_from:.6g} % in the definition and were rescaled to 100 %."
        for target in report.survey.targets
        if target.rescaled_from is not None
    ]


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
            "level_label": ", ".join(level.label for level in levels),
            "before": n[at] / n.sum() if n.any() else np.nan,
            "target": shares.get(tuple(level.value for level in levels), np.nan),
            "after": w[at] / w.sum() if n.any() else np.nan,
        }
        for at, levels in enumerate(product(*(dimension.levels for dimension in dimensions)))
    ]
    shown = [row for row in rows if len(keys) == 1 or row["before"] or row["target"] == row["target"]]
    frame = pd.DataFrame(shown, columns=LEVEL_COLUMNS).astype(dict.fromkeys(("before", "target", "after"), float))
    return frame.assign(gap=frame["after"] - frame["target"])


def _warning(weights: WeightsChoice, respondents: int, effective_n: float, largest: float) -> str:
    mend = "; merge small levels, drop a target, or trim." if weights == "raked" else "."
    return (
        f"Mind: weighting costs so much here that {respondents:,} respondents are worth {effective_n:,.0f} unweighted "
        f"ones, less than {100 * LEAST_EFFICIENCY:.0f} %. A few people stand for many: one counts {largest:.1f} times "
        f"the mean. Look at the groups whose share moved most{mend}"
    )


def _who(report: WeightingReport) -> str:
    people = f"{report.respondents:,} respondents"
    if report.weights == "none":
        return f"Not weighted: each of {people} counts once."
    if report.weights == "base":
        return f"{people} are weighted by the weights that came with their answers."
    verb = "raked" if report.survey.weighting.method == "rake" else "post-stratified"
    start = ", starting from the weights that came with their answers" if report.survey.columns.weight else ""
    wave = ", each wave by itself" if report.survey.weighting.per == "wave" else ""
    left = (
        f"{report.left_out:,} are left out because one of these is not known" if report.left_out else "none is left out"
    )
    return f"{people} are {verb} to {_targets(report.survey)}{start}{wave}; {left}."


def _targets(survey: Survey) -> str:
    """Returns the targets with source and year, those of one source together."""
    by_source: dict[tuple[str, int], list[str]] = {}
    for target in survey.targets:
        label = " by ".join(dimension_of(survey, key).label for key in target.dimensions)
        by_source.setdefault((target.source, target.year), []).append(label)
    return "; ".join(f"{', '.join(labels)} ({source}, {year})" for (source, year), labels in by_source.items())


def _cost(report: WeightingReport) -> str:
    if report.weights == "none":
        return ""
    kept = f" (kept between {report.trim[0]:g} and {report.trim[1]:g} {_trimmed(report)})" if report.trim else ""
    return (
        f"Weights run from {report.smallest:.2f} to {report.largest:.2f}, 1 being the mean{kept}. The respondents are "
        f"worth {report.effective_n:,.0f} unweighted ones: efficiency {100 * report.efficiency:.0f} %, "
        f"design effect {report.deff:.2f}."
    )


def _trimmed(report: WeightingReport) -> str:
    return "times the base weight" if report.survey.columns.weight else "times the mean"


def _missed(report: WeightingReport) -> str:
    gaps = report.table["gap"].abs()
    if report.weights != "raked" or not (gaps > report.survey.weighting.tolerance).any():
        return ""
    worst = report.table.iloc[int(gaps.round(9).argmax())]  # the first of equals, whatever the dust
    after, target = (f"{100 * worst[name]:.1f} %" for name in ("after", "target"))
    return (
        f"Trimmed weights miss their targets: '{worst['level']}' of {worst['dimension']} comes to {after} instead of "
        f"{target}, the largest gap."
    )
