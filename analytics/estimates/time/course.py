"""What a trend shows by more than chance: which of its lines moved, or how the highest one held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import hypot
from statistics import NormalDist

from analytics.estimates.views.rows import EstimateRow, followed, read_rows, shares, taken_together
from analytics.estimates.views.steps import Course, CourseKind, LineKey, moved_more
from analytics.estimates.views.view import MEAN, Outlier, View, by_mean
from analytics.model.scales import is_told_by_mean
from analytics.statistics.uncertainty import LEVEL

MOSTLY = 2 / 3
"""So many periods of a line have to agree with its median for a title to name it."""
HELD_WITHIN = 0.15
"""A line is said to have held only where the interval of the difference of its two least certain periods reaches at
most so far up and down: a change of that size would not have gone unseen."""
MORE_THAN_FEW = 3
"""A line of no more periods was not "mostly" near a share."""


def course(view: View, rows: Iterable[EstimateRow], *, among: int = 0) -> Course:
    """What these lines of a trend show: the one judgement for whoever reads about them.

    Args:
        rows: the estimates of the lines, each line in the order of its periods.
        among: of how many lines these were chosen, where that is more: what is picked moves by chance more often.
    """
    lines: dict[LineKey, list[EstimateRow]] = {}
    for row in rows:
        lines.setdefault(line_of(row), []).append(row)
    if view.crowded and (view.every in ("hour", "wave") or view.window > 1):  # no period of these is without it
        return Course("crowded")
    whole, lines = lines, _since_cut(view, lines)  # nothing is compared across a change of the question
    full = {
        line: [row for row in of if _settled(view, row) and not stands_out(view, row)] for line, of in lines.items()
    }
    shifted = view.step is not None and any(choice == view.step.choice for choice, _ in lines)
    if shifted and view.step_is_recent:
        return Course("shifted")
    ends = {line: (of[0], of[-1]) for line, of in full.items() if len(of) > 1}
    if not ends:
        return Course("crowded" if view.crowded else "thin" if _many_shown(view, lines) else "few")
    among = max(among, len(ends))
    moved = [line for line, (first, last) in ends.items() if _apart(first, last, among=among)]
    if not moved:
        return Course("shifted") if shifted else _held(view, lines, full)
    # Where two moved alike, the larger of them is the news.
    most = max(moved, key=lambda line: (round(abs(_change(ends[line])), 2), _value(ends[line][1])))
    told, leader = [most], _leader(view, whole)
    riser = _overtaking(leader, moved, lines, ends, among)
    if riser is not None and leader is not None:
        told = [riser, *([leader] if leader in moved else [])]
    elif leader in moved and leader is not None and leader != most:  # what changed is told of the headline's answer
        both = (100 * _change(ends[line]) for line in (leader, most))
        told = [leader, most] if moved_more(*both) else [leader]
    overtaken = leader if riser is not None else None
    spans = tuple(_span(ends[line]) for line in told)
    return Course("moved", tuple(told), spans, overtaken, apart=any(_is_apart(view, line) for line in told))


def courses(view: View) -> dict[str, Course]:
    """What the lines of a trend show: of all readers under "", their mean under MEAN, by group under each answer."""
    rows = read_rows(view)
    if not view.by:
        found = {"": course(view, followed(view, rows))}
        if is_told_by_mean(view.question):
            mean = by_mean(view)
            found[MEAN] = course(mean, followed(mean, read_rows(mean)))
        return found
    return {
        choice.value: course(view, [row for row in shares(rows) if row.choice == choice.value])
        for choice in view.question.choices
    }


def line_of(row: EstimateRow) -> LineKey:
    """The line that an estimate is a point of."""
    return (row.choice or "", row.levels)


def outliers_of(view: View, rows: Iterable[EstimateRow]) -> list[Outlier]:
    """The periods in which one of these lines stood out."""
    known = {line_of(row) for row in rows}
    return [one for one in view.outliers if (one.choice, one.levels) in known]


def stands_out(view: View, row: EstimateRow) -> bool:
    """Whether a line stood out in this period, or the period holds answers of a crowd on which nobody decided."""
    return row.period in view.crowded or any(
        one.period == row.period and (one.choice, one.levels) == line_of(row) for one in view.outliers
    )


def _since_cut(view: View, lines: Mapping[LineKey, list[EstimateRow]]) -> dict[LineKey, list[EstimateRow]]:
    """The lines from the last change of the question on."""
    order = {period: at for at, period in enumerate(dict.fromkeys(view.estimates["period"]))}
    since = max((order[one.period] for one in view.breaks if one.period in order), default=0)
    return {line: [row for row in of if order.get(row.period, 0) >= since] for line, of in lines.items()}


def _settled(view: View, row: EstimateRow) -> bool:
    return not row.suppressed and not row.thin and row.period not in view.unfinished


def _many_shown(view: View, lines: Mapping[LineKey, Sequence[EstimateRow]]) -> bool:
    shown = {
        row.period for of in lines.values() for row in of if not row.suppressed and row.period not in view.unfinished
    }
    return len(shown) > 1


def _overtaking(
    leader: LineKey | None, moved: Sequence[LineKey], lines: Mapping[LineKey, Sequence[EstimateRow]],
    ends: Mapping[LineKey, tuple[EstimateRow, EstimateRow]], among: int,
) -> LineKey | None:  # fmt: skip
    """The line that moved from behind the leading one to above it, by more than chance at both ends."""
    if leader is None or leader not in ends:
        return None
    own, risers = {row.period: row for row in lines[leader]}, []
    for line in moved:
        pairs = [(row, own.get(row.period)) for row in ends[line]]
        below, above = (_value(row) - (_value(other) if other else 0.0) for row, other in pairs)
        apart = all(other is not None and _apart(row, other, among=among) for row, other in pairs)
        if line != leader and below < 0 < above and apart:
            risers.append(line)
    return max(risers, key=lambda line: _value(ends[line][1]), default=None)


def _leader(view: View, lines: Mapping[LineKey, Sequence[EstimateRow]]) -> LineKey | None:
    """The line of the leading answer of the headline; None by group, where each line is of other readers."""
    if view.by:
        return None
    return max(lines, key=lambda line: _overall(view, line, lines[line]), default=None)


def _overall(view: View, line: LineKey, rows: Sequence[EstimateRow]) -> float:
    whole = view.whole.get(line) if rows else None
    return whole[0] if whole is not None else taken_together(rows) or 0.0


def _held(
    view: View, lines: Mapping[LineKey, Sequence[EstimateRow]], full: Mapping[LineKey, Sequence[EstimateRow]]
) -> Course:  # fmt: skip
    """How the line ran that was the highest: near one share where that is all that can be told, but for what stands
    out. The share is that of all readers on those days: without what stands out where something does."""
    levels = {line: _level(view, lines[line]) for line, rows in full.items() if len(rows) > 1}
    top = max(levels, key=levels.__getitem__)
    rows, usual = full[top], levels[top]
    near = sum((row.low or 0.0) <= usual <= (row.high or 1.0) for row in rows)
    kind: CourseKind = "unclear"
    if not _bears(rows):
        kind = "thin"
    elif top in view.steady:
        kind = "held"
    elif near >= MOSTLY * len(rows) and len(rows) > MORE_THAN_FEW:
        kind = "mostly"
    return Course(kind, (top,), (_span((rows[0], rows[-1])),), level=usual, apart=_is_apart(view, top))


def _is_apart(view: View, line: LineKey) -> bool:
    return bool(view.crowded) or any((one.choice, one.levels) == line for one in view.outliers)


def _bears(rows: Sequence[EstimateRow]) -> bool:
    """Whether a line can be said to have held: its two least certain periods, held against each other, are told apart
    by HELD_WITHIN."""
    reaches = sorted((row.high or 1.0) - (row.low or 0.0) for row in rows)[-2:]
    return hypot(*reaches) / 2 <= HELD_WITHIN


def _level(view: View, rows: Sequence[EstimateRow]) -> float:
    """The share of all readers of a line but for those of the periods in which it stood out.

    Where the line is not cut it is the share of the headline: periods too thin to show count too.
    """
    shown = taken_together(row for row in rows if not stands_out(view, row)) or 0.0
    whole = view.whole.get(line_of(rows[0])) if rows and not view.breaks else None
    if whole is None:
        return shown
    apart = [row for row in rows if stands_out(view, row)]
    if any(row.value is None for row in apart):
        return shown
    share, base = whole
    left = base - sum(row.weighted_base or 0.0 for row in apart)
    return (share * base - sum(_value(row) * (row.weighted_base or 0.0) for row in apart)) / left if left > 0 else shown


def _apart(one: EstimateRow, other: EstimateRow, *, among: int) -> bool:
    """Whether two estimates differ, as one of so many differences that are looked at together.

    Their intervals have to lie apart, and the difference has to hold after Bonferroni's correction.
    """
    if None in (one.low, one.high, other.low, other.high):
        return False
    low, high = sorted((one, other), key=_value)
    reach = hypot((low.high or 0.0) - _value(low), _value(high) - (high.low or 0.0))
    if (low.high or 0.0) >= (high.low or 0.0) or reach <= 0:
        return False
    usual = NormalDist().inv_cdf((1 + LEVEL) / 2)
    return usual * (_value(high) - _value(low)) / reach > NormalDist().inv_cdf(1 - (1 - LEVEL) / 2 / among)


def _span(ends: tuple[EstimateRow, EstimateRow]) -> tuple[str, str]:
    first, last = (row.period or "" for row in ends)
    return first, last


def _change(ends: tuple[EstimateRow, EstimateRow]) -> float:
    return _value(ends[1]) - _value(ends[0])


def _value(row: EstimateRow) -> float:
    return row.value or 0.0
