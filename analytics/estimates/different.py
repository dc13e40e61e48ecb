"""What was different in one period: which groups and which hour were over-represented, and the number without them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.errors import RequestError
from analytics.estimates.topline import topline
from analytics.estimates.trend import trend
from analytics.model import NO_ANSWER, Snapshot
from analytics.model.request import Request, without_filter
from analytics.statistics.outliers import over_represented

LEAST_MORE = 0.1
"""A group whose part grew by less explains little."""
MOST_TRAITS = 3
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
        view = trend(snapshot, replace(without_filter(every, dimension.key), by=(dimension.key,)))
        found += _traits(view.estimates, dimension.key, period)
    if request.every == "day":
        found += _hours(trend(snapshot, replace(every, by=(), every="hour")).estimates, period)
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
        rows = topline(snapshot, rest).estimates
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


def _traits(rows: pd.DataFrame, key: str, period: str) -> list[Trait]:
    """The levels of a dimension that made up clearly more of the period's answers than of all others."""
    one = rows[(rows["statistic"] == "share") & (rows["choice"] == rows["choice"].iloc[0])]
    counts = one.assign(n=one["base_n"].fillna(0).astype(float))
    here = counts[counts["period"] == period].groupby(key, sort=False)["n"].sum()
    others = counts[counts["period"] != period].groupby(key, sort=False)["n"].sum()
    return _over(here, others, key)


def _hours(rows: pd.DataFrame, day: str) -> list[Trait]:
    one = rows[(rows["statistic"] == "share") & (rows["choice"] == rows["choice"].iloc[0])]
    moments = [datetime.fromisoformat(period) for period in one["period"]]
    counts = one.assign(
        n=one["base_n"].fillna(0).astype(float), hour=[f"{at:%H}" for at in moments],
        here=[at.date().isoformat() == day for at in moments],
    )  # fmt: skip
    here = counts[counts["here"]].groupby("hour", sort=True)["n"].sum()
    others = counts[~counts["here"]].groupby("hour", sort=True)["n"].sum()
    return _over(here, others, "")[:1]


def _over(here: pd.Series, others: pd.Series, key: str) -> list[Trait]:
    names = list(dict.fromkeys([*here.index, *others.index]))
    part, usual, clear = over_represented(
        here.reindex(names, fill_value=0.0).to_numpy(), others.reindex(names, fill_value=0.0).to_numpy()
    )
    found = [
        Trait(key, str(name), float(now), float(then))
        for name, now, then, sure in zip(names, part, usual, clear, strict=True)
        if sure and now - then >= LEAST_MORE
    ]
    return sorted(found, key=lambda one: one.usual - one.part)
