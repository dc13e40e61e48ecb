"""How answers moved: by hour, day, week, month or wave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from analytics.errors import RequestError
from analytics.model import NO_TIME, Cells, Grain, Status, Survey
from analytics.periods import Length, all_periods, day_numbers, day_start, period_end, period_label, period_of_days
from analytics.statistics.sums import sum_cells, trailing
from analytics.views.assemble import estimate_rows
from analytics.views.choose import (
    Read,
    banner_groups,
    cells_in_time,
    check_selection,
    choose_question,
    count_undated,
    grain_needed,
    profiles_kept,
    wanted_cells,
    weights_used,
)
from analytics.views.selection import Every, Selection
from analytics.views.view import View
from analytics.views.weigh import weigh_profiles


@dataclass(frozen=True)
class Timeline:
    """The periods of a trend: their labels, for each cell the place of its period (-1: none), those still running."""

    labels: list[str]
    place: np.ndarray
    unfinished: tuple[str, ...] = ()


def trend(
    survey: Survey,
    status: Status,
    read: Read,
    question: str,
    selection: Selection,
    *,
    every: Every,
    now: datetime,
    by: tuple[str, ...] = (),
    window: int = 1,
) -> View:
    """Returns the shares of every choice in each period, every period from the first to the last with answers.

    With a `window` of more than one each period is taken together with those before it, as many as that in all; bases,
    standard errors and intervals are those of the whole window. Answers without a time stamp are left out and counted.

    Raises:
        RequestError: the survey cannot answer that.
    """
    asked = choose_question(survey, question)
    check_selection(survey, selection, by)
    check_trend(survey, every, window, by)
    grain = grain_needed(survey, selection, every)
    cells = read(wanted_cells(survey, asked, selection, by, grain))
    waves = cells.profiles["wave"].to_numpy() if every == "wave" else None
    weights = weights_used(survey, selection)
    profile_weights = weigh_profiles(survey, cells, selection, weights, waves)
    kept = profiles_kept(survey, cells.profiles, selection) & (profile_weights.factor > 0)
    group, groups = banner_groups(survey, cells, by, kept)
    inside = cells_in_time(survey, cells, selection, grain) & kept[cells.answers["profile"].to_numpy()]
    line = timeline(survey, cells, inside, grain, every, now)
    sums = sum_cells(
        cells, profile_weights, group=group, groups=len(groups), period=line.place, periods=len(line.labels),
        choices=len(asked.choices), multiple=asked.kind == "multiple", no_answer=selection.base == "all",
    )  # fmt: skip
    min_base = selection.min_base or survey.min_base
    rows = estimate_rows(
        asked, selection, trailing(sums, window), design_n=profile_weights.design_n, weights=weights,
        min_base=min_base, by=by, groups=groups, periods=list(line.labels),
    )  # fmt: skip
    undated = 0 if every == "wave" else count_undated(cells, kept, asked)
    return View(
        survey, status, asked, selection, weights, min_base, rows, int(sums.base_n.sum()), by, every, window, undated,
        line.unfinished,
    )  # fmt: skip


def check_trend(survey: Survey, every: Every, window: int, by: tuple[str, ...]) -> None:
    """Returns nothing where the survey has such periods.

    Raises:
        RequestError: it has not, or they cannot be smoothed or broken down like that.
    """
    if window < 1:
        raise RequestError(f"the window is {window} periods, expected 1 or more")
    if every != "wave":
        return
    if survey.dimension("wave") is None:
        raise RequestError(f"survey '{survey.key}' has no waves: name the wave column under [columns]")
    if window > 1:
        raise RequestError("waves are separate samples and have no trailing window: leave the window at 1")
    if "wave" in by:
        raise RequestError("a trend by wave cannot also be broken down by wave")


def timeline(survey: Survey, cells: Cells, inside: np.ndarray, grain: Grain, every: Every, now: datetime) -> Timeline:
    """Returns the periods from the first to the last that has cells `inside`; for waves, all waves."""
    return _waves(survey, cells, inside) if every == "wave" else _periods(survey, cells, inside, grain, every, now)


def _waves(survey: Survey, cells: Cells, inside: np.ndarray) -> Timeline:
    wave = survey.dimension("wave")
    assert wave is not None, "the trend was checked, so there are waves"
    codes = cells.profiles["wave"].to_numpy()
    place = np.where(inside, codes[cells.answers["profile"].to_numpy()], -1)
    return Timeline([level.value for level in wave.levels], place)


def _periods(survey: Survey, cells: Cells, inside: np.ndarray, grain: Grain, every: Length, now: datetime) -> Timeline:
    period = cells.answers["period"].to_numpy()
    inside = inside & (period != NO_TIME)
    if not inside.any():
        return Timeline([], np.full(len(period), -1))
    zone = survey.time_zone
    if every != "hour":
        days = _days_of_hours(period, inside, zone) if grain == "hour" else period
        period = np.where(inside, period_of_days(np.where(inside, days, 0), every), NO_TIME)
    shown = all_periods(int(period[inside].min()), int(period[inside].max()), every, zone)
    labels = [period_label(int(start), every, zone) for start in shown]
    place = np.where(inside, np.searchsorted(shown, period), -1)
    return Timeline(labels, place, (labels[-1],) if _is_running(survey, int(shown[-1]), every, now) else ())


def _days_of_hours(hours: np.ndarray, inside: np.ndarray, zone: str) -> np.ndarray:
    distinct, place = np.unique(np.where(inside, hours, 0), return_inverse=True)
    return day_numbers(distinct, zone)[place]


def _is_running(survey: Survey, period: int, every: Length, now: datetime) -> bool:
    """Returns whether answers may still come in for the period: it is not over, and neither is the survey."""
    closed = survey.closes is not None and now >= day_start(survey.closes + timedelta(days=1), survey.time_zone)
    return not closed and now < period_end(period, every, survey.time_zone)
