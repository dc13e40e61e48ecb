"""What figures that left have told of a survey, count by count: whoever sees an edition may know it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from analytics.model import Survey
from analytics.model.address import Pairs, kind_in, read_leniently
from analytics.model.request import Every, Request, Standing, WeightsChoice, Where

TIME = ".time"
"""The axis of periods: no key of a survey has a dot in it."""


@dataclass(frozen=True)
class ToldCount:
    """A count that a figure tells: how many of which readers answered, or gave one answer, and how many answered.

    `rows` are those of the figure about these readers, `weights` how it was weighted, None as the survey usually is.
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
    whole = tuple(rows) if not request.by and request.every is None else ()
    for row in rows:
        if row.get("suppressed") or row.get("statistic") != "share" or row.get("base_n") is None:
            continue
        if any(row.get(key) is None for key in request.by):
            continue
        groups = tuple((key, (str(row[key]),)) for key in request.by)
        told = ToldCount(
            request.question, tuple(sorted((*request.where, *groups))), None, int(row["base_n"]), int(row["base_n"]),
            request.every, row.get("period"), request.since, request.until, request.standing,
            request.weights, whole,
        )  # fmt: skip
        found[told.where, told.period, None] = told
        if row.get("count") is not None and row.get("choice") is not None:
            found[told.where, told.period, row["choice"]] = replace(
                told, choice=str(row["choice"]), count=int(row["count"])
            )
    return tuple(found.values())


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
