"""The one way from a request to sums: check, cells, weights, who is kept, groups, periods, sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from analytics.estimates.views.choose import check_selection, check_trend, choose_question, dimension_of, weights_used
from analytics.estimates.views.effort import refuse_dear, refuse_nested
from analytics.estimates.views.view import View, estimate_rows
from analytics.estimates.views.weigh import weigh_profiles
from analytics.limits import LAST_YEAR
from analytics.model import APART, MISSING, NO_ANSWER, NO_TIME, Cells, Cube, Grain, Question, Snapshot, Survey, Wanted
from analytics.model.access import LEAST_FOR_VIEWERS
from analytics.model.request import Every, Request, WeightsChoice
from analytics.periods import Length, all_periods, day_numbers, day_start, period_end, period_label, period_of_days
from analytics.statistics.cube import count_undated, cube_of, periods_present, sum_cube
from analytics.statistics.sums import ProfileWeights, Sums, count_base, sum_cells


@dataclass(frozen=True)
class Timeline:
    """The periods of a request: their labels, where each cell lies (-1: in none), and those still running.

    `place` has an entry for each cell, or for each period of the cells where these are laid out as an array.
    """

    labels: tuple[str, ...]
    place: np.ndarray
    unfinished: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Tallied:
    """What answers a request, before anything is divided: cells, their weights, and who is kept.

    `weights` is the weighting used, `profile_weights` what it gives each profile, `kept` says for each profile whether
    it is among those selected and has a weight. `every` is the length of the periods, None where all answers are taken
    together. Groups, periods and sums are found out when they are asked for.
    """

    snapshot: Snapshot
    request: Request
    question: Question
    weights: WeightsChoice
    cells: Cells
    grain: Grain
    profile_weights: ProfileWeights
    kept: np.ndarray
    every: Every | None

    @property
    def survey(self) -> Survey:
        """The survey that was asked."""
        return self.snapshot.survey

    @property
    def min_base(self) -> int:
        """From how many answers on something is shown."""
        return self.snapshot.min_base(self.request)

    @property
    def design_n(self) -> np.ndarray:
        """How many respondents the design has, or each of its waves."""
        return self.profile_weights.design_n

    @property
    def groups(self) -> list[tuple[str, ...]]:
        """The values of each group of the banner, in shown order."""
        return self._grouped[1]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the periods in order."""
        return self._line.labels

    @property
    def unfinished(self) -> tuple[str, ...]:
        """The periods for which answers may still come in."""
        return self._line.unfinished

    @cached_property
    def sums(self) -> Sums:
        """The sums of every group in every period."""
        return self._sums_by(self.profile_weights)

    @property
    def base_n(self) -> int:
        """How many of those selected answered, in any period."""
        return int((self.sums if "sums" in vars(self) else self._counts).base_n.sum())

    @cached_property
    def _counts(self) -> Sums:
        """The same without what only standard errors need of the weights: to count readers takes much less."""
        return self._sums_by(replace(self.profile_weights, calibration=None))

    def _sums_by(self, weights: ProfileWeights) -> Sums:
        line, (group, groups), cube = self._line, self._grouped, self._cube
        fitted = weights.calibration
        refuse_dear(
            self.snapshot, self.question, groups=len(groups),
            periods=0 if self.every is None else len(line.labels), design=0 if fitted is None else fitted.levels,
        )  # fmt: skip
        how = self._how | {"group": group, "groups": len(groups), "period": line.place, "periods": len(line.labels)}
        if cube is None:
            return sum_cells(self.cells, weights, **how)
        return sum_cube(cube, weights, **how)

    @cached_property
    def undated(self) -> int:
        """How many of those selected are left out because they answered without a time stamp."""
        timed = self.request.since or self.request.until if self.every is None else self.every != "wave"
        if not timed:
            return 0
        multiple, cube = self.question.kind == "multiple", self._cube
        if cube is not None:
            return count_undated(cube, self.kept, multiple=multiple)
        undated = self.cells.answers["period"].to_numpy() == NO_TIME
        return count_base(self.cells, self.kept, undated, multiple=multiple)

    @cached_property
    def inside(self) -> np.ndarray:
        """For each cell, whether it is of somebody selected and lies in the time selected."""
        return self.since_until(self.request) & self.kept[self.cells.answers["profile"].to_numpy()]

    @cached_property
    def place(self) -> np.ndarray:
        """For each cell the place of its period, -1 for none."""
        return self._line.place if self._cube is None else self._line_of_cells().place

    def since_until(self, request: Request) -> np.ndarray:
        """For each cell, whether it lies in the time that this request selects."""
        return _in_time(self.survey, self.cells.answers["period"].to_numpy(), request, self.grain)

    def summed(self, place: np.ndarray, periods: int, group: np.ndarray | None = None) -> Sums:
        """The sums of other periods than the request's own, each given by the place of its cells: of everybody selected
        together, or by a group of each profile, which takes the weights as fixed."""
        weights, kept = self.profile_weights, np.where(self.kept, 0 if group is None else group, -1)
        if group is not None:
            weights = replace(weights, calibration=None)
        groups = int(kept.max(initial=0)) + 1
        return sum_cells(self.cells, weights, group=kept, groups=groups, period=place, periods=periods, **self._how)

    def view(
        self, sums: Sums, *, by: tuple[str, ...] | None = None, groups: list[tuple[str, ...]] | None = None,
        periods: Sequence[str | None] | None = None, design_n: np.ndarray | None = None, **fields: Any,
    ) -> View:  # fmt: skip
        """The view that these sums make: of the request's groups and periods, unless others are given.

        Args:
            fields: of the view, where they are not those of the request.

        Raises:
            FewError: whoever looks is not told of so few readers.
        """
        self.snapshot.demand_readers(fields.get("base_n", self.base_n), self.request)
        by, groups = self.request.by if by is None else by, self.groups if groups is None else groups
        periods = periods or ([None] if self.every is None else self.labels)
        rows = estimate_rows(
            self.question, self.request, sums, design_n=self.design_n if design_n is None else design_n,
            weights=self.weights, min_base=self.min_base, by=by, groups=groups, periods=periods,
        )  # fmt: skip
        if self.min_base < LEAST_FOR_VIEWERS and _is_close(rows):
            self.snapshot.closely(self.request)
        fields = {"every": self.every, "window": self.request.window} | fields
        fields |= {name: getattr(self, name) for name in ("base_n", "undated", "unfinished") if name not in fields}
        return View(
            self.survey, self.snapshot.status, self.question, self.request, self.weights, self.min_base, rows, by=by,
            **fields,
        )  # fmt: skip

    @cached_property
    def _grouped(self) -> tuple[np.ndarray, list[tuple[str, ...]]]:
        return _groups(self.survey, self.cells, self.request.by, self.kept)

    @cached_property
    def _cube(self) -> Cube | None:
        return None if self.every == "wave" else cube_of(self.cells)

    @cached_property
    def _line(self) -> Timeline:
        """The request's own periods, laid over the cells or, where there is an array, over its periods."""
        if self._cube is None:
            return self._line_of_cells()
        inside = _in_time(self.survey, self._cube.periods, self.request, self.grain)
        if self.every is not None:
            inside &= periods_present(self._cube, self.kept)
        return self._line_of(self._cube.periods, inside)

    def _line_of_cells(self) -> Timeline:
        if self.every != "wave":
            return self._line_of(self.cells.answers["period"].to_numpy(), self.inside)
        wave = self.survey.dimension("wave")
        assert wave is not None, "the request was checked, so there are waves"
        codes = self.cells.profiles["wave"].to_numpy()
        place = np.where(self.inside, codes[self.cells.answers["profile"].to_numpy()], -1)
        return Timeline(tuple(level.value for level in wave.levels), place)

    def _line_of(self, period: np.ndarray, inside: np.ndarray) -> Timeline:
        if self.every is None or self.every == "wave":
            return Timeline(("",), np.where(inside, 0, -1))
        return _timeline(self.snapshot, period, inside, self.grain, self.every)

    @property
    def _how(self) -> dict[str, Any]:
        choices, multiple = len(self.question.choices), self.question.kind == "multiple"
        return {"choices": choices, "multiple": multiple, "no_answer": self.request.base == "all"}


def _is_close(rows: pd.DataFrame) -> bool:
    """Whether numbers of a small group are among the rows, which are logged where people sign in."""
    base, shown = rows["base_n"].to_numpy(), ~rows["suppressed"].to_numpy(dtype=bool)
    return bool((shown & (base >= 1) & (base < LEAST_FOR_VIEWERS)).any())


def tallied(
    snapshot: Snapshot, request: Request, *, grain: Grain | None = None, weights: ProfileWeights | None = None
) -> Tallied:
    """What answers the request, in the groups of its banner and in its periods.

    Args:
        grain: how fine the cells have to be; left out, as coarse as the request allows.
        weights: those of the profiles, where they were found before for the same cells.

    Raises:
        RequestError: the survey cannot answer that.
        WeightingError: the targets cannot be met.
    """
    survey, question = snapshot.survey, choose_question(snapshot.survey, request.question)
    check_selection(survey, request, request.by)
    every = None if request.every is None else check_trend(survey, request)
    refuse_nested(snapshot, request)
    needed = wanted_cells(survey, request, grain)
    cells, weighting = snapshot.cells(needed), weights_used(survey, request)
    if weights is None:
        waves = cells.profiles["wave"].to_numpy() if every == "wave" else None
        weights = weigh_profiles(survey, cells, request, weighting, waves)
    kept = _kept(survey, cells, request) & (weights.factor > 0)
    return Tallied(snapshot, request, question, weighting, cells, needed.grain, weights, kept, every)


def wanted_cells(survey: Survey, request: Request, grain: Grain | None = None) -> Wanted:
    """Which cells answer the request: of the coarsest grain, or of that one."""
    crossed = tuple(key for key in request.by if survey.question(key))
    answered = tuple((key, values) for key, values in request.where if survey.question(key))
    grain = grain or coarsest_grain(survey, request)
    from_sums = grain != "hour" and not crossed and not answered and request.standing == "counted"
    told_apart = None if from_sums else _told_apart(survey, request)
    return Wanted(request.question, grain, crossed, answered, request.standing, told_apart)


def _told_apart(survey: Survey, request: Request) -> tuple[str, ...] | None:
    """The dimensions that any figure of the request, however weighted, tells respondents apart by; None for all."""
    question = survey.question(request.question)
    named = {*request.by, *(key for key, _ in request.where), "wave", question.wording if question else None}
    named |= {key for target in survey.targets for key in target.dimensions}
    found = tuple(dimension.key for dimension in survey.dimensions if dimension.key in named)
    return None if len(found) == len(survey.dimensions) else found


def coarsest_grain(survey: Survey, request: Request) -> Grain:
    """The coarsest grain from which the request can be answered."""
    times = (request.since, request.until)
    if request.every == "hour" or not all(_is_midnight(moment, survey.time_zone) for moment in times):
        return "hour"
    return "day" if any(times) or request.every in ("day", "week", "month") else "whole"


def _timeline(snapshot: Snapshot, period: np.ndarray, inside: np.ndarray, grain: Grain, every: Length) -> Timeline:
    """The periods from the first to the last that has cells `inside`, given the period of each cell, or each once."""
    zone = snapshot.survey.time_zone
    inside = inside & (period != NO_TIME)
    if not inside.any():
        return Timeline((), np.full(len(period), -1))
    if every != "hour":
        days = _days_of_hours(period, inside, zone) if grain == "hour" else period
        period = np.where(inside, period_of_days(np.where(inside, days, 0), every), NO_TIME)
    shown = all_periods(int(period[inside].min()), int(period[inside].max()), every, zone)
    labels = tuple(period_label(int(start), every, zone) for start in shown)
    place = np.where(inside, np.searchsorted(shown, period), -1)
    running = comes_in(snapshot) and snapshot.now < period_end(int(shown[-1]), every, zone)
    return Timeline(labels, place, (labels[-1],) if running else ())


QUIET_DAYS = 7
"""After so many days without an answer a survey without a closing day is over."""


def comes_in(snapshot: Snapshot) -> bool:
    """Whether answers to the survey may still come in."""
    status = snapshot.status
    return is_open(snapshot.survey, snapshot.now, status.last_at, answered=status.counted > 0)


def is_open(survey: Survey, now: datetime, last_at: datetime | None = None, *, answered: bool = False) -> bool:
    """Whether the survey still takes answers: nobody closed it, and its last day is not over in its zone.

    Without a last day it is open until no answer has come for QUIET_DAYS; `last_at` is when the last one did. Where it
    was `answered` and no answer carries a time, it is open only if it is read from a table that may grow: of a file
    nobody knows when its answers came.
    """
    if survey.closed_at is not None and now >= survey.closed_at:
        return False
    if survey.closes is None or survey.closes.year > LAST_YEAR:
        if last_at is None:
            return not answered or survey.source is not None
        return now - last_at <= timedelta(days=QUIET_DAYS)
    return now < day_start(survey.closes + timedelta(days=1), survey.time_zone)


def _kept(survey: Survey, cells: Cells, request: Request) -> np.ndarray:
    """For each profile, whether the filters on dimensions keep it."""
    profiles = cells.profiles
    if "joined" not in cells.memo:
        cells.memo["joined"] = ~(profiles == APART).any(axis=1).to_numpy()
    kept: np.ndarray = cells.memo["joined"].copy()
    for key, values in request.where:
        if survey.question(key) is None:
            levels = [level.value for level in dimension_of(survey, key).levels]
            codes = [place for place, value in enumerate(levels) if value in values]
            kept &= np.isin(profiles[key].to_numpy(), codes + [MISSING] * (NO_ANSWER in values))
    return kept


def _groups(
    survey: Survey, cells: Cells, by: Sequence[str], kept: np.ndarray
) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """For each profile the place of its banner group (-1: left out), and the groups' values in shown order.

    Every listed level is a group; those without an answer follow where there are any.
    """
    group = np.zeros(len(cells.profiles), dtype=np.int64)
    labels: list[tuple[str, ...]] = [()]
    for key in by:
        codes = cells.profiles[key].to_numpy()
        values = [level.value for level in dimension_of(survey, key).levels]
        if (codes[kept] == MISSING).any():
            values.append(NO_ANSWER)
        group = group * len(values) + np.where(codes == MISSING, len(values) - 1, codes)
        labels = [(*label, value) for label in labels for value in values]
    return np.where(kept, group, -1), labels


def _in_time(survey: Survey, period: np.ndarray, request: Request, grain: Grain) -> np.ndarray:
    """For each period, whether it lies in the time selected."""
    if request.since is None and request.until is None:
        return np.ones(len(period), dtype=bool)
    first, last = (_bound(moment, survey.time_zone, grain) for moment in (request.since, request.until))
    inside = period != NO_TIME
    if first is not None:
        inside &= period >= first
    if last is not None:
        inside &= period < last
    return inside


def _bound(moment: datetime | None, zone: str, grain: Grain) -> int | None:
    if moment is None:
        return None
    second = int(moment.timestamp())
    return second if grain == "hour" else int(day_numbers(np.array([second]), zone)[0])


def _is_midnight(moment: datetime | None, zone: str) -> bool:
    return moment is None or moment == day_start(moment.astimezone(ZoneInfo(zone)).date(), zone)


def _days_of_hours(hours: np.ndarray, inside: np.ndarray, zone: str) -> np.ndarray:
    distinct, place = np.unique(np.where(inside, hours, 0), return_inverse=True)
    return day_numbers(distinct, zone)[place]
