"""What a figure that is about to leave would tell of few readers, by itself and beside what was told before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from analytics.editions.edition import Suppression
from analytics.editions.told import ToldCount, placed, told_by
from analytics.estimates.views.view import View
from analytics.model.access import LEAST_FOR_VIEWERS


def of_few(view: View, before: Sequence[ToldCount] = (), pattern: Suppression | None = None) -> tuple[ToldCount, ...]:
    """The counts of a figure from which somebody could learn what fewer than ten readers answered.

    That is one of 1 to 9, one whose rest is, one that differs by as much from what was told of more readers or of
    fewer, and one that editions hide.

    Args:
        before: what was told of the survey until now.
        pattern: what editions hide of the question.
    """
    rows = view.estimates.astype(object).where(view.estimates.notna(), None).to_dict("records")
    told = told_by(
        replace(view.request, by=view.by, every=view.every), [{str(k): v for k, v in row.items()} for row in rows]
    )
    return tuple(one for one in told if _tells(one, before) or (pattern is not None and _is_hidden(pattern, one)))


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


def _is_hidden(pattern: Suppression, one: ToldCount) -> bool:
    at = placed(pattern.levels, one)
    if at is None or (one.choice is not None and one.choice not in pattern.choices):
        return False
    place = -1 if one.choice is None else pattern.choices.index(one.choice)
    return bool(pattern.hides(at, np.array([place]))[0])
