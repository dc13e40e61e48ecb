"""What a figure that is about to leave would tell of few readers, by itself and beside what was told before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from analytics.editions.edition import Suppression, every_of
from analytics.editions.told import FINER, TIME, ToldCount, in_longer, in_wider, period_with, placed, told_by
from analytics.estimates.views.view import View
from analytics.model import Survey
from analytics.model.access import LEAST_FOR_VIEWERS


def of_few(view: View, before: Sequence[ToldCount] = (), pattern: Suppression | None = None) -> tuple[ToldCount, ...]:
    """The counts of a figure from which somebody could learn what fewer than ten readers answered.

    That is one of 1 to 9, one whose rest is, one that differs by as much from what was told of more readers or of
    fewer, one that editions hide, and one of other periods than theirs from which somebody could work out either.
    Where parts that are told leave few over, all of these together are named.

    Args:
        before: what was told of the survey until now.
        pattern: what editions hide of the question.
    """
    rows = view.estimates.astype(object).where(view.estimates.notna(), None).to_dict("records")
    told = told_by(
        replace(view.request, by=view.by, every=view.every), [{str(k): v for k, v in row.items()} for row in rows]
    )
    found = [one for one in told if _tells(one, before) or (pattern is not None and _is_hidden(pattern, one))]
    if pattern is not None:
        found += _together(pattern, view.survey, told, before)
        found += _by_time(pattern, told) if view.every is not None else []
    return tuple(found)


def rows_of_few(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The rows of a figure of any kind that count 1 to 9, or all of their group but 1 to 9."""
    return [
        row for row in rows
        if row.get("statistic") == "share" and not row.get("suppressed") and row.get("count") is not None
        and (_few(row["count"]) or _few(row["base_n"] - row["count"]))
    ]  # fmt: skip


def _tells(one: ToldCount, before: Sequence[ToldCount]) -> bool:
    if _few(one.count) or _few(one.base - one.count):
        return True
    return any(_few(abs(one.count - other.count)) for other in before if other.holds(one) or one.holds(other))


def _few(count: float) -> bool:
    return 0 < count < LEAST_FOR_VIEWERS


def _together(
    pattern: Suppression, survey: Survey, told: Sequence[ToldCount], before: Sequence[ToldCount]
) -> list[ToldCount]:  # fmt: skip
    """What the counts tell together, beside what was told before, that leaves few of what editions show over."""
    earlier = [one for one in before if told and one.question == told[0].question]
    known = {*earlier, *in_wider(earlier, survey)}
    sums = [
        one
        for one in in_wider((*earlier, *told), survey)
        if one not in known and one.choice is None and one.every is None
    ]
    return [one for one in sums if _few(abs(_shown(pattern, one) - one.count))]


def _by_time(pattern: Suppression, told: Sequence[ToldCount]) -> list[ToldCount]:
    """The counts by other periods than those of editions that leave few of theirs, or a hidden one, over."""
    every = every_of({"": pattern})
    if every is None or not told or told[0].every == every:
        return []
    if told[0].every in FINER.get(every, ()):
        return [one for one in in_longer(told, every) if _few(abs(_shown(pattern, one) - one.count))]
    found = []
    for one in told:
        longer = one.every
        if longer is None or every not in FINER.get(longer, ()):
            continue
        within = [label for label in pattern.levels.get(TIME, ()) if period_with(label, longer) == one.period]
        parts = [_shown(pattern, replace(one, every=every, period=label)) for label in within]
        hidden = sum(np.isnan(part) for part in parts)
        if hidden == 1 or (hidden and _few(one.count - float(np.nansum(parts)))):
            found.append(one)
    return found


def _shown(pattern: Suppression, one: ToldCount) -> float:
    """What editions show of a count; missing where they hide it, or have no such number."""
    at, table = placed(pattern.levels, one), pattern.lattice
    if at is None or (one.choice is not None and one.choice not in pattern.choices):
        return float("nan")
    names = tuple(name for name, _ in table.axes if name in at)
    if names not in table.starts:
        return float("nan")
    place = 0
    for name, size in zip(names, table.groups(names), strict=True):
        place = place * size + pattern.levels[name][at[name]]
    answer = 0 if one.choice is None else 1 + pattern.choices.index(one.choice)
    cell = table.starts[names] + place * table.width + answer
    return float("nan") if pattern.hidden[cell] else float(pattern.told[cell])


def _is_hidden(pattern: Suppression, one: ToldCount) -> bool:
    at = placed(pattern.levels, one)
    if at is None or (one.choice is not None and one.choice not in pattern.choices):
        return False
    place = -1 if one.choice is None else pattern.choices.index(one.choice)
    return bool(pattern.hides(at, np.array([place]))[0])
