"""The answers of two periods to be compared: which cells they are, and their sums."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from analytics.errors import RequestError
from analytics.estimates.choose import (
    cells_in_time,
    choose_question,
    grain_needed,
    profiles_kept,
    wanted_cells,
    weights_used,
)
from analytics.estimates.timeline import Timeline, timeline
from analytics.estimates.trend import check_trend
from analytics.estimates.ways import FIRST_HALF, SECOND_HALF, halfway
from analytics.estimates.weigh import weigh_profiles
from analytics.model import NO_TIME, Cells, Question, Snapshot
from analytics.model.request import Request
from analytics.statistics.sums import ProfileWeights, Sums, sum_cells


@dataclass(frozen=True)
class Answered:
    """The cells of a split: which profiles and cells the selection keeps, and the periods they fall into."""

    cells: Cells
    weights: ProfileWeights
    kept: np.ndarray
    inside: np.ndarray
    line: Timeline
    middle: datetime | None = None


def read_answered(snapshot: Snapshot, request: Request) -> Answered:
    """The cells of the request with the halves of its answers, or the periods of a trend, laid over them.

    Raises:
        RequestError: the survey has no such periods, or its answers cannot be cut in half.
    """
    survey, every = snapshot.survey, request.every
    question = choose_question(survey, request.question)
    middle = halfway(snapshot, request) if every is None else None
    grain = grain_needed(survey, replace(request, since=middle) if middle else request, every)
    cells = snapshot.read(wanted_cells(survey, question, request, request.by, grain))
    if every is not None:
        check_trend(survey, request)
    waves = cells.profiles["wave"].to_numpy() if every == "wave" else None
    weights = weigh_profiles(survey, cells, request, weights_used(survey, request), waves)
    kept = profiles_kept(survey, cells.profiles, request) & (weights.factor > 0)
    inside = cells_in_time(survey, cells, request, grain) & kept[cells.answers["profile"].to_numpy()]
    if every is not None:
        return Answered(cells, weights, kept, inside, timeline(survey, cells, inside, grain, every, snapshot.now))
    if middle is None:
        raise RequestError("the answers cannot be cut in half: they have no time stamps, or all lie in one hour")
    later = cells_in_time(survey, cells, replace(request, since=middle, until=None), grain)
    dated = inside & (cells.answers["period"].to_numpy() != NO_TIME)
    halves = Timeline([FIRST_HALF, SECOND_HALF], np.where(dated, later.astype(np.int64), -1))
    return Answered(cells, weights, kept, inside, halves, middle)


def two_periods(
    found: Answered, question: Question, request: Request, periods: tuple[str, str] | None, min_base: int
) -> tuple[int, int]:
    """Returns the places of the two periods on the timeline: those named, or the last two over and large enough.

    Raises:
        RequestError: there are no such periods, or too few answered in one of them.
    """
    labels = found.line.labels
    base = sums_of(found, question, request, found.line.place, len(labels)).base_n[0]
    if periods is None:
        fit = _fit(found, base, min_base)
        if len(fit) < 2:
            raise RequestError(f"fewer than two periods are over and have {min_base:,} answers: choose longer ones")
        return fit[-2], fit[-1]
    unknown = [name for name in periods if name not in labels]
    if unknown or periods[0] == periods[1]:
        raise RequestError(f"found the periods {' and '.join(periods)}, expected two of: {', '.join(labels)}")
    before, after = (labels.index(name) for name in periods)
    for at in (before, after):
        if base[at] < min_base:
            raise RequestError(f"{base[at]:,.0f} answered in {labels[at]}, expected {min_base:,} or more to compare it")
    return before, after


def sums_of(
    found: Answered, question: Question, request: Request, period: np.ndarray, periods: int,
    group: np.ndarray | None = None,
) -> Sums:  # fmt: skip
    """Returns the sums by period: of everyone kept, or by the group of each profile, then with fixed weights."""
    weights = found.weights if group is None else replace(found.weights, calibration=None)
    place = np.where(found.kept, 0 if group is None else group, -1)
    return sum_cells(
        found.cells, weights, group=place, groups=int(place.max(initial=0)) + 1, period=period, periods=periods,
        choices=len(question.choices), multiple=question.kind == "multiple", no_answer=request.base == "all",
    )  # fmt: skip


def in_periods(found: Answered, places: tuple[int, int]) -> np.ndarray:
    """Returns, for each cell, 0 or 1 where it lies in the period before or after, else -1."""
    before, after = places
    return np.select([found.line.place == before, found.line.place == after], [0, 1], -1)


def designs_of(design_n: np.ndarray, places: tuple[int, int]) -> np.ndarray:
    """Returns how many respondents the design of both periods, or of each, has."""
    return design_n if len(design_n) == 1 else design_n[list(places)]


def offered_periods(snapshot: Snapshot, request: Request) -> list[str]:
    """The periods of a trend that are over and have answers enough to be compared, in order."""
    request = replace(request, by=(), window=1)
    found, question = read_answered(snapshot, request), choose_question(snapshot.survey, request.question)
    base = sums_of(found, question, request, found.line.place, len(found.line.labels)).base_n[0]
    return [found.line.labels[at] for at in _fit(found, base, request.min_base or snapshot.survey.min_base)]


def _fit(found: Answered, base: np.ndarray, min_base: int) -> list[int]:
    labels = enumerate(found.line.labels)
    return [at for at, label in labels if label not in found.line.unfinished and base[at] >= min_base]
