"""How answers moved: by hour, day, week, month or wave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import pandas as pd

from analytics.errors import RequestError
from analytics.estimates.breaks import break_places, breaks_of
from analytics.estimates.choose import check_trend
from analytics.estimates.tallied import tallied
from analytics.estimates.view import Outlier, View
from analytics.model import NO_ANSWER, Snapshot
from analytics.model.reasons import Reason
from analytics.model.request import Every, Request
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
    shown: View | None = snapshot.of_edition(request)
    if shown is not None:
        return shown
    found = tallied(snapshot, request)
    breaks = breaks_of(found)
    sums = trailing(found.sums, request.window, break_places(breaks, found.labels))
    return _with_outliers(found.view(sums, breaks=breaks))


MOST_SHOWN = 92
"""A trend that has more periods is shown over longer ones at first."""
LEAST_SHOWN = 0.8
"""This part of the periods with answers has to be shown, or longer ones are."""


def shortest_every(
    snapshot: Snapshot, request: Request, *, worked: Callable[[Request], View] | None = None
) -> Every:  # fmt: skip
    """The shortest period over which these readers' answers can be shown: not too many, and hardly any kept back.

    Where no length shows them all it is the one that shows the largest part. Waves where answers carry no times.

    Args:
        worked: makes the trend of a request, where somebody keeps them.
    """
    first, last = snapshot.status.first_at, snapshot.status.last_at
    if first is None or last is None:
        return "wave"
    days = max((last - first) / timedelta(days=1), 1.0)
    lengths: tuple[tuple[Every, int], ...] = (("day", 1), ("week", 7), ("month", 30))
    few = [every for every, length in lengths if days / length <= MOST_SHOWN or every == "month"]
    parts: dict[Every, tuple[bool, float]] = {}
    for every in few:
        moved = replace(request, by=(), every=every, window=1)
        try:
            rows = (worked(moved) if worked else trend(snapshot, moved)).estimates
        except RequestError:
            continue
        rows = rows[(rows["statistic"] == "share") & ~rows["reason"].map(_says_nobody)]
        hidden = rows.groupby("period", sort=False)["suppressed"].any()
        shown, known = int((~hidden.astype(bool)).sum()), len(hidden)
        if shown > 1 and shown >= LEAST_SHOWN * known:
            return every
        parts[every] = (shown > 1, shown / max(known, 1))
    return max(parts, key=parts.__getitem__, default=few[0])


def _says_nobody(reason: object) -> bool:
    return isinstance(reason, Reason) and reason.kind == "nobody"


def _with_outliers(view: View) -> View:
    """The view with the periods that stand out, and the lines that otherwise held still.

    Hours are left out, whose readers differ by the clock, and so are points that share answers with the next one.
    """
    if view.every in (None, "hour") or view.window > 1:
        return view
    rows = view.estimates
    sums = {net.key for net in view.question.nets if not net.minus}
    of_sums = (rows["statistic"] == "net") & rows["choice"].isin(sums)
    told = of_sums if view.question.kind == "scale" and not view.by and of_sums.any() else rows["statistic"] == "share"
    kept = told & ~rows["suppressed"].astype(bool) & (rows["choice"] != NO_ANSWER)
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
