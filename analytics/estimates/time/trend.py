"""How answers moved: by hour, day, week, month or wave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from analytics.errors import RequestError
from analytics.estimates.time.breaks import break_places, breaks_of
from analytics.estimates.views.choose import check_trend
from analytics.estimates.views.steps import RECENT_DAYS, WHOLE_LEVEL, AnswerLine, AnswerStep, recent_step, whole_step
from analytics.estimates.views.tallied import Tallied, tallied
from analytics.estimates.views.view import MEAN, Outlier, View, by_mean, estimate_rows, worth_of_means
from analytics.language.said import listed
from analytics.model import NO_ANSWER, Net, Question, Snapshot
from analytics.model.reasons import is_nobody
from analytics.model.request import Every, Request
from analytics.model.scales import halves, is_told_by_mean
from analytics.statistics.outliers import LEAST_GAP, LEAST_PERIODS, held_still, outliers
from analytics.statistics.sums import over_time, trailing

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
    if not request.by:
        found = replace(found, question=with_halves(found.question))
    breaks = breaks_of(found)
    sums = trailing(found.sums, request.window, break_places(breaks, found.labels))
    return judged_trend(found.view(sums, breaks=breaks, whole={} if found.every == "wave" else _whole(found)))


def _whole(found: Tallied) -> dict[tuple[str, tuple[str, ...]], tuple[float, float]]:
    """The share of each line over all periods, and its weighted base, where it may be shown."""
    rows = estimate_rows(
        found.question, found.request, over_time(found.sums), design_n=found.design_n, weights=found.weights,
        min_base=found.min_base, by=found.request.by, groups=found.groups, periods=[None],
    )  # fmt: skip
    scores = [choice.score for choice in found.question.choices if choice.score is not None]
    by_mean_told = is_told_by_mean(found.question)
    names = ("suppressed", "statistic", "choice", "value", "weighted_base", *found.request.by)
    shares: dict[tuple[str, tuple[str, ...]], tuple[float, float]] = {}
    for suppressed, statistic, choice, value, base, *levels in zip(
        *(rows[name].tolist() for name in names), strict=True
    ):
        if suppressed or (statistic == "mean" and not by_mean_told):
            continue
        line, share = str(choice), float(value)
        if statistic == "mean":
            line, share = MEAN, (share - min(scores)) / (max(scores) - min(scores))
        shares[line, tuple(map(str, levels))] = (share, float(base))
    return shares


def with_halves(question: Question) -> Question:
    """The question with the sums of its lower and of its upper half, where it is a scale in words that has none.

    Single steps of such a scale cross one another over time, and none of them tells which way it went.
    """
    if any(not net.minus for net in question.nets):
        return question
    low, high = halves(question)
    if not (low and high):
        return question
    labels = {choice.value: choice.label for choice in question.choices}
    sums = tuple(
        Net(f"{name} half", listed([labels[value] for value in side], "or"), side)
        for name, side in (("upper", high), ("lower", low))
    )  # fmt: skip
    return replace(question, nets=(*question.nets, *sums))


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
        rows = rows[(rows["statistic"] == "share") & ~rows["reason"].map(is_nobody)]
        hidden = rows.groupby("period", sort=False)["suppressed"].any()
        shown, known = int((~hidden.astype(bool)).sum()), len(hidden)
        if shown > 1 and shown >= LEAST_SHOWN * known:
            return every
        parts[every] = (shown > 1, shown / max(known, 1))
    return max(parts, key=parts.__getitem__, default=few[0])


def bearing_every(request: Request, every: Every, *, worked: Callable[[Request], View]) -> Every:
    """That length of period, or the next longer one in which these readers are many enough to be compared.

    It stays where no longer one makes two such periods, or hardly any is too thin.

    Args:
        every: over which all readers' answers are shown.
        worked: makes the trend of a request.
    """
    lengths: tuple[Every, ...] = ("day", "week", "month")
    for longer in lengths[lengths.index(every) :] if every in lengths else ():
        try:
            rows = worked(replace(request, by=(), every=longer, window=1)).estimates
        except RequestError:
            continue
        rows = rows[(rows["statistic"] == "share") & ~rows["reason"].map(is_nobody)]
        thin = rows["suppressed"].astype(bool) | (rows["effective_n"].astype(float) < LEAST_EFFECTIVE)
        thin = thin.groupby(rows["period"], sort=False).any()
        if int((~thin).sum()) > 1 and float((~thin).mean()) >= LEAST_SHOWN:
            return longer
    return every


def judged_trend(view: View) -> View:
    """The view with the periods that stand out, and the lines that otherwise held still.

    The periods of a crowd on which nobody decided yet are compared with none: they stand out, whatever their shares.
    Hours are left out, whose readers differ by the clock, and so are points that share answers with the next one.
    """
    if view.every in (None, "hour") or view.window > 1:
        return view
    is_mean = is_told_by_mean(view.question) and not view.by
    rows = by_mean(view).estimates if is_mean else view.estimates
    names = ("statistic", "suppressed", "choice", "period", "effective_n", "value", "weighted_base", *view.by)
    cells = list(zip(*(rows[name].tolist() for name in names), strict=True))
    worth = worth_of_means(rows)["effective_n"].tolist() if is_mean else [each[4] for each in cells]
    sums = {net.key for net in view.question.nets if not net.minus}
    by_sums = view.question.kind == "scale" and not view.by
    by_sums = by_sums and any(statistic == "net" and choice in sums for statistic, _, choice, *_ in cells)
    kept = [
        _Cell(str(choice), tuple(map(str, levels)), period, float(share), float(base), float(effective_n))
        for (statistic, suppressed, choice, period, known, share, base, *levels), effective_n
        in zip(cells, worth, strict=True)
        if (statistic == "net" and choice in sums if by_sums else statistic == "share")
        and not suppressed and choice != NO_ANSWER and period not in view.unfinished
        and float(known or 0) >= LEAST_EFFECTIVE
    ]  # fmt: skip
    lines = list(_lines(view, [one for one in kept if one.period not in view.crowded]))
    tests = sum(len(line.share) for line in lines if len(line.share) >= LEAST_PERIODS)
    found, steady = [], []
    for line in lines:
        apart = outliers(line.share, line.effective_n, tests=tests)
        found += [Outlier(line.periods[one.place], line.choice, line.levels, one.share, one.usual) for one in apart]
        calm = np.delete(np.arange(len(line.share)), [one.place for one in apart])
        if held_still(line.share[calm], line.effective_n[calm]):
            steady.append((line.choice, line.levels))
    step, recent = _step_of(view, lines)
    if step is not None:
        found = [one for one in found if not _as_its_level(view, one, step, lines, found)]
    found += _crowds_of(view, lines, list(_lines(view, [one for one in kept if one.period in view.crowded])))
    ordered = sorted(found, key=lambda one: -abs(one.share - one.usual))
    return replace(view, outliers=tuple(ordered), steady=tuple(steady), step=step, step_is_recent=recent)


def _crowds_of(view: View, calm: list[AnswerLine], crowds: list[AnswerLine]) -> list[Outlier]:
    """The periods of crowds, each held against the level of the others; nothing where there are no others."""
    levels = {(line.choice, line.levels): float(np.average(line.share, weights=line.base)) for line in calm}
    return [
        Outlier(period, line.choice, line.levels, float(share), levels[line.choice, line.levels])
        for line in crowds if (line.choice, line.levels) in levels
        for period, share in zip(line.periods, line.share, strict=True) if period in view.crowded
    ]  # fmt: skip


def _step_of(view: View, lines: list[AnswerLine]) -> tuple[AnswerStep | None, bool]:
    """What changed among all readers, and whether that was lately; a trend that is not by day is judged as a whole."""
    if view.by:
        return None, False
    own = {line.choice: view.whole.get((line.choice, ()), (0.0, 0.0))[0] for line in lines}
    leader = max(own, key=own.__getitem__, default="") if view.whole else ""
    if view.every != "day":
        return whole_step(lines, leader, level=WHOLE_LEVEL), False
    recent = recent_step(lines, last_days(view.estimates["period"].dropna()), leader)
    return (recent, True) if recent is not None else (whole_step(lines, leader), False)


def _as_its_level(
    view: View, one: Outlier, step: AnswerStep, lines: list[AnswerLine], found: list[Outlier]
) -> bool:  # fmt: skip
    """Whether a period stood out only by the step: it is like the others on its side, or the step's own end."""
    line = next(line for line in lines if (line.choice, line.levels) == (one.choice, one.levels))
    apart = {other.period for other in found if (other.choice, other.levels) == (one.choice, one.levels)}
    order = list(dict.fromkeys(view.estimates["period"]))
    since = order.index(step.later[0])
    late = order.index(one.period) >= since
    beside = line.only(
        np.array([p not in apart and (order.index(p) >= since) == late for p in line.periods], dtype=bool)
    )
    if not len(beside.share):
        return late  # each day of the new level stands out from those before it
    level = float(np.average(beside.share, weights=beside.base))
    # an answer other than the told one has its own direction: that of its two levels
    rose = level - _level_before(line, order, since, apart)
    is_last = order.index(one.period) >= order.index(line.periods[-1])
    return abs(one.share - level) < LEAST_GAP or (late and is_last and (one.share - level) * rose > 0)


def _level_before(line: AnswerLine, order: list[str], since: int, apart: set[str]) -> float:
    early = line.only(np.array([p not in apart and order.index(p) < since for p in line.periods], dtype=bool))
    return float(np.average(early.share, weights=early.base)) if len(early.share) else 0.0


def last_days(periods: Iterable[str]) -> list[str]:
    """The last RECENT_DAYS days of the calendar up to the last of these."""
    last = date.fromisoformat(max(periods, default="1970-01-01"))
    return [(last - timedelta(days=back)).isoformat() for back in range(RECENT_DAYS)]


class _Cell(NamedTuple):
    choice: str
    levels: tuple[str, ...]
    period: str
    share: float
    base: float
    effective_n: float


def _lines(view: View, cells: Iterable[_Cell]) -> Iterator[AnswerLine]:
    order = list(dict.fromkeys(view.estimates["period"].tolist()))
    cut = max((order.index(one.period) for one in view.breaks if one.period in order), default=0)
    shown = set(order[cut:])
    found: dict[tuple[tuple[str, ...], str], list[_Cell]] = {}
    for cell in cells:
        if cell.period in shown and NO_ANSWER not in cell.levels:
            found.setdefault((cell.levels, cell.choice), []).append(cell)
    for (levels, choice), line in found.items():
        share, base, effective_n = map(np.array, zip(*(cell[-3:] for cell in line), strict=True))
        yield AnswerLine(choice, levels, [cell.period for cell in line], share, base, effective_n)
