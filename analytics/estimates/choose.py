"""Checks what was asked for against the survey, and turns it into what the statistics take."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from analytics.errors import RequestError, one_sentence_each
from analytics.model import APART, MISSING, NO_ANSWER, NO_TIME, Cells, Dimension, Grain, Level, Question, Survey, Wanted
from analytics.model.request import Every, Request, WeightsChoice
from analytics.periods import day_numbers, day_start
from analytics.statistics.sums import count_base


def choose_question(survey: Survey, key: str) -> Question:
    """Returns the survey's question of that key.

    Raises:
        RequestError: there is none, or it takes free text and so has no shares.
    """
    question = survey.question(key)
    if question is None:
        raise RequestError(_unknown("question", key, [q.key for q in survey.questions], f"survey '{survey.key}'"))
    if question.kind == "text":
        raise RequestError(f"question '{key}' takes free text and has no shares: choose one with choices")
    return question


def check_selection(survey: Survey, request: Request, by: Iterable[str] = ()) -> None:
    """Returns nothing where the survey can answer the selection and the banner.

    Raises:
        RequestError: unknown keys or levels, times that are not whole hours, targets asked for where there are none;
            all of them at once.
    """
    faults = [fault for key in by for fault in _banner_faults(survey, key)]
    faults += [f"'{key}' stands twice in the banner: name it once" for key in {k for k in by if list(by).count(k) > 1}]
    for key, values in request.where:
        faults += _where_faults(survey, key, values)
    for name, moment in (("since", request.since), ("until", request.until)):
        if moment is not None and not _is_whole_hour(moment, survey.time_zone):
            faults.append(f"{name} is {_clock(moment, survey)}, expected a whole hour in {survey.time_zone}")
    if request.since and request.until and request.since >= request.until:
        faults.append(f"since ({_clock(request.since, survey)}) is not before until ({_clock(request.until, survey)})")
    if request.weights == "raked" and not survey.targets:
        faults.append("raked weights need targets, and the definition has no [[target]]: add them, or use base or none")
    if request.weights == "base" and survey.columns.weight is None:
        faults.append("base weights need a weight column, and the definition names none: use raked or none")
    if request.min_base is not None and request.min_base < 1:
        faults.append(f"the minimum base is {request.min_base}, expected 1 or more")
    if faults:
        raise RequestError(one_sentence_each(faults))


def weights_used(survey: Survey, request: Request) -> WeightsChoice:
    """Returns the weighting chosen, or the survey's own: raked with targets, else base with a weight column."""
    if request.weights is not None:
        return request.weights
    if survey.targets:
        return "raked"
    return "none" if survey.columns.weight is None else "base"


def grain_needed(survey: Survey, request: Request, every: Every | None) -> Grain:
    """Returns the coarsest grain from which the view can be answered."""
    dated = request.since is not None or request.until is not None
    if every == "hour" or not all(_is_midnight(t, survey.time_zone) for t in (request.since, request.until)):
        return "hour"
    return "day" if dated or every in ("day", "week", "month") else "whole"


def wanted_cells(survey: Survey, question: Question, request: Request, by: Iterable[str], grain: Grain) -> Wanted:
    """Returns which cells answer the question under this selection and banner."""
    crossed = tuple(key for key in by if survey.question(key))
    answered = tuple((key, values) for key, values in request.where if survey.question(key))
    return Wanted(question.key, grain, crossed, answered, request.standing)


def dimension_of(survey: Survey, key: str) -> Dimension:
    """Returns the dimension of that key; a question stands for one whose levels are its choices."""
    question = survey.question(key)
    if question is not None:
        levels = tuple(Level(choice.value, choice.label, choice.values) for choice in question.choices)
        return Dimension(key, question.text, "", levels)
    dimension = survey.dimension(key)
    assert dimension is not None, f"the selection was checked, so '{key}' is known"
    return dimension


def profiles_kept(survey: Survey, profiles: pd.DataFrame, request: Request) -> np.ndarray:
    """Returns, for each profile, whether the filters on dimensions keep it."""
    kept = ~(profiles == APART).any(axis=1).to_numpy()
    for key, values in request.where:
        if survey.question(key) is None:
            levels = [level.value for level in dimension_of(survey, key).levels]
            codes = [place for place, value in enumerate(levels) if value in values]
            kept &= np.isin(profiles[key].to_numpy(), codes + [MISSING] * (NO_ANSWER in values))
    return kept


def banner_groups(
    survey: Survey, cells: Cells, by: tuple[str, ...], kept: np.ndarray
) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """Returns, for each profile, the place of its banner group (-1: left out), and the groups' values in shown order.

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


def cells_in_time(survey: Survey, cells: Cells, request: Request, grain: Grain) -> np.ndarray:
    """Returns, for each cell, whether it lies in the period chosen."""
    return periods_in_time(survey, cells.answers["period"].to_numpy(), request, grain)


def periods_in_time(survey: Survey, period: np.ndarray, request: Request, grain: Grain) -> np.ndarray:
    """Returns, for each period, whether it lies in the one chosen."""
    if request.since is None and request.until is None:
        return np.ones(len(period), dtype=bool)
    first, last = (_bound(moment, survey.time_zone, grain) for moment in (request.since, request.until))
    inside = period != NO_TIME
    if first is not None:
        inside &= period >= first
    if last is not None:
        inside &= period < last
    return inside


def count_undated(cells: Cells, kept: np.ndarray, question: Question) -> int:
    """Returns how many of the kept profiles answered without a time stamp."""
    undated = cells.answers["period"].to_numpy() == NO_TIME
    return count_base(cells, kept, undated, multiple=question.kind == "multiple")


def _bound(moment: datetime | None, zone: str, grain: Grain) -> int | None:
    if moment is None:
        return None
    second = int(moment.timestamp())
    return second if grain == "hour" else int(day_numbers(np.array([second]), zone)[0])


def _clock(moment: datetime, survey: Survey) -> str:
    return moment.astimezone(ZoneInfo(survey.time_zone)).isoformat()


def _is_whole_hour(moment: datetime, zone: str) -> bool:
    local = moment.astimezone(ZoneInfo(zone))
    return not (local.minute or local.second or local.microsecond)


def _is_midnight(moment: datetime | None, zone: str) -> bool:
    return moment is None or moment == day_start(moment.astimezone(ZoneInfo(zone)).date(), zone)


def _banner_faults(survey: Survey, key: str) -> list[str]:
    question = survey.question(key)
    if question is not None and question.kind == "text":
        return [f"question '{key}' takes free text and cannot stand in a banner"]
    return [] if question or survey.dimension(key) else [_unknown_key(survey, key)]


def _where_faults(survey: Survey, key: str, values: tuple[str, ...]) -> list[str]:
    faults = _banner_faults(survey, key)
    if faults:
        return faults
    known = [level.value for level in dimension_of(survey, key).levels]
    allowed = known if survey.question(key) else [*known, NO_ANSWER]
    name = "choice" if survey.question(key) else "level"
    return [_unknown(name, value, allowed, f"'{key}'") for value in values if value not in allowed]


def _unknown_key(survey: Survey, key: str) -> str:
    keys = [d.key for d in survey.dimensions] + [q.key for q in survey.questions if q.kind != "text"]
    return _unknown("dimension or question", key, keys, f"survey '{survey.key}'")


def _unknown(noun: str, found: str, known: list[str], where: str) -> str:
    near = difflib.get_close_matches(found, known, 1)
    meant = f" (did you mean '{near[0]}'?)" if near else ""
    listed = ", ".join(f"'{name}'" for name in known[:20]) or "none"
    return f"'{found}' is no {noun} of {where}{meant}; there is: {listed}"
