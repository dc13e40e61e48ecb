"""What figures that left have told of a survey, count by count: whoever sees an edition may know it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from analytics.model import Survey
from analytics.model.address import Pairs, kind_in, read_leniently
from analytics.model.request import Every, Request, Standing, WeightsChoice, Where
from analytics.statistics.estimates import NUMBERS
from analytics.statistics.uncertainty import share_interval

TIME = ".time"
"""The axis of periods: no key of a survey has a dot in it."""


@dataclass(frozen=True)
class ToldCount:
    """A count that a figure tells: how many of which readers answered, or gave one answer, and how many answered.

    `rows` are those of the figure about these readers, of a sum those of all its `parts`; `weights` is how it was
    weighted, None as the survey usually is.
    """

    question: str
    where: Where
    choice: str | None
    count: int
    base: int
    every: Every | None = None
    period: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    standing: Standing = "counted"
    weights: WeightsChoice | None = field(default=None, compare=False)
    rows: tuple[Mapping[str, Any], ...] = field(default=(), compare=False, repr=False)
    parts: tuple[ToldCount, ...] = field(default=(), compare=False, repr=False)

    @property
    def plain(self) -> bool:
        """Whether an edition could have such a number: of one level of each of two kinds of groups at most."""
        return (
            self.standing == "counted" and self.since is None and self.until is None
            and len(self.where) + (self.every is not None) <= 2 and all(len(values) == 1 for _, values in self.where)
        )  # fmt: skip

    def holds(self, other: ToldCount) -> bool:
        """Whether everybody whom the other counts is counted here too, as far as their selections say so."""
        here, there = dict(self.where), dict(other.where)
        same = ("question", "choice", "standing", "since", "until", "every", "period")
        return all(getattr(self, name) == getattr(other, name) for name in same) and all(
            key in there and {*there[key]} <= {*values} for key, values in here.items()
        )


def told_by(request: Request, rows: Iterable[Mapping[str, Any]]) -> tuple[ToldCount, ...]:
    """The counts that the rows of a figure tell, those left out that are suppressed."""
    found: dict[tuple[Any, ...], ToldCount] = {}
    rows = list(rows)
    of = dict[tuple[Any, ...], list[Mapping[str, Any]]]()
    for row in rows:
        of.setdefault(_readers(request, row), []).append(row)
    for row in rows:
        if row.get("suppressed") or row.get("statistic") != "share" or row.get("base_n") is None:
            continue
        if any(row.get(key) is None for key in request.by):
            continue
        groups = tuple((key, (str(row[key]),)) for key in request.by)
        told = ToldCount(
            request.question, tuple(sorted((*request.where, *groups))), None, int(row["base_n"]), int(row["base_n"]),
            request.every, row.get("period"), request.since, request.until, request.standing,
            request.weights, tuple(of[_readers(request, row)]),
        )  # fmt: skip
        found[told.where, told.period, None] = told
        if row.get("count") is not None and row.get("choice") is not None:
            found[told.where, told.period, row["choice"]] = replace(
                told, choice=str(row["choice"]), count=int(row["count"])
            )
    return tuple(found.values())


def _readers(request: Request, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Which readers a row of a figure is of."""
    return (*(row.get(key) for key in request.by), row.get("period") if request.every is not None else None)


FOLLOWED = ("topline", "crosstab", "trend")
"""The kinds of figures whose counts are taken as known; what others tell is no count of a lattice."""


def told_in(survey: Survey, figures: Iterable[tuple[Pairs, Sequence[Mapping[str, Any]]]]) -> tuple[ToldCount, ...]:
    """The counts that figures of the register tell, each given by its address and its rows."""
    found: dict[ToldCount, None] = {}
    for address, rows in figures:
        if kind_in(address) in FOLLOWED and ("seen.as", "viewers") not in address:  # an edition tells nothing new
            request = read_leniently(address, survey)
            found |= dict.fromkeys(told_by(replace(request, question=request.question or _question(rows)), rows))
    return tuple(found)


def _question(rows: Sequence[Mapping[str, Any]]) -> str:
    return next((str(row["question"]) for row in rows if row.get("question")), "")


def period_with(period: str, every: Every) -> str | None:
    """The longer period in which a day, or an hour of it, lies; None where that is no day.

    Example:
        >>> period_with("2025-05-22", "week"), period_with("2025-05-22", "month"), period_with("2025-05", "month")
        ('2025-05-19', '2025-05', None)
    """
    try:
        day = date.fromisoformat(period[: len("2025-05-22")])
    except ValueError:
        return None
    return {
        "day": day.isoformat(), "week": (day - timedelta(days=day.weekday())).isoformat(),
        "month": day.isoformat()[: len("2025-05")],
    }.get(every)  # fmt: skip


FINER: dict[str, tuple[str, ...]] = {"day": ("hour",), "week": ("hour", "day"), "month": ("hour", "day")}
"""The periods that lie within each longer one as a whole."""


def in_longer(told: Iterable[ToldCount], every: Every) -> list[ToldCount]:
    """What counts by shorter periods tell of longer ones together: their sums, of each the count that was told last."""
    parts: dict[tuple[Any, ...], dict[str, ToldCount]] = {}
    for one in told:
        longer = period_with(str(one.period), every) if one.every in FINER.get(every, ()) else None
        if longer is not None:
            of = parts.setdefault((one.question, one.where, one.choice, one.standing, one.every, longer), {})
            of[str(one.period)] = one
    return [
        replace(
            next(iter(of.values())), every=every, period=key[-1], since=None, until=None, rows=(),
            count=sum(one.count for one in of.values()), base=sum(one.base for one in of.values()),
        )
        for key, of in parts.items()
    ]  # fmt: skip


def placed(levels: Mapping[str, Mapping[str, int]], one: ToldCount) -> dict[str, str] | None:
    """The levels of the axes by which the count stands in a lattice; None where it has no place there."""
    if not one.plain:
        return None
    at = {key: values[0] for key, values in one.where}
    if one.every is not None:
        at[TIME] = str(one.period)
    return at if all(key in levels and value in levels[key] for key, value in at.items()) else None


def in_wider(told: Iterable[ToldCount], survey: Survey) -> list[ToldCount]:
    """What counts of groups and of periods tell of more readers together: their sums over a kind of groups, over time,
    and over several of these.

    Of readers who were told of more than once the last count is taken, and of periods of several lengths as many as lie
    beside each other. A sum is of all whom it was told of, who may be fewer than there are.
    """
    found, last = dict[ToldCount, None](), [one for one in told if one.standing == "counted"]
    while last:
        last = [*_over_groups(last, survey), *_over_time(last)]
        found |= dict.fromkeys(last)
    return list(found)


def _over_groups(told: Sequence[ToldCount], survey: Survey) -> list[ToldCount]:
    """The sums over each kind of groups, of each group alone."""
    parts: dict[tuple[Any, ...], dict[str, ToldCount]] = {}
    for one in told:
        for key, values in one.where:
            if len(values) == 1 and survey.dimension(key) is not None:
                where = tuple(pair for pair in one.where if pair[0] != key)
                named = (one.question, where, one.choice, one.every, one.period, one.since, one.until, one.weights, key)
                parts.setdefault(named, {})[values[0]] = one
    return [_sum_of([*of.values()], where=named[1]) for named, of in parts.items()]


def _over_time(told: Sequence[ToldCount]) -> list[ToldCount]:
    """The sums over all periods, once for each length of them, with those of other lengths that fit in between."""
    parts: dict[tuple[Any, ...], dict[tuple[str, str], ToldCount]] = {}
    for one in sorted(
        told, key=lambda one: one.since is None and one.until is None
    ):  # whole periods stand for cut ones
        if one.every is not None:
            named = (one.question, one.where, one.choice, one.weights)
            parts.setdefault(named, {})[one.every, str(one.period)] = one
    found = []
    for of in parts.values():
        largest = sorted(of.values(), key=lambda one: -one.base)
        for every in dict.fromkeys(one.every for one in largest):
            chosen = [one for one in largest if one.every == every]
            days = {day for one in chosen for day in _days_of(one)}
            for one in largest:
                if one.every != every and (more := _days_of(one)) and not days & more:
                    chosen.append(one)
                    days |= more
            found.append(_sum_of(chosen, every=None, period=None, since=None, until=None))
    return found


def _days_of(one: ToldCount) -> frozenset[int]:
    """The days of which a period has any; none of a period that is not one of the calendar."""
    try:
        label = str(one.period)[: len("2025-05-22")]
        first = date.fromisoformat(f"{label}-01" if one.every == "month" else label)
    except ValueError:
        return frozenset()
    next_month = (first.replace(day=1) + timedelta(days=31)).replace(day=1)
    length = {"week": 7, "month": (next_month - first).days}.get(str(one.every), 1)
    return frozenset(range(first.toordinal(), first.toordinal() + length))


def _sum_of(parts: Sequence[ToldCount], **names: Any) -> ToldCount:
    """The parts as one count."""
    rows = tuple(row for one in parts for row in one.rows) if all(one.rows for one in parts) else ()
    count, base = (sum(getattr(one, name) for one in parts) for name in ("count", "base"))
    every = tuple(part for one in parts for part in (one.parts or (one,)))
    return replace(parts[0], count=count, base=base, rows=rows, parts=every, **names)


Numbers = dict[tuple[str | None, str | None], dict[str, float]]
"""The NUMBERS of each statistic and answer."""


def numbers_of(one: ToldCount) -> Numbers:
    """The numbers of all readers of a count, pooled where it is a sum; without those that some of its parts lack.

    Shares are weighted by the weighted bases of the parts. Their errors are those of parts drawn independently.
    """
    of: dict[tuple[str | None, str | None], list[dict[str, float]]] = {}
    for row in one.rows:
        if not row.get("suppressed"):
            numbers = {name: float("nan") if row.get(name) is None else float(row[name]) for name in NUMBERS}
            choice = row.get("choice")
            of.setdefault((row.get("statistic"), choice if isinstance(choice, str) else None), []).append(numbers)
    most = max(map(len, of.values()), default=0)
    return {key: _pooled(rows, of_share=key[0] == "share") for key, rows in of.items() if len(rows) == most}


def _pooled(rows: Sequence[Mapping[str, float]], *, of_share: bool) -> dict[str, float]:
    if len(rows) == 1:
        return dict(rows[0])
    at = {name: np.array([row[name] for row in rows]) for name in NUMBERS}
    weight, base = at["weighted_base"], float(at["base_n"].sum())
    total = weight.sum()
    value, se = float(weight @ at["value"] / total), float(np.sqrt(((weight * at["se"]) ** 2).sum()) / total)
    effective = float(total**2 / (weight**2 / at["effective_n"]).sum())
    low, high = value - 1.96 * se, value + 1.96 * se
    if of_share:
        at_share, at_se, worth, df = (np.array([of]) for of in (value, se, effective, base - 1))
        limits = share_interval(at_share, at_se, worth, df, "logit")
        low, high = (float(of[0]) for of in limits)
    return {
        "base_n": base, "weighted_base": float(total), "effective_n": effective, "deff": base / effective,
        "count": float(at["count"].sum()), "share": value if of_share else float("nan"), "value": value, "se": se,
        "low": low, "high": high,
    }  # fmt: skip
