"""The periods of a trend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from analytics.model import NO_TIME, Cells, Grain, Survey
from analytics.model.request import Every
from analytics.periods import Length, all_periods, day_numbers, day_start, period_end, period_label, period_of_days


@dataclass(frozen=True)
class Timeline:
    """The periods of a trend: their labels, for each cell the place of its period (-1: none), those still running."""

    labels: list[str]
    place: np.ndarray
    unfinished: tuple[str, ...] = ()


def timeline(survey: Survey, cells: Cells, inside: np.ndarray, grain: Grain, every: Every, now: datetime) -> Timeline:
    """Returns the periods from the first to the last that has cells `inside`; for waves, all waves."""
    if every == "wave":
        return _waves(survey, cells, inside)
    return timeline_of_periods(survey, cells.answers["period"].to_numpy(), inside, grain, every, now)


def _waves(survey: Survey, cells: Cells, inside: np.ndarray) -> Timeline:
    wave = survey.dimension("wave")
    assert wave is not None, "the trend was checked, so there are waves"
    codes = cells.profiles["wave"].to_numpy()
    place = np.where(inside, codes[cells.answers["profile"].to_numpy()], -1)
    return Timeline([level.value for level in wave.levels], place)


def timeline_of_periods(
    survey: Survey, period: np.ndarray, inside: np.ndarray, grain: Grain, every: Length, now: datetime
) -> Timeline:
    """Returns the same, given the period of each cell, or each period once."""
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
