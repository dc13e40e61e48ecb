"""Every survey at a glance, the one with the newest answers first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from analytics.model import ANSWERED, Question, Survey, first_asked
from analytics.periods import EPOCH, day_start
from analytics.statistics.estimates import shares
from analytics.statistics.sums import Sums, over_time
from analytics.store.read import EVERYBODY, Glance

SHOWN_DAYS = 14
Z95 = 1.959963984540054


@dataclass(frozen=True)
class Movement:
    """How the share of one choice differs between the last two days with answers; `points` are percentage points.

    `clear` is whether the difference is larger than chance alone would bring in 19 of 20 such comparisons.
    """

    choice: str
    points: float
    clear: bool
    since: date


@dataclass(frozen=True)
class Glimpse:
    """One survey's row in the list.

    `shares` has one share for each choice of `question`, and is empty where fewer than the minimum base answered.
    `days` are the shares of the choice `leader` (a place) on each of the last days, None for a thin day.
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
    days: tuple[float | None, ...] = ()
    movement: Movement | None = None


def glimpses(glance: Glance, *, now: datetime) -> list[Glimpse]:
    """Returns a row for every survey, newest answer first; surveys without answers stand last.

    Shares carry base weights where the survey has them, and are otherwise not weighted.

    Args:
        now: the moment of looking, aware; it decides what is open and what came in today.
    """
    by_survey = dict(iter(glance.cells.groupby("survey", sort=False)))
    empty = glance.cells.iloc[:0]
    rows = [_glimpse(survey, by_survey.get(survey.key, empty), glance, now) for survey in glance.surveys]
    oldest = datetime.min.replace(tzinfo=UTC)
    return sorted(rows, key=lambda row: row.last_at or oldest, reverse=True)


def _glimpse(survey: Survey, cells: pd.DataFrame, glance: Glance, now: datetime) -> Glimpse:
    question = first_asked(survey)
    choice, period, n = (cells[name].to_numpy() for name in ("choice", "period", "n"))
    everybody = choice == EVERYBODY
    today = (now.astimezone(ZoneInfo(survey.time_zone)).date() - EPOCH).days
    row = Glimpse(
        survey, question, glance.revisions[survey.key], int(n[everybody].sum()),
        int(n[everybody & (period == today)].sum()), glance.last_at[survey.key], is_open(survey, now),
        weighted=survey.columns.weight is not None,
    )  # fmt: skip
    return _with_shares(row, question, cells[~everybody]) if question and question.choices else row


def is_open(survey: Survey, now: datetime) -> bool:
    """Returns whether the survey still takes answers: it has no closing day, or that day is not over in its zone."""
    return survey.closes is None or now < day_start(survey.closes + timedelta(days=1), survey.time_zone)


def _with_shares(row: Glimpse, question: Question, cells: pd.DataFrame) -> Glimpse:
    days = np.unique(cells["period"].to_numpy())
    sums = _sums(cells, days, question, row.weighted)
    whole = over_time(sums)
    base_n = int(whole.base_n.sum())
    if base_n < row.survey.min_base:
        return replace(row, base_n=base_n)
    design = np.array([float(row.counted)])
    values = shares(whole, design, "logit")["share"].to_numpy()
    leader = int(values.argmax())
    by_day = shares(sums, design, "logit").query("choice == @leader")
    thick = (by_day["base_n"] >= row.survey.min_base).to_numpy()
    known = dict(zip(days[thick].tolist(), by_day["share"].to_numpy()[thick].tolist(), strict=True))
    last = int(days[-1])  # all that lies SHOWN_DAYS before it is summed under one day, which is none of the line
    line = tuple(known.get(day) for day in range(max(last - SHOWN_DAYS + 1, int(days[0])), last + 1))
    movement = _movement(question.choices[leader].value, by_day, thick, days)
    return replace(row, base_n=base_n, shares=tuple(values.tolist()), leader=leader, days=line, movement=movement)


def _sums(cells: pd.DataFrame, days: np.ndarray, question: Question, weighted: bool) -> Sums:
    width = len(question.choices) - ANSWERED
    place = np.searchsorted(days, cells["period"].to_numpy()) * width + cells["choice"].to_numpy() - ANSWERED
    tables = [
        np.bincount(place, weights=cells[name].to_numpy(), minlength=len(days) * width).reshape(1, len(days), width)
        for name in (("n", "w", "w2") if weighted else ("n", "n", "n"))
    ]
    listed = [table[..., -ANSWERED:] for table in tables]
    base = [
        table[..., 0] if question.kind == "multiple" else choices.sum(axis=-1)
        for table, choices in zip(tables, listed, strict=True)
    ]
    return Sums(listed[0], listed[1], listed[2], base[0], base[1], base[2])


def _movement(choice: str, by_day: pd.DataFrame, thick: np.ndarray, days: np.ndarray) -> Movement | None:
    if len(days) < 2 or not thick[-2:].all() or days[-1] - days[-2] != 1:
        return None
    before, after = by_day["share"].to_numpy()[-2:]
    gap_se = float(np.hypot(*by_day["se"].to_numpy()[-2:]))
    return Movement(
        choice, 100 * float(after - before), bool(abs(after - before) > Z95 * gap_se),
        EPOCH + timedelta(days=int(days[-2])),
    )  # fmt: skip
