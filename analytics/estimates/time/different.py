"""What was different in one period: which groups and which hour were over-represented, and the number without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from analytics.errors import RequestError
from analytics.estimates.time.trend import trend
from analytics.estimates.views.choose import dimension_of
from analytics.estimates.views.tallied import Tallied, tallied
from analytics.estimates.views.view import MEAN, by_mean
from analytics.estimates.whole.topline import topline
from analytics.model import MISSING, NO_ANSWER, Snapshot
from analytics.model.request import Request, without_filter
from analytics.statistics.outliers import over_represented

LEAST_MORE = 0.1
"""A group whose part grew by less explains little."""
MOST_TRAITS = 3
HOURS = 24
MOST_WORDINGS, LEAST_OTHERS, ONE_VALUE = 4, 2, 0.99
"""A column of so few values that held one of them in so many other periods at least tells how the question was put."""


@dataclass(frozen=True)
class Trait:
    """A group, or an hour of the day where `key` is empty, with its part of the period's answers and of all others."""

    key: str
    value: str
    part: float
    usual: float


@dataclass(frozen=True)
class Different:
    """What was different in a period, the largest difference first.

    `share` is that of the choice, or of MEAN the mean as a part of the way from the lowest to the highest score.
    `without` is the share of the choice there without the group of the first trait that is one, `kept` the levels that
    are left then; None where nothing was, or too few are left to show.
    """

    period: str
    choice: str
    share: float
    traits: tuple[Trait, ...]
    without: float | None = None
    left_out: Trait | None = None
    kept: tuple[str, ...] = ()


def different(
    snapshot: Snapshot, request: Request, period: str, choice: str, share: float, span: PeriodSpan | None
) -> Different:
    """What was different in a period of a trend, in which the choice had that share.

    Args:
        span: when the period starts and ends, by the survey's clock; None for a wave.
    """
    every = replace(request, weights="none", window=1)
    found: list[Trait] = []
    for dimension in (one for one in snapshot.survey.dimensions if request.every != "wave" or one.key != "wave"):
        found += _traits(snapshot, replace(without_filter(every, dimension.key), by=(dimension.key,)), period)
    if request.every == "day":
        found += _hours(snapshot, replace(every, by=(), every="hour"), period)
    found = [*_asked_otherwise(snapshot, every, period), *found]
    ordered = sorted(found, key=lambda one: one.usual - one.part)[:MOST_TRAITS]
    told = Different(period, choice, share, tuple(ordered))
    group = next((one for one in ordered if snapshot.survey.dimension(one.key)), None)
    split = snapshot.survey.dimension(group.key) if group else None
    if group is None or split is None:
        return told
    levels = (*(level.value for level in split.levels), NO_ANSWER)
    kept = tuple(value for value in levels if value != group.value)
    zone = ZoneInfo(snapshot.survey.time_zone)
    where = without_filter(request, group.key).where
    rest = replace(request, by=(), every=None, window=1, where=(*where, (group.key, kept)))
    if span is None:
        rest = replace(rest, where=(*without_filter(rest, "wave").where, ("wave", (period,))))
    else:
        since, until = (at.replace(tzinfo=zone) for at in span)
        rest = replace(rest, since=since, until=until)
    try:
        view = topline(snapshot, rest)
        rows = (by_mean(view) if choice == MEAN and view.question.choice(MEAN) is None else view).estimates
    except RequestError:
        return told
    value = rows.loc[rows["statistic"].isin(("share", "net")) & (rows["choice"] == choice), "value"].iloc[0]
    return replace(told, without=None if pd.isna(value) else float(value), left_out=group, kept=kept)


PeriodSpan = tuple[datetime, datetime]


def _asked_otherwise(snapshot: Snapshot, request: Request, period: str) -> list[Trait]:
    """The columns that hold one value in every other period, and in this one another: a wording, as a rule."""
    found = []
    for question in snapshot.survey.questions:
        if question.kind != "single" or question.key == request.question or len(question.choices) > MOST_WORDINGS:
            continue
        try:
            rows = trend(snapshot, replace(request, question=question.key, by=())).estimates
        except RequestError:
            continue
        rows = rows[(rows["statistic"] == "share") & rows["share"].notna() & (rows["choice"] != NO_ANSWER)]
        parts = rows.pivot_table(index="period", columns="choice", values="share", sort=False)
        others = parts.drop(index=period, errors="ignore")
        if period not in parts.index or len(others) < LEAST_OTHERS or not (others.max(axis=1) >= ONE_VALUE).all():
            continue
        usual = others.iloc[0].idxmax()
        new = parts.loc[period].drop(index=usual)
        if (others.idxmax(axis=1) == usual).all() and len(new) and new.max() >= LEAST_MORE:
            value = str(new.idxmax())
            before = others.loc[:, [value]].to_numpy()
            found.append(Trait(question.key, value, float(new.to_numpy().max()), float(before.max())))
    return found


# Both count all answers: on most days a group or an hour has too few to be shown, and all days together have enough.
def _traits(snapshot: Snapshot, request: Request, period: str) -> list[Trait]:
    """The levels of a dimension that made up clearly more of the period's answers than of all others."""
    found, (key,) = _tallied(snapshot, request), request.by
    levels = [level.value for level in dimension_of(snapshot.survey, key).levels]
    code = found.cells.profiles[key].to_numpy()
    here = np.array([label == period for label in found.labels], dtype=bool)
    sums = found.summed(_sides(found, here), 2, np.where(code == MISSING, len(levels), code))
    counts = np.zeros((len(levels) + 1, 2))
    counts[: len(sums.base_n)] = sums.base_n
    return _over([*levels, NO_ANSWER], counts, found.min_base, key)


def _hours(snapshot: Snapshot, request: Request, day: str) -> list[Trait]:
    found = _tallied(snapshot, request)
    moments = [datetime.fromisoformat(label) for label in found.labels]
    here = np.array([at.date().isoformat() == day for at in moments], dtype=bool)
    hour = np.array([at.hour for at in moments], dtype=np.int64)
    side, known = _sides(found, here), found.place >= 0
    counts = np.zeros((HOURS, 2))
    for at in (0, 1):
        place = np.where(known & (side == at), hour[found.place] if len(hour) else -1, -1)
        counts[:, at] = found.summed(place, HOURS).base_n[0]
    return _over([f"{at:02}" for at in range(HOURS)], counts, found.min_base, "")[:1]


def _tallied(snapshot: Snapshot, request: Request) -> Tallied:
    found = tallied(snapshot, request)
    snapshot.demand_readers(found.base_n, request)
    return found


def _sides(found: Tallied, here: np.ndarray) -> np.ndarray:
    """For each cell 0 where its period is one of those, 1 where it is another, -1 where it is of none."""
    if not len(here):
        return np.full(len(found.place), -1)
    return np.where(found.place < 0, -1, np.where(here[found.place], 0, 1))


def _over(names: Sequence[str], counts: np.ndarray, least: int, key: str) -> list[Trait]:
    """Those that were over-represented, of `counts` here and elsewhere; a group too small to show is named nowhere."""
    part, usual, clear = over_represented(counts[:, 0], counts[:, 1])
    found = [
        Trait(key, name, float(now), float(then) if many >= least else 0.0)
        for name, now, then, sure, (few, many) in zip(names, part, usual, clear, counts, strict=True)
        if sure and now - then >= LEAST_MORE and few >= least
    ]
    return sorted(found, key=lambda one: one.usual - one.part)
