"""How answers moved: by hour, day, week, month or wave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.estimates.breaks import break_places, breaks_of
from analytics.estimates.choose import check_trend
from analytics.estimates.tallied import tallied
from analytics.estimates.view import Outlier, View
from analytics.model import NO_ANSWER, Snapshot
from analytics.model.request import Request
from analytics.statistics.outliers import LEAST_PERIODS, held_still, outliers
from analytics.statistics.sums import trailing

LEAST_EFFECTIVE = 30.0
"""A period worth fewer equally weighted answers is no part of a comparison."""


def trend(snapshot: Snapshot, request: Request) -> View:
    """The shares of every choice in each period, every period from the first to the last with answers.

    With a `window` of more than one each period is taken together with those before it, as many as that in all; bases,
    standard errors and intervals are those of the whole window, which never reaches across a change of the question.
    Answers without a time stamp are left out and counted.

    Raises:
        RequestError: the survey cannot answer that.
    """
    check_trend(snapshot.survey, request)
    found = tallied(snapshot, request)
    breaks = breaks_of(found)
    sums = trailing(found.sums, request.window, break_places(breaks, found.labels))
    return _with_outliers(found.view(sums, breaks=breaks))


def _with_outliers(view: View) -> View:
    """The view with the periods that stand out, and the lines that otherwise held still.

    Hours are left out, whose readers differ by the clock, and so are points that share answers with the next one.
    """
    if view.every in (None, "hour") or view.window > 1:
        return view
    rows = view.estimates
    kept = (rows["statistic"] == "share") & ~rows["suppressed"].astype(bool) & (rows["choice"] != NO_ANSWER)
    kept &= ~rows["period"].isin(view.unfinished) & (rows["effective_n"].astype(float) >= LEAST_EFFECTIVE)
    lines = list(_lines(view, rows[kept]))
    tests = sum(len(line.share) for line in lines if len(line.share) >= LEAST_PERIODS)
    found, steady = [], []
    for line in lines:
        apart = outliers(line.share, line.effective_n, tests=tests)
        found += [Outlier(line.periods[one.place], line.choice, line.levels, one.share, one.usual) for one in apart]
        calm = np.delete(np.arange(len(line.share)), [one.place for one in apart])
        if held_still(line.share[calm], line.effective_n[calm]):
            steady.append((line.choice, line.levels))
    ordered = sorted(found, key=lambda one: -abs(one.share - one.usual))
    return replace(view, outliers=tuple(ordered), steady=tuple(steady))


@dataclass(frozen=True)
class _AnswerLine:
    """One answer in one group, period by period since the question last changed."""

    choice: str
    levels: tuple[str, ...]
    periods: list[str]
    share: np.ndarray
    effective_n: np.ndarray


def _lines(view: View, rows: pd.DataFrame) -> Iterator[_AnswerLine]:
    order = list(dict.fromkeys(view.estimates["period"]))
    cut = max((order.index(one.period) for one in view.breaks if one.period in order), default=0)
    rows = rows[rows["period"].isin(order[cut:])]
    # By places, not frame by frame: cutting a frame of texts into pieces takes longer than all the rest.
    found = rows.groupby([*view.by, "choice"], sort=False, observed=True).indices
    periods, share, effective_n = (rows[name].to_numpy() for name in ("period", "value", "effective_n"))
    for key, at in sorted(found.items(), key=lambda pair: pair[1][0]):
        *levels, choice = key if isinstance(key, tuple) else (key,)
        if NO_ANSWER not in levels:
            yield _AnswerLine(
                str(choice), tuple(map(str, levels)), periods[at].tolist(), share[at].astype(float),
                effective_n[at].astype(float),
            )  # fmt: skip
