"""Every survey at a glance, the one with the newest answers first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from statistics import NormalDist
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from analytics.estimates.tallied import is_open, tallied
from analytics.model import ANSWERED, Question, Snapshot, Survey, first_asked
from analytics.model.labels import in_language
from analytics.model.request import Request
from analytics.periods import EPOCH, day_start
from analytics.statistics.estimates import share_numbers
from analytics.statistics.presentation import DUST, RELIABLE_BASE, WIDE
from analytics.statistics.sequences import day_moved
from analytics.statistics.sums import Sums, over_choices, over_time, sums_of_table
from analytics.store.read.status import EVERYBODY, Glance

SHOWN_DAYS = 14
Z95 = 1.959963984540054
LEVEL = 0.05
COLUMNS = ("choice", "period", "n", "w", "w2")

GlanceArrays = dict[str, np.ndarray]


@dataclass(frozen=True)
class Movement:
    """How the share of one choice differs between the last two days with answers; `points` are percentage points.

    `settled` is whether the difference is larger than chance alone would bring in 19 of 20 such comparisons, however
    often the list is looked at while answers come in; `until_today` whether the later day is that of looking, `closed`
    whether no more answers can come. `p_value` is that of one look at this survey alone.
    """

    choice: str
    points: float
    settled: bool
    since: date
    until_today: bool = False
    closed: bool = False
    p_value: float = 1.0


@dataclass(frozen=True)
class Glimpse:
    """One survey's row in the list.

    `shares` has one share for each choice of `question`, and is empty where fewer than the minimum base answered.
    `leader` is the place of the most frequent choice. `hidden` says that there are none because they are kept back.
    """

    survey: Survey
    question: Question | None
    revision: int
    counted: int
    today: int
    last_at: datetime | None
    is_open: bool
    base_n: int = 0
    weighted: bool = False
    shares: tuple[float, ...] = ()
    leader: int | None = None
    movement: Movement | None = None
    imported_at: datetime | None = None
    hidden: bool = False

    def in_language(self, language: str) -> Glimpse:
        """The same row with the labels of that language."""
        if not self.survey.labels:
            return self
        survey = in_language(self.survey, language)
        return replace(self, survey=survey, question=survey.question(self.question.key) if self.question else None)

    @property
    def is_closed(self) -> bool:
        """Whether it is known that no answer comes in any more; of answers without times nobody knows."""
        known = self.last_at is not None or self.survey.closed_at is not None or self.survey.closes is not None
        return known and not self.is_open

    @property
    def newest(self) -> datetime:
        """When the last answer or the last import came."""
        return max(at or datetime.min.replace(tzinfo=UTC) for at in (self.last_at, self.imported_at))


@dataclass(frozen=True)
class Days:
    """One choice day by day; `thick` is whether enough answered to show the day."""

    days: np.ndarray
    share: np.ndarray
    se: np.ndarray
    effective_n: np.ndarray
    thick: np.ndarray


def unread(
    survey: Survey, revision: int, last_at: datetime | None, imported_at: datetime | None = None, *, now: datetime
) -> Glimpse:
    """Returns the survey's row as far as it is known before any answer has been read."""
    weighted = survey.columns.weight is not None
    return Glimpse(
        survey, first_asked(survey), revision, 0, 0, last_at,
        is_open(survey, now, last_at, answered=imported_at is not None), weighted=weighted, imported_at=imported_at,
    )  # fmt: skip


def last_working_day(today: date) -> date:
    """The day since which an editor who comes in today has seen nothing.

    Example:
        >>> last_working_day(date(2026, 11, 30)), last_working_day(date(2026, 12, 1))
        (datetime.date(2026, 11, 27), datetime.date(2026, 11, 30))
    """
    back = {0: 3, 6: 2}.get(today.weekday(), 1)
    return today - timedelta(days=back)


def moved(rows: list[Glimpse]) -> list[Glimpse]:
    """The surveys whose leading answer moved beyond chance, the largest movement first.

    They are looked at together: the level of 5 % is that of all of them, by Benjamini and Hochberg's correction.
    """
    judged = sorted((row for row in rows if row.movement), key=lambda row: row.movement.p_value if row.movement else 1)
    passed = 0
    for place, row in enumerate(judged, 1):
        if row.movement is not None and row.movement.p_value <= LEVEL * place / len(judged):
            passed = place
    found = [row for row in judged[:passed] if row.movement is not None and row.movement.settled]
    return sorted(found, key=lambda row: -abs(row.movement.points if row.movement else 0.0))


def glimpses(glance: Glance, *, now: datetime) -> list[Glimpse]:
    """Returns a row for every survey, newest answer first; surveys without answers stand last.

    Shares carry base weights where the survey has them, and are otherwise not weighted: `fitted` makes of such a row
    one that is weighted to the survey's targets.

    Args:
        now: the moment of looking, aware; it decides what is open and what came in today.
    """
    by_survey = _split(glance.cells)
    empty = {name: glance.cells[name].to_numpy()[:0] for name in COLUMNS}
    rows = [_glimpse(survey, by_survey.get(survey.key, empty), glance, now) for survey in glance.surveys]
    oldest = datetime.min.replace(tzinfo=UTC)
    return sorted(rows, key=lambda row: row.last_at or oldest, reverse=True)


def fitted(snapshot: Snapshot, row: Glimpse) -> Glimpse:
    """The row with its shares and movement fitted to the survey's targets, as the survey's page has them.

    Raises:
        WeightingError: the targets cannot be met.
    """
    if row.question is None:
        return row
    found = tallied(snapshot, Request(question=row.question.key, weights="raked", variance="fixed", every="day"))
    period = found.cells.answers["period"].to_numpy()
    if not len(period):
        return row
    period = np.maximum(period, period.max() - SHOWN_DAYS)
    days = np.unique(period)
    sums = found.summed(np.searchsorted(days, period), len(days))
    bare = replace(row, weighted=True, shares=(), leader=None, movement=None)
    today = _today(row.survey, snapshot.now)
    return _with_shares(bare, row.question, days, sums, found.design_n.astype(float), today)


def _split(cells: pd.DataFrame) -> dict[str, GlanceArrays]:
    """Returns the columns of each survey's cells: a thousand frames would take a hundred times as long."""
    codes, keys = pd.factorize(cells["survey"])
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(keys) + 1))
    columns = {name: cells[name].to_numpy()[order] for name in COLUMNS}
    return {
        str(key): {name: column[bounds[at] : bounds[at + 1]] for name, column in columns.items()}
        for at, key in enumerate(keys)
    }


def _glimpse(survey: Survey, cells: GlanceArrays, glance: Glance, now: datetime) -> Glimpse:
    question = first_asked(survey)
    choice, period, n = (cells[name] for name in ("choice", "period", "n"))
    everybody = choice == EVERYBODY
    today = _today(survey, now)
    row = Glimpse(
        survey, question, glance.revisions[survey.key], int(n[everybody].sum()),
        int(n[everybody & (period == today)].sum()), glance.last_at[survey.key],
        is_open(survey, now, glance.last_at[survey.key], answered=bool(n[everybody].sum())),
        weighted=survey.columns.weight is not None,
    )  # fmt: skip
    if question is None or not question.choices:
        return row
    asked = {name: column[~everybody] for name, column in cells.items()}
    days = np.unique(asked["period"])
    sums = _sums(asked, days, question, row.weighted)
    return _with_shares(row, question, days, sums, np.array([float(row.counted)]), today)


def _today(survey: Survey, now: datetime) -> int:
    return (now.astimezone(ZoneInfo(survey.time_zone)).date() - EPOCH).days


def _with_shares(
    row: Glimpse, question: Question, days: np.ndarray, sums: Sums, design_n: np.ndarray, today: int
) -> Glimpse:
    whole = over_time(sums)
    base_n, worth = int(whole.base_n.sum()), float((whole.base_w**2 / np.maximum(whole.base_w2, DUST)).sum())
    if base_n < row.survey.min_base or worth < min(row.survey.min_base, RELIABLE_BASE) - DUST:
        return replace(row, base_n=base_n)
    widths = share_numbers(whole, design_n, "wilson")
    if row.survey.min_base >= RELIABLE_BASE and (widths["high"] - widths["low"] >= WIDE).any():
        return replace(row, base_n=base_n)
    values = (whole.w / whole.base_w[..., None])[0, 0]
    leader = int(values.argmax())
    leading = over_choices(sums, lambda table: table[..., leader : leader + 1])
    numbers = share_numbers(leading, design_n, "wilson")
    share, se, base, effective_n = (numbers[name][0, :, 0] for name in ("share", "se", "base_n", "effective_n"))
    thick = (base >= row.survey.min_base) & (effective_n >= min(row.survey.min_base, RELIABLE_BASE) - DUST)
    movement = _movement(row, question.choices[leader].value, Days(days, share, se, effective_n, thick), today)
    return replace(row, base_n=base_n, shares=tuple(values.tolist()), leader=leader, movement=movement)


def _sums(cells: GlanceArrays, days: np.ndarray, question: Question, weighted: bool) -> Sums:
    width = len(question.choices) - ANSWERED
    place = np.searchsorted(days, cells["period"]) * width + cells["choice"] - ANSWERED
    tables = [
        np.bincount(place, weights=cells[name], minlength=len(days) * width).reshape(1, len(days), width)
        for name in (("n", "w", "w2") if weighted else ("n", "n", "n"))
    ]
    return sums_of_table(tables, multiple=question.kind == "multiple", no_answer=False)


def _movement(row: Glimpse, choice: str, of: Days, today: int) -> Movement | None:
    days = of.days
    if len(days) < 2 or not of.thick[-2:].all() or days[-1] - days[-2] != 1 or _changed(row, int(days[-1])):
        return None
    gap, se = np.diff(of.share[-2:]), of.se[-2:]
    one_look = np.abs(gap) > Z95 * np.hypot(*se)
    settled = day_moved(gap, se[-1:], of.effective_n[-1:], se[-2:-1]) if row.is_open else one_look
    since = EPOCH + timedelta(days=int(days[-2]))
    size = abs(float(gap[0])) / max(float(np.hypot(*se)), DUST)
    return Movement(
        choice, 100 * float(gap[0]), bool(settled[0]), since, int(days[-1]) == today, not row.is_open,
        2 * (1 - NormalDist().cdf(size)),
    )  # fmt: skip


def _changed(row: Glimpse, day: int) -> bool:
    """Returns whether the question changed on that day or the one before, which then say nothing of each other."""
    start, end = (day_start(EPOCH + timedelta(days=at), row.survey.time_zone) for at in (day - 1, day + 1))
    changes = row.question.changes if row.question else ()
    return any(change.at is not None and start < change.at < end for change in changes)
