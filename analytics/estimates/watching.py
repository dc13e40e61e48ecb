"""What a watch sees: answers by day, whether their mean has changed, from when on, and whether it is the audience."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import hypot
from statistics import NormalDist

import numpy as np

from analytics.errors import RequestError, SurveyError
from analytics.estimates.time.split import Split, groups_by, split_change
from analytics.estimates.views.choose import choose_question
from analytics.estimates.views.rows import EstimateRow, read_rows
from analytics.estimates.views.tallied import tallied
from analytics.estimates.whole.topline import topline
from analytics.language.said import spoken
from analytics.model import NO_TIME, Question, Snapshot
from analytics.model.request import Request
from analytics.model.watched import Cause, WatchedStatistic
from analytics.periods import EPOCH, day_start
from analytics.statistics.detectors import evidence
from analytics.statistics.split import ChangePart, Decomposition
from analytics.statistics.uncertainty import UPPER

LONGEST_DAYS = 365
"""So many days, the last with answers, are looked at: what was bet on longer ago is given up."""

CLEAR = 2.576
"""So many standard errors a part of a change has to have: it was not chosen beforehand when to look."""

MINOR = 1 / 3
"""A part of a change that is less than so much of it is not told as a second cause."""


@dataclass(frozen=True, eq=False)
class WatchedDays:
    """Answers by day, in order: `days` since 1 January 1970, `counts` of shape (days, values), `values` from 0 to 1.

    Weighted answers are counted by the effective base of their day. `base_n` is how many answered. A worth of 0 is
    `lowest` on the scale of the statistic, one of 1 is `highest`.
    """

    days: np.ndarray
    counts: np.ndarray
    values: np.ndarray
    base_n: np.ndarray
    lowest: float
    highest: float

    def since(self, day: int) -> WatchedDays:
        """The same from that day on."""
        kept = self.days >= day
        return replace(self, days=self.days[kept], counts=self.counts[kept], base_n=self.base_n[kept])

    @property
    def mean(self) -> float | None:
        """The mean over all days on the scale of the statistic; None where nobody answered."""
        total = float(self.counts.sum())
        if not total > 0:
            return None
        return self.lowest + (self.highest - self.lowest) * float(self.counts.sum(axis=0) @ self.values) / total

    @property
    def half_width(self) -> float:
        """Half of the width of a plain 95 % interval of the mean, on the scale of the statistic."""
        total = self.counts.sum(axis=0)
        number = float(total.sum())
        if number < 2:
            return self.highest - self.lowest
        mean = float(total @ self.values) / number
        spread = float(total @ (self.values - mean) ** 2) / number
        return (self.highest - self.lowest) * NormalDist().inv_cdf(UPPER) * (spread / number) ** 0.5

    @property
    def evidence(self) -> float:
        """The evidence that the mean has changed, as a natural logarithm."""
        return float(evidence(self.counts[-LONGEST_DAYS:], self.values))


@dataclass(frozen=True, eq=False)
class WatchedMove:
    """A number before and after a moment, as the topline of either has it, and what the change is made of.

    `request` is that of the number now: its `since` is the moment.
    """

    label: str
    before: EstimateRow
    now: EstimateRow
    request: Request
    cause: Cause
    split: Split | None

    @property
    def since(self) -> datetime:
        """The moment since which the number is another."""
        assert self.request.since is not None
        return self.request.since

    @property
    def change(self) -> float:
        """How far the number moved."""
        return (self.now.value or 0.0) - (self.before.value or 0.0)

    @property
    def limits(self) -> tuple[float, float]:
        """Limits of the change, from those of both sides: the distances of both limits, squared and added."""
        sides = [(one.value or 0.0, one.low or 0.0, one.high or 0.0) for one in (self.before, self.now)]
        (before, low_before, high_before), (now, low, high) = sides
        return (
            self.change - hypot(now - low, high_before - before),
            self.change + hypot(high - now, before - low_before),
        )


def usual_watched(request: Request) -> Request:
    """The request as it is watched: of the same readers, weights and answers, in all.

    Example:
        >>> usual_watched(Request("trend", "phones", "ban", every="day", by=("age",)))
        Request(kind='topline', survey='phones', question='ban', where=(), since=None, until=None, weights=None, \
interval='logit', variance='calibrated', base='answered', min_base=None, standing='counted', by=(), every=None, \
window=1, options=())
    """
    return replace(request, kind="topline", by=(), every=None, window=1, options=(), until=None)


def check_watched(question: Question, statistic: WatchedStatistic, choice: str) -> None:
    """Goes on where the question has that number.

    Raises:
        RequestError: it has not.
    """
    found = _points(question, statistic, choice)
    if found is None or np.isnan(found).all():
        raise RequestError(
            spoken("question '{key}' has no such number to watch: name one of its answers or nets", key=question.key)
        )


def watched_days(
    snapshot: Snapshot, request: Request, statistic: WatchedStatistic, choice: str, *, until_day: int | None = None
) -> WatchedDays:
    """The answers by day of the survey's zone.

    Args:
        until_day: in days since 1 January 1970; that day and later ones are left out.

    Raises:
        RequestError: the survey cannot answer that, or its question has no such number.
    """
    question = choose_question(snapshot.survey, request.question)
    check_watched(question, statistic, choice)
    points = _points(question, statistic, choice)
    assert points is not None, "it was checked"
    found = tallied(snapshot, replace(usual_watched(request), variance="fixed"), grain="day")
    period = found.cells.answers["period"].to_numpy()
    inside = found.inside & (period != NO_TIME)
    if until_day is not None:
        inside &= period < until_day
    days = np.unique(period[inside])
    sums = found.summed(np.where(inside, np.searchsorted(days, period), -1), max(len(days), 1))
    base_n, base_w, base_w2 = (of[0][: len(days)] for of in (sums.base_n, sums.base_w, sums.base_w2))
    with np.errstate(divide="ignore", invalid="ignore"):
        worth = np.where(base_w2 > 0, base_w**2 / base_w2, 0.0)
        shares = np.nan_to_num(sums.w[0][: len(days), : len(points)] / base_w[:, None])
    if statistic == "share":
        chose = worth * shares[:, int(points.argmax())]
        counts, values, ends = np.stack([worth - chose, chose], axis=-1), np.array([0.0, 1.0]), (0.0, 1.0)
    else:
        scored = ~np.isnan(points)
        ends = (-1.0, 1.0) if statistic == "net" else (float(points[scored].min()), float(points[scored].max()))
        values = (points[scored] - ends[0]) / max(ends[1] - ends[0], 1e-12)
        counts = worth[:, None] * shares[:, scored]
        if statistic == "net":  # whoever answered none of both sides counts as the middle
            rest = np.maximum(worth - counts.sum(axis=-1), 0.0)
            counts, values = np.column_stack([counts, rest]), np.append(values, 0.5)
    return WatchedDays(days.astype(np.int64), counts, values, base_n, *ends)


def watched_move(
    snapshot: Snapshot, request: Request, statistic: WatchedStatistic, choice: str, days: WatchedDays, since_day: int,
    *, until_day: int | None = None,
) -> WatchedMove:  # fmt: skip
    """The number up to a day and from it on, and what the change is made of.

    Args:
        days: what is watched; its first day is the first of the time before.
        since_day, until_day: in days since 1 January 1970; the second is left out, and with it what is later.

    Raises:
        RequestError: too few answered on either side.
    """
    zone = snapshot.survey.time_zone
    first, since = (day_start(EPOCH + timedelta(days=int(day)), zone) for day in (days.days[0], since_day))
    begin = first if request.since is None else max(first, request.since)
    end = None if until_day is None else day_start(EPOCH + timedelta(days=until_day), zone)
    whole = replace(usual_watched(request), since=begin, until=end)
    before, now = (
        _row_of(snapshot, one, statistic, choice) for one in (replace(whole, until=since), replace(whole, since=since))
    )
    cause, parts = _cause(snapshot, whole, statistic, choice, since)
    return WatchedMove(now.label, before, now, replace(whole, since=since), cause, parts)


def _row_of(snapshot: Snapshot, request: Request, statistic: WatchedStatistic, choice: str) -> EstimateRow:
    wanted = None if statistic == "mean" else choice
    for row in read_rows(topline(snapshot, request)):
        if row.statistic == statistic and row.choice == wanted and row.value is not None:
            return row
    raise RequestError(spoken("too few answered for a number of its own"))


def _points(question: Question, statistic: WatchedStatistic, choice: str) -> np.ndarray | None:
    """What each choice is worth on the scale of the statistic; NaN for one that has no worth, None for no statistic."""
    values = [one.value for one in question.choices]
    if statistic == "share":
        return np.array([float(value == choice) for value in values]) if choice in values else None
    if statistic == "net":
        net = next((one for one in question.nets if one.key == choice), None)
        if net is None or question.kind == "multiple":
            return None
        return np.array([float(value in net.plus) - float(value in net.minus) for value in values])
    scored = [np.nan if one.score is None else one.score for one in question.choices]
    return np.array(scored) if question.kind == "scale" and not choice and scored else None


def _cause(
    snapshot: Snapshot, request: Request, statistic: WatchedStatistic, choice: str, since: datetime
) -> tuple[Cause, Split | None]:
    """Whether the same groups answer otherwise or others answer; of a net or a mean by its most frequent answer."""
    if not groups_by(snapshot.survey):
        return "unknown", None
    try:
        split = split_change(snapshot, request, middle=since, choice=choice if statistic == "share" else None)
    except SurveyError:
        return "unknown", None
    return cause_of(split.parts), split


def cause_of(parts: Decomposition) -> Cause:
    """Whether a change is one of minds, of the audience or of both; unknown where no part is clear."""
    minds, audience = parts.same_groups, parts.other_groups
    clear = _is_clear(minds), _is_clear(audience)
    if not any(clear):
        return "unknown"
    if clear == (True, True):
        less, more = sorted((abs(minds.value), abs(audience.value)))
        if less > MINOR * (less + more):
            return "both"
        return "minds" if more == abs(minds.value) else "audience"
    return "minds" if clear[0] else "audience"


def _is_clear(part: ChangePart) -> bool:
    return abs(part.value) > CLEAR * part.se > 0
