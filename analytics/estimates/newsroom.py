"""Every survey at a glance, the one with the newest answers first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from statistics import NormalDist
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from analytics.errors import RequestError, WeightingError
from analytics.estimates.time.trend import LEAST_EFFECTIVE, with_halves
from analytics.estimates.time.waves import WAVE, latest_wave, of_wave
from analytics.estimates.usable import usable
from analytics.estimates.views.steps import RECENT_DAYS, RECENT_LEVEL, AnswerLine, AnswerStep, step_of
from analytics.estimates.views.tallied import is_open, tallied
from analytics.estimates.views.view import MEAN, worth_of_mean
from analytics.estimates.whole.topline import topline
from analytics.model import ANSWERED, Question, Snapshot, Survey, first_asked
from analytics.model.labels import in_language
from analytics.model.request import Request
from analytics.model.scales import is_told_by_mean
from analytics.periods import EPOCH, day_start
from analytics.statistics.estimates import mean_numbers, net_numbers, share_numbers
from analytics.statistics.outliers import outliers
from analytics.statistics.presentation import DUST, RELIABLE_BASE, WIDE
from analytics.statistics.sequences import day_moved
from analytics.statistics.sums import Sums, over_choices, over_time, sums_of_table
from analytics.store.read.status import EVERYBODY, Glance

SHOWN_DAYS = RECENT_DAYS
MOST_LOOKED_AT = 200
"""So many surveys, those with the newest answers, are looked at for what moved."""
MOST_SCANNED = 60
"""So many surveys, those with the newest answers, are scanned for storms."""
Z95 = 1.959963984540054
LEVEL = 0.05
FEWEST_DAYS = 5
COLUMNS = ("choice", "period", "n", "w", "w2")

GlanceArrays = dict[str, np.ndarray]


@dataclass(frozen=True)
class Movement:
    """How the share of one choice differs between the last two days with answers; `points` are percentage points.

    `settled` is whether the difference is larger than chance alone would bring in 19 of 20 such comparisons, however
    often the list is looked at while answers come in; `until_today` whether the later day is that of looking, `closed`
    whether no more answers can come. `p_value` is that of one look at this survey alone, and so is the interval of the
    difference from `low` to `high`, in points. `day` is the later day.
    """

    choice: str
    points: float
    settled: bool
    since: date
    until_today: bool = False
    closed: bool = False
    p_value: float = 1.0
    low: float = 0.0
    high: float = 0.0
    day: date | None = None


@dataclass(frozen=True)
class Glimpse:
    """One survey's row in the list.

    `shares` has one share for each choice of `question`, and is empty where fewer than the minimum base answered.
    `leader` is the place of the most frequent choice. `movement` is from one day to the next, `step` over several.
    `wave` is the wave that the shares are of, empty where they are of all answers. `hidden` says that there are no
    shares because they are kept back.
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
    step: AnswerStep | None = None
    wave: str = ""
    imported_at: datetime | None = None
    hidden: bool = False

    @property
    def compared_days(self) -> list[tuple[str, str]]:
        """The first and the last day of what its change is between: the two levels, or the two days."""
        if self.step is not None:
            return [self.step.earlier, self.step.later]
        days = [] if self.movement is None else [self.movement.since, self.movement.day or self.movement.since]
        return [(day.isoformat(), day.isoformat()) for day in days]

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


@dataclass(frozen=True)
class Overnight:
    """What came since the last working day, for whoever comes in now: the newsroom's top block, and the digest.

    `since` is the last working day, `imported` how many surveys were imported from then on. `moved` are the surveys
    whose leading answer moved beyond chance, the largest movement first, and those in which a crowd waits for a
    decision last; `still` are the others that got answers, but for those in which a crowd waits, which are `crowded`
    and neither moved nor quiet.
    """

    since: date
    imported: int
    moved: tuple[Glimpse, ...]
    still: tuple[Glimpse, ...]
    crowded: tuple[Glimpse, ...] = ()

    @property
    def untold(self) -> tuple[Glimpse, ...]:
        """Those of `still` with too few answers to be held against those before: whether they moved nobody can say."""
        return tuple(row for row in self.still if row.movement is None and row.step is None)

    def without_crowds(self, keys: Collection[str]) -> Overnight:
        """The same where crowds are open in the surveys of these keys: as long as they are, nothing is called quiet.

        What moved without a crowd comes before what moved with one.
        """
        moved = tuple(sorted(self.moved, key=lambda row: row.survey.key in keys))
        still = tuple(row for row in self.still if row.survey.key not in keys)
        crowded = tuple(row for row in self.still if row.survey.key in keys)
        return replace(self, moved=moved, still=still, crowded=crowded)


def overnight(
    rows: Sequence[Glimpse], read: Callable[[Sequence[Glimpse]], Sequence[Glimpse]], *, now: datetime
) -> Overnight:
    """What moved since the last working day, held against all surveys that got answers since.

    Args:
        rows: every survey, newest answer first, its answers unread.
        read: gives some of these rows with what readers answered.
    """
    since = last_working_day(now.date())
    recent = [row for row in rows if row.last_at is not None and row.last_at.date() >= since][:MOST_LOOKED_AT]
    came = sum(row.imported_at is not None and row.imported_at.date() >= since for row in rows)
    known = list(read(recent)) if recent else []
    found = moved(known)
    keys = {row.survey.key for row in found}
    return Overnight(since, came, tuple(found), tuple(row for row in known if row.survey.key not in keys))


def listed(rows: Iterable[Glimpse], now: datetime) -> list[Glimpse]:
    """The surveys in the newsroom's order, the newest answer or import first, each open only where answers can come."""
    oldest = datetime.min.replace(tzinfo=UTC)
    shown = [
        replace(
            row, is_open=row.is_open and is_open(row.survey, now, row.last_at, answered=row.imported_at is not None)
        )
        for row in rows
    ]
    return sorted(shown, key=lambda row: (row.newest, row.last_at or oldest), reverse=True)


def glanced_at(
    glance: Glance, snapshot_of: Callable[[Glimpse], Snapshot], *, now: datetime, least: int
) -> list[Glimpse]:
    """A row for every survey of the glance, weighted as the survey's own page is, so that the two say one number.

    Args:
        snapshot_of: gives the survey of a row.
        least: the smallest group of which whoever looks sees numbers.

    Raises:
        RequestError: there is a survey that cannot be worked with.
    """
    surveys = tuple(usable(replace(one, min_base=max(one.min_base, least))) for one in glance.surveys)
    return [_as_weighted(row, snapshot_of, now) for row in glimpses(replace(glance, surveys=surveys), now=now)]


def _as_weighted(row: Glimpse, snapshot_of: Callable[[Glimpse], Snapshot], now: datetime) -> Glimpse:
    if row.shares and row.survey.dimension(WAVE) is not None:
        return of_latest_wave(replace(snapshot_of(row), now=now), row)
    if not row.survey.targets or not row.shares or row.question is None:
        return row
    try:
        return fitted(replace(snapshot_of(row), now=now), row)
    except WeightingError:  # the survey's page says so, and is not weighted either
        return row


def of_latest_wave(snapshot: Snapshot, row: Glimpse) -> Glimpse:
    """The row with the shares of the survey's latest wave, as its page has them; as it is where it has no two waves."""
    wave = latest_wave(snapshot, row.question.key) if row.question is not None else None
    if wave is None or row.question is None:
        return row
    try:
        view = topline(snapshot, of_wave(Request(question=row.question.key), wave))
    except (RequestError, WeightingError):
        return row
    rows = view.estimates[view.estimates["statistic"] == "share"]
    if rows["suppressed"].any():
        return replace(row, base_n=view.base_n, shares=(), leader=None, movement=None, step=None)
    shares = tuple(rows["value"].astype(float))
    return replace(
        row, base_n=view.base_n, shares=shares, leader=int(np.argmax(shares)), weighted=view.weights != "none",
        movement=None, step=None, wave=wave,
    )  # fmt: skip


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
    """The surveys whose answers moved beyond chance, the largest movement first, each with what moved alone.

    They are looked at together, from one day to the next and over several days: the level of 5 % is that of all these
    comparisons, by Benjamini and Hochberg's correction.
    """
    known = [one.p_value for row in rows for one in (row.movement, row.step) if one is not None]
    chance = np.sort(known)
    looked = sum(bool(row.shares) + (row.movement is not None) for row in rows)  # what showed nothing counts too
    passed = chance <= LEVEL * np.arange(1, len(chance) + 1) / max(looked, len(chance), 1)
    limit = float(chance[passed].max()) if passed.any() else -1.0
    told = [
        replace(
            row,
            movement=row.movement if row.movement and row.movement.settled and row.movement.p_value <= limit else None,
            step=row.step if row.step and row.step.p_value <= min(limit, RECENT_LEVEL) else None,
        )
        for row in rows
    ]
    return sorted((row for row in told if row.movement or row.step), key=lambda row: -_points(row))


def _points(row: Glimpse) -> float:
    return max(abs(one.points) for one in (row.movement, row.step) if one is not None)


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
    single = Days(days, share, se, effective_n, thick)
    movement = _movement(row, question.choices[leader].value, single, today)
    step = _step_of(row, question, days, sums, design_n, today)
    return replace(row, base_n=base_n, shares=tuple(values.tolist()), leader=leader, movement=movement, step=step)


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
    if row.question is not None and is_told_by_mean(row.question):
        return None  # that one step of many was chosen more often says nothing of where readers stand
    gap, se = np.diff(of.share[-2:]), of.se[-2:]
    one_look = np.abs(gap) > Z95 * np.hypot(*se)
    settled = day_moved(gap, se[-1:], of.effective_n[-1:], se[-2:-1]) if row.is_open else one_look
    if one_look[0] and _stood_out(of):
        return None  # that a crowd has left is no news of what readers think
    since, day = (EPOCH + timedelta(days=int(at)) for at in days[-2:])
    spread = max(float(np.hypot(*se)), DUST)
    points, size = 100 * float(gap[0]), abs(float(gap[0])) / spread
    return Movement(
        choice, points, bool(settled[0]), since, int(days[-1]) == today, not row.is_open,
        2 * (1 - NormalDist().cdf(size)), points - 100 * Z95 * spread, points + 100 * Z95 * spread, day,
    )  # fmt: skip


def _stood_out(of: Days) -> bool:
    """Whether the day before the last one stands out of all days shown."""
    kept = of.thick & (of.days > of.days[-1] - SHOWN_DAYS) & (of.effective_n >= LEAST_EFFECTIVE)
    if not kept[-2:].all():
        return False
    places = np.flatnonzero(kept)
    apart = outliers(of.share[kept], of.effective_n[kept], tests=len(places))
    return len(of.days) - 2 in {int(places[one.place]) for one in apart}


def _step_of(
    row: Glimpse, question: Question, days: np.ndarray, sums: Sums, design_n: np.ndarray, today: int
) -> AnswerStep | None:
    """What changed over the last days, by the very lines of which the survey's page tells it, likely or not."""
    if question.wording is not None or len(days) < FEWEST_DAYS:
        return None  # who saw which wording is not known here
    last = int(days.max())
    parts: dict[str, dict[str, np.ndarray]]
    place = {choice.value: at for at, choice in enumerate(question.choices)}
    is_mean = is_told_by_mean(question)
    nets = [net for net in with_halves(question).nets if not net.minus] if question.kind == "scale" else []
    if is_mean:
        parts = {MEAN: _mean_line(sums, question, design_n)}
    elif nets:
        parts = {
            net.key: net_numbers(sums, [place[value] for value in net.plus if value in place], [], design_n, "wilson")
            for net in nets
        }
    else:
        numbers = share_numbers(sums, design_n, "wilson")
        parts = {
            value: {name: column[..., at] for name, column in numbers.items()} for value, at in place.items()
        }  # fmt: skip
    least = max(LEAST_EFFECTIVE, min(row.survey.min_base, RELIABLE_BASE) - DUST)
    kept = (days > last - SHOWN_DAYS) & (days >= _whole_since(row)) & ((days < today) | (not row.is_open))
    names = [(EPOCH + timedelta(days=int(day))).isoformat() for day in days]
    lines = []
    for value, told in parts.items():
        share, base_n, base, worth = (
            np.asarray(told[name], dtype=float).reshape(len(days))
            for name in ("value", "base_n", "weighted_base", "effective_n")
        )
        answers = np.asarray(told.get("answers", worth), dtype=float).reshape(len(days))
        thick = kept & (base_n >= row.survey.min_base) & (answers >= least) & np.isfinite(share)
        lines.append(AnswerLine(value, (), names, share, base, worth).only(thick))
    levels = {value: _overall(told) for value, told in parts.items()}
    leader = max(levels, key=levels.__getitem__, default="")
    return step_of(lines, [(EPOCH + timedelta(days=last - back)).isoformat() for back in range(RECENT_DAYS)], leader)


def _mean_line(sums: Sums, question: Question, design_n: np.ndarray) -> dict[str, np.ndarray]:
    """The mean day by day, as the survey's page judges it."""
    scores = np.array([np.nan if choice.score is None else choice.score for choice in question.choices])
    told = mean_numbers(over_choices(sums, lambda table: table[..., : len(scores)]), scores, design_n)
    low, span = np.nanmin(scores), np.nanmax(scores) - np.nanmin(scores)
    value, se = (told["value"] - low) / span, told["se"] / span
    worth = worth_of_mean(value, se, told["effective_n"])
    return told | {"value": value, "effective_n": worth, "answers": told["effective_n"]}


def _overall(told: dict[str, np.ndarray]) -> float:
    """The share over all days of one answer, or of one sum of answers."""
    share, base = (np.nan_to_num(np.asarray(told[name], dtype=float)).ravel() for name in ("value", "weighted_base"))
    return float(share @ base / max(base.sum(), DUST))


def _whole_since(row: Glimpse) -> int:
    """The first whole day since the question last changed, as a number; before all days where it never did."""
    zone = ZoneInfo(row.survey.time_zone)
    moments = [change.at for change in row.question.changes if change.at is not None] if row.question else []
    if not moments:
        return -(10**6)
    last = max(moments).astimezone(zone)
    at_start = max(moments) == day_start(last.date(), row.survey.time_zone)
    return (last.date() - EPOCH).days + (0 if at_start else 1)


def _changed(row: Glimpse, day: int) -> bool:
    """Returns whether the question changed on that day or the one before, which then say nothing of each other."""
    start, end = (day_start(EPOCH + timedelta(days=at), row.survey.time_zone) for at in (day - 1, day + 1))
    changes = row.question.changes if row.question else ()
    return any(change.at is not None and start < change.at < end for change in changes)
