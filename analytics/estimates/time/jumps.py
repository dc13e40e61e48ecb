"""Where a trend jumps: the period that stands out, or the largest clear step from one period to the next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import pairwise
from math import hypot
from statistics import NormalDist
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.estimates.time.split import Split, split_change
from analytics.estimates.time.trend import LEAST_EFFECTIVE, with_halves
from analytics.estimates.views.choose import choose_question
from analytics.estimates.views.steps import AnswerStep
from analytics.estimates.views.view import MEAN, Outlier, View, by_mean, worth_of_means
from analytics.model import NO_ANSWER, Question, Snapshot
from analytics.model.request import Request
from analytics.model.scales import is_told_by_mean, strongest
from analytics.statistics.uncertainty import LEVEL


@dataclass(frozen=True)
class Jump:
    """A step of one answer from a period to the next one; `outlier` is the one of the two that stands out, if any.

    Where the whole line stood on two levels, `step` has the spans of both, and the two periods are those between them.
    """

    choice: str
    before: str
    after: str
    outlier: Outlier | None = None
    step: AnswerStep | None = None


def jump(view: View) -> Jump | None:
    """The farthest period that stands out, with its neighbour; else the two levels that the line stood on; else the
    largest step that is clear among all steps.

    None in trends by hour, whose readers differ by the clock, by group, smoothed, and where nothing jumps. A scale
    that is told by its mean jumps where that does.
    """
    if view.every in (None, "hour") or view.by or view.window > 1:
        return None
    rows = worth_of_means(by_mean(view).estimates) if is_told_by_mean(view.question) else view.estimates
    lines = _lines(rows, view.unfinished)
    points = sorted(point for line in lines.values() for point in line)
    periods = list(dict.fromkeys(point.period for point in points))
    for one in view.outliers:
        if one.period in periods and len(periods) > 1:
            at = periods.index(one.period)
            first, second = (periods[at - 1], one.period) if at else (one.period, periods[1])
            return Jump(told_answer(view.question, one.choice), first, second, one)
    if view.step is not None and view.every != "wave":
        step = view.step
        return Jump(told_answer(view.question, step.choice), step.earlier[1], step.later[0], step=step)
    return _step(lines, {one.period for one in view.breaks})


def split_jump(snapshot: Snapshot, request: Request, found: Jump, spans: Sequence[tuple[datetime, datetime]]) -> Split:
    """What a jump is made of: its two periods compared, or the spans of its two levels.

    Args:
        request: that of the trend.
        spans: when the earlier and the later one starts and ends, by the survey's clock; not read without levels.

    Raises:
        RequestError: the survey cannot answer that, or too few answered in one of the periods.
    """
    question = choose_question(snapshot.survey, request.question)
    of_mean = found.choice == MEAN and question.choice(MEAN) is None
    split = partial(split_change, snapshot, choice=None if of_mean else found.choice, of_mean=of_mean)
    if found.step is None:
        return split(request, periods=(found.before, found.after))
    zone = ZoneInfo(snapshot.survey.time_zone)
    since, middle, until = (at.replace(tzinfo=zone) for at in (spans[0][0], spans[1][0], spans[1][1]))
    since = max(since, request.since) if request.since else since
    until = min(until, request.until) if request.until else until
    both = replace(request, every=None, since=since, until=until)
    return split(both, middle=middle)


def told_answer(question: Question, choice: str) -> str:
    """The answer that a sum of a scale's answers is told by: the strongest in it."""
    net = next((net for net in with_halves(question).nets if net.key == choice), None)
    if net is None or question.choice(choice) is not None:
        return choice
    return strongest(question, net)


class _Point(NamedTuple):
    place: int
    period: str
    share: float
    se: float


def _lines(rows: pd.DataFrame, unfinished: Collection[str]) -> dict[str, list[_Point]]:
    """The points of each answer that may be compared, in order."""
    names = ("statistic", "suppressed", "choice", "period", "effective_n", "value", "se")
    lines: dict[str, list[_Point]] = {}
    cells = zip(*(rows[name].tolist() for name in names), strict=True)
    for place, (statistic, suppressed, choice, period, effective_n, share, se) in enumerate(cells):
        counts = statistic == "share" and not suppressed and choice != NO_ANSWER and period not in unfinished
        if counts and float(effective_n or 0) >= LEAST_EFFECTIVE:
            lines.setdefault(str(choice), []).append(_Point(place, str(period), float(share), float(se)))
    return lines


def _step(lines: Mapping[str, Sequence[_Point]], cuts: set[str]) -> Jump | None:
    """The largest step of any answer that is clear among so many; none lies across a change of the question."""
    steps = [
        (choice, before, after)
        for choice, points in lines.items()
        for before, after in pairwise(points)
        if after.period not in cuts
    ]
    least = NormalDist().inv_cdf(1 - (1 - LEVEL) / 2 / max(len(steps), 1))
    clear = [
        (abs(after.share - before.share), choice, before.period, after.period)
        for choice, before, after in steps
        if abs(after.share - before.share) > least * hypot(before.se, after.se) > 0
    ]
    if not clear:
        return None
    _, choice, first, second = max(clear, key=lambda one: one[0])
    return Jump(choice, first, second)
