"""Where a trend jumps: the period that stands out, or the largest clear step from one period to the next."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from statistics import NormalDist

import pandas as pd

from analytics.estimates.trend import LEAST_EFFECTIVE
from analytics.estimates.view import Outlier, View
from analytics.model import NO_ANSWER
from analytics.model.scales import strongest
from analytics.statistics.uncertainty import LEVEL


@dataclass(frozen=True)
class Jump:
    """A step of one answer from a period to the next one; `outlier` is the one of the two that stands out, if any."""

    choice: str
    before: str
    after: str
    outlier: Outlier | None = None


def jump(view: View) -> Jump | None:
    """The farthest period that stands out, with its neighbour; else the largest step that is clear among all steps.

    None in trends by hour, whose readers differ by the clock, by group, smoothed, and where nothing jumps.
    """
    if view.every in (None, "hour") or view.by or view.window > 1:
        return None
    rows = view.estimates
    kept = (rows["statistic"] == "share") & ~rows["suppressed"].astype(bool) & (rows["choice"] != NO_ANSWER)
    kept &= ~rows["period"].isin(view.unfinished) & (rows["effective_n"].astype(float) >= LEAST_EFFECTIVE)
    periods = list(dict.fromkeys(rows.loc[kept, "period"]))
    for one in view.outliers:
        if one.period in periods and len(periods) > 1:
            at = periods.index(one.period)
            first, second = (periods[at - 1], one.period) if at else (one.period, periods[1])
            return Jump(_answer(view, one.choice), first, second, one)
    return _step(rows[kept], {one.period for one in view.breaks})


def _answer(view: View, choice: str) -> str:
    """The answer that a sum of a scale's answers is told by: the strongest in it."""
    net = next((net for net in view.question.nets if net.key == choice), None)
    if net is None or view.question.choice(choice) is not None:
        return choice
    return strongest(view.question, net)


def _step(rows: pd.DataFrame, cuts: set[str]) -> Jump | None:
    """The largest step of any answer that is clear among so many; none lies across a change of the question."""
    steps = []
    for choice, line in rows.groupby("choice", sort=False):
        told = line[["period", "value", "se"]].itertuples(index=False, name=None)
        points = [(str(period), float(value), float(se)) for period, value, se in told]
        steps += [(choice, *pair) for pair in pairwise(points) if pair[1][0] not in cuts]
    least = NormalDist().inv_cdf(1 - (1 - LEVEL) / 2 / max(len(steps), 1))
    clear = [
        (abs(after[1] - before[1]), str(choice), before[0], after[0])
        for choice, before, after in steps
        if abs(after[1] - before[1]) > least * hypot(before[2], after[2]) > 0
    ]
    if not clear:
        return None
    _, choice, first, second = max(clear, key=lambda one: one[0])
    return Jump(choice, first, second)
